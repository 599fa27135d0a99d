#pragma once
// The subcommands as the parser itself has them, for what is made of them: the manual page and the shells'
// completions cannot say other than the program does.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <string>
#include <vector>

namespace tertius::daemon {

struct OptionRow {
  std::vector<std::string> flags;   // "-c", "--config"; empty: a positional
  std::string name;                 // a positional's
  std::string value;                // "TEXT"; empty: a switch
  std::vector<std::string> values;  // the only ones it takes; empty: any
  std::string meaning;
  bool required = false;
  bool repeated = false;
};

struct CommandRow {
  std::string path;  // "tertius member add"
  std::string meaning;
  std::vector<OptionRow> options;
  std::vector<std::pair<std::string, std::string>> below;  // the next words, with their meanings
};

// The program itself first, each before what is below it.
std::vector<CommandRow> command_table(const CLI::App& program);

}  // namespace tertius::daemon
