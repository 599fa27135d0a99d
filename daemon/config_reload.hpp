#pragma once
// What becomes of a new configuration while the daemon runs: which of its keys are taken, and which wait for
// the next start. Pure.

#include <string>
#include <vector>

namespace tertius::daemon {

struct ConfigMerge {
  std::string toml;                  // what is in force now: each key from the one or the other
  std::vector<std::string> taken;    // "log.level"
  std::vector<std::string> waiting;  // changed, and taken by a restart alone
};

// Both are TOML that read_config() has no problem with; the merge may have one.
ConfigMerge merge_reloadable(const std::string& running, const std::string& fresh);

}  // namespace tertius::daemon
