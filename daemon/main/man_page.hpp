#pragma once
// tertius(8), from the table of commands.

#include "daemon/main/command_table.hpp"

namespace tertius::daemon {

std::string man_page(const std::vector<CommandRow>& table, const std::string& version);

}  // namespace tertius::daemon
