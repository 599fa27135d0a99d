#include "web/api_pace.hpp"

#include <algorithm>

namespace tertius::web {

std::optional<std::chrono::seconds> ApiPace::take(storage::ApiTokenId token, Time now) {
  constexpr std::size_t worth_sweeping = 1000;
  if (buckets_.size() >= worth_sweeping) forget_full(now);
  Bucket& bucket = buckets_.try_emplace(token, Bucket{burst, now}).first->second;
  // A clock that was set back fills nothing and empties nothing.
  const auto passed = std::clamp<std::int64_t>((now - bucket.at).count(), 0, burst);
  bucket = {std::min(burst, bucket.left + each_second * static_cast<int>(passed)), now};
  if (bucket.left == 0) return std::chrono::seconds{1};
  --bucket.left;
  return std::nullopt;
}

void ApiPace::forget_full(Time now) {
  constexpr std::chrono::seconds until_full{burst / each_second};
  std::erase_if(buckets_, [&](const auto& entry) { return entry.second.at + until_full <= now; });
}

}  // namespace tertius::web
