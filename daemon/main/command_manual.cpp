// manual, completion
#include <algorithm>
#include <array>
#include <iostream>

#include "daemon/config_manual.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/completion.hpp"
#include "daemon/main/man_page.hpp"

namespace tertius::daemon {

namespace {

struct ShellRow {
  std::string_view name;
  std::string (*completion)(const std::vector<CommandRow>&);
};
constexpr auto shells =
    std::to_array<ShellRow>({{"bash", bash_completion}, {"fish", fish_completion}, {"zsh", zsh_completion}});

int print_completion(const CLI::App& app, const std::string& name) {
  const auto shell =
      std::find_if(shells.begin(), shells.end(), [&](const auto& s) { return s.name == name; });
  std::cout << shell->completion(command_table(app));
  return 0;
}

}  // namespace

void add_manual(CLI::App& app, Chosen& chosen) {
  auto of_config = std::make_shared<bool>(false);
  auto* manual = app.add_subcommand("manual", "Print the manual page, tertius(8), for man -l -");
  manual->add_flag("--config", *of_config, "tertius.toml(5) instead");
  manual->callback([&app, &chosen, of_config] {
    chosen = [&app, of_config] {
      std::cout << (*of_config ? config_manual(TERTIUS_VERSION)
                               : man_page(command_table(app), TERTIUS_VERSION));
      return 0;
    };
  });
  auto shell = std::make_shared<std::string>();
  auto* completion = app.add_subcommand("completion", "Print what completes commands and options in a shell");
  std::vector<std::string> names;
  for (const ShellRow& row : shells) names.emplace_back(row.name);
  completion->add_option("shell", *shell, "Which")->required()->check(CLI::IsMember(names));
  completion->callback(
      [&app, &chosen, shell] { chosen = [&app, shell] { return print_completion(app, *shell); }; });
}

}  // namespace tertius::daemon
