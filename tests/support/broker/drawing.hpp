#pragma once
// The transition table as it is printed in the README.

#include <map>
#include <string>
#include <vector>

#include "broker/step.hpp"

namespace tertius::testing {

inline std::string drawing() {
  std::string out = "```\n";
  for (int i = 0; i < state_count; ++i) {
    const auto from = static_cast<State>(i);
    std::vector<std::pair<State, std::string>> ways;  // in the table's order, one for each state reached
    for (const Transition& row : transitions()) {
      if (row.from != from || row.to == from) continue;
      auto way = ways.begin();
      while (way != ways.end() && way->first != row.to) ++way;
      if (way == ways.end()) way = ways.insert(ways.end(), {row.to, ""});
      way->second += (way->second.empty() ? "" : ", ") + std::string(trigger_name(row.trigger));
    }
    std::string head(state_name(from));
    head.resize(18, ' ');
    if (ways.empty()) out += head + "(the end)\n";
    for (const auto& [to, why] : ways) {
      out += head + "-> " + std::string(state_name(to)) + "  (" + why + ")\n";
      head.assign(18, ' ');
    }
  }
  return out + "```\n";
}

}  // namespace tertius::testing
