#pragma once
// Where nobody knows both R and T: whom R can write to first, who knows somebody who knows T.

#include <optional>
#include <string>
#include <vector>

#include "broker/network.hpp"
#include "broker/ranking.hpp"
#include "daemon/engine.hpp"

namespace tertius::daemon {

struct FoundLongWay {
  Person first;                      // as R calls them
  std::vector<std::string> reasons;  // in English
  std::vector<ScorePart> parts;
  double score = 0;
};

// The best one that reaches the ranking's floor. None where it begins with somebody who would rather not be
// named: there is nobody to write to. Who stands between the first and T is not told.
std::optional<FoundLongWay> find_long_way(Engine& engine, const Network& network, PersonId requester,
                                          const Person& target);

}  // namespace tertius::daemon
