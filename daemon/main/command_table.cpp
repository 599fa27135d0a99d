#include "daemon/main/command_table.hpp"

#include <algorithm>

namespace tertius::daemon {

namespace {

// CLI11 keeps what IsMember takes only as "{a,b}" in the name of its type.
std::vector<std::string> values_in(const std::string& type) {
  std::vector<std::string> out;
  const auto open = type.find('{'), close = type.find('}');
  if (open == std::string::npos || close == std::string::npos) return out;
  std::string word;
  for (const char c : type.substr(open + 1, close - open - 1) + ",") {
    if (c != ',')
      word += c;
    else
      out.push_back(std::exchange(word, {}));
  }
  return out;
}

OptionRow option_row(const CLI::Option& option) {
  OptionRow out;
  if (option.get_positional()) out.name = option.get_name(true, false);
  for (const auto& name : option.get_snames()) out.flags.push_back("-" + name);
  for (const auto& name : option.get_lnames()) out.flags.push_back("--" + name);
  if (option.get_items_expected_max() > 0) {
    const std::string type = option.get_type_name();
    out.value = type.substr(0, type.find(':'));
    out.values = values_in(type);
  }
  out.meaning = option.get_description();
  out.required = option.get_required();
  out.repeated = option.get_items_expected_max() > 1;
  return out;
}

// Those of option groups too: to CLI11 a group is a command without a name.
void add_options(std::vector<OptionRow>& out, const CLI::App& command) {
  const bool is_group = command.get_name().empty();
  for (const CLI::Option* option : command.get_options())
    if (!is_group || option != command.get_help_ptr()) out.push_back(option_row(*option));
  const auto nameless = [](const CLI::App* below) { return below->get_name().empty(); };
  for (const CLI::App* group : command.get_subcommands(nameless)) add_options(out, *group);
}

void add_rows(std::vector<CommandRow>& out, const CLI::App& command, const std::string& path) {
  const auto below = command.get_subcommands([](const CLI::App* each) { return !each->get_name().empty(); });
  CommandRow row{path, command.get_description(), {}, {}};
  add_options(row.options, command);
  for (const CLI::App* each : below) row.below.emplace_back(each->get_name(), each->get_description());
  out.push_back(std::move(row));
  for (const CLI::App* each : below) add_rows(out, *each, path + " " + each->get_name());
}

}  // namespace

std::vector<CommandRow> command_table(const CLI::App& program) {
  std::vector<CommandRow> out;
  add_rows(out, program, program.get_name());
  return out;
}

}  // namespace tertius::daemon
