#pragma once
// How fast one token may ask: a bucket of requests that fills again by and by. In memory: several daemons on
// one database each have their own. One thread.

#include <map>
#include <optional>

#include "broker/time.hpp"
#include "storage/api_tokens.hpp"

namespace tertius::web {

class ApiPace {
 public:
  static constexpr int burst = 120;
  static constexpr int each_second = 2;

  // Takes one request; where none is left, how long until there is.
  std::optional<std::chrono::seconds> take(storage::ApiTokenId token, Time now);

 private:
  struct Bucket {
    int left = burst;
    Time at{};
  };
  void forget_full(Time now);

  std::map<storage::ApiTokenId, Bucket> buckets_;
};

}  // namespace tertius::web
