#include "daemon/config_manual.hpp"

#include "daemon/config.hpp"
#include "daemon/roff.hpp"

namespace tertius::daemon {

namespace {

constexpr std::string_view introduction =
    ".SH NAME\n"
    "tertius.toml \\- configuration of the introduction broker tertius\n"
    ".SH SYNOPSIS\n"
    "/etc/tertius/tertius.toml\n"
    ".SH DESCRIPTION\n"
    "One TOML file. Only what differs from the standard has to stand in it; broker.domain and web.public_url "
    "must.\n"
    "An unknown key, a wrong type and an impossible value are errors:\n"
    ".B tertius check\n"
    "says what is wrong, with line, reason and hint, and\n"
    ".B tertius config\\-reference\n"
    "prints all of this as such a file.\n"
    ".PP\n"
    "The daemon reads it again at\n"
    ".B systemctl reload tertius\n"
    "(SIGHUP), with its templates, its link keys and its secrets. Keys that want a restart are named in the "
    "log then,\n"
    "and wait for one. A file with a problem changes nothing.\n"
    ".PP\n"
    "A secret is a file\\(aqs first line. A bare name is that of a credential, which systemd hands to the "
    "daemon by\n"
    "LoadCredential=: password_file = \"smtp\\-password\" is the file "
    "/etc/credstore/tertius.smtp\\-password, as\n"
    "the unit has it. It is read when the daemon starts, and anew by a restart alone.\n";

constexpr std::string_view ending =
    ".SH EXAMPLE\n"
    ".nf\n"
    "[broker]\n"
    "community = \"Our Alumni\"\n"
    "domain = \"intro.example.org\"\n"
    "\n"
    "[web]\n"
    "public_url = \"https://intro.example.org\"\n"
    ".fi\n"
    ".SH SEE ALSO\n"
    ".BR tertius (8)\n";

std::string term(const ConfigKey& key) {
  const std::string standard =
      key.standard.empty() ? "must be given" : "standard: " + std::string(key.standard);
  const std::string restart = key.takes_effect == TakesEffect::at_restart ? "; wants a restart" : "";
  return roff_bold(key.name) + " (" + roff(key.type) + "; " + roff(standard) + restart + ")";
}

}  // namespace

std::string config_manual(std::string_view version) {
  std::string out = ".TH TERTIUS.TOML 5 \"\" \"tertius " + std::string(version) + "\" \"Tertius\"\n.ad l\n";
  out += introduction;
  std::string_view section;
  for (const ConfigKey& key : config_keys()) {
    if (key.section != section) out += ".SH [" + std::string(section = key.section) + "]\n";
    out += roff_item(term(key), std::string(key.meaning) + ".");
  }
  return out + std::string(ending);
}

}  // namespace tertius::daemon
