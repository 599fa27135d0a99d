#pragma once
// Shell completions, from the table of commands: the words that may come next, options, and what they take.

#include "daemon/main/command_table.hpp"

namespace tertius::daemon {

std::string bash_completion(const std::vector<CommandRow>& table);
std::string zsh_completion(const std::vector<CommandRow>& table);
std::string fish_completion(const std::vector<CommandRow>& table);

}  // namespace tertius::daemon
