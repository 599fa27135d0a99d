#pragma once
// tertius.toml(5), from the table of keys.

#include <string>
#include <string_view>

namespace tertius::daemon {

std::string config_manual(std::string_view version);

}  // namespace tertius::daemon
