#include "daemon/main/man_page.hpp"

#include <array>

#include "daemon/main/commands.hpp"
#include "daemon/roff.hpp"

namespace tertius::daemon {

namespace {

constexpr std::string_view introduction =
    ".SH NAME\n"
    "tertius \\- broker introductions over email\n"
    ".SH SYNOPSIS\n"
    ".B tertius\n"
    ".I COMMAND\n"
    "[OPTIONS]\n"
    ".SH DESCRIPTION\n"
    "A member asks to meet somebody; Tertius finds who knows them both, and mails that person a request that "
    "takes\n"
    "one word or one click to answer. The daemon is\n"
    ".BR \"tertius serve\" ;\n"
    "every other command works beside it, on the same database.\n";

constexpr std::string_view ending =
    ".SH FILES\n"
    ".TP\n/etc/tertius/tertius.toml\nThe configuration, see\n.BR tertius.toml (5).\n"
    ".TP\n/var/lib/tertius/tertius.db\nEverything there is, unless storage.url names another.\n"
    ".TP\n/var/lib/tertius/link.key\n"
    "Signs the links in sent mails, which are dead without it. Keep a copy with the database's.\n"
    ".SH ENVIRONMENT\n"
    ".TP\n.B TERTIUS_CONFIG\nNames the configuration where no \\-c does.\n"
    ".SH SIGNALS\n"
    ".TP\n.B SIGHUP\nThe configuration, templates, link keys and secrets are read again; see\n.BR "
    "tertius.toml (5).\n"
    ".TP\n.B SIGTERM\nNo new letters, pages or notices; what is under way is finished, within five "
    "seconds.\n";

struct ExitRow {
  int code;
  std::string_view meaning;
};
constexpr auto exits = std::to_array<ExitRow>({
    {0, "Done."},
    {exit_usage, "No such command or option, or one is missing."},
    {exit_data, "What was given cannot be taken."},
    {exit_no_input, "A file cannot be read."},
    {exit_no_user, "No such member or recipient."},
    {exit_unavailable, "Nothing that could be done for it."},
    {exit_software, "A failure of this program or its database."},
    {exit_try_later, "Not now: try again."},
    {exit_config, "The configuration is wrong."},
});

std::string flags(const OptionRow& option) {
  std::string out;
  for (const auto& flag : option.flags) out += (out.empty() ? "" : ", ") + roff_bold(flag);
  if (option.flags.empty()) return "\\fI" + roff(option.name) + "\\fR";
  return option.value.empty() ? out : out + " \\fI" + roff(option.value) + "\\fR";
}

std::string usage(const CommandRow& command) {
  std::string out = roff_bold(command.path);
  if (!command.below.empty()) out += " \\fICOMMAND\\fR";
  for (const OptionRow& option : command.options)
    if (!option.flags.empty() && option.required) out += " " + flags(option);
  for (const OptionRow& option : command.options)
    if (option.flags.empty()) out += option.required ? " " + flags(option) : " [" + flags(option) + "]";
  return out;
}

std::string meaning(const OptionRow& option) {
  std::string out = option.meaning;
  for (const auto& value : option.values) out += (&value == &option.values.front() ? ": " : ", ") + value;
  if (option.required) out += out.empty() ? "Must be given" : " (must be given)";
  return out;
}

std::string sentence(const std::string& text) { return roff(text) + (text.ends_with('.') ? "" : "."); }

std::string command_section(const CommandRow& command) {
  std::string out =
      ".SS \"" + command.path + "\"\n" + usage(command) + "\n.PP\n" + sentence(command.meaning) + "\n";
  for (const OptionRow& option : command.options) {
    const bool help = !option.flags.empty() && option.flags.back() == "--help";
    if (!help) out += roff_item(flags(option), meaning(option));
  }
  return out;
}

}  // namespace

std::string man_page(const std::vector<CommandRow>& table, const std::string& version) {
  std::string out = ".TH TERTIUS 8 \"\" \"tertius " + version + "\" \"Tertius\"\n.ad l\n";
  out += introduction;
  out += ".SH COMMANDS\nEach has \\fB\\-\\-help\\fR.\n";
  for (const CommandRow& command : table)
    if (&command != &table.front()) out += command_section(command);
  out += ending;
  out += ".SH \"EXIT STATUS\"\nAs sysexits.h has them.\n";
  for (const ExitRow& row : exits) out += roff_item("\\fB" + std::to_string(row.code) + "\\fR", row.meaning);
  return out + ".SH SEE ALSO\n.BR tertius.toml (5),\n.BR systemd.service (5)\n";
}

}  // namespace tertius::daemon
