#include "daemon/config.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <fstream>
#include <functional>
#include <sstream>
#include "broker/address.hpp"
#include "daemon/config_rows.hpp"
#include "daemon/imap_url.hpp"
#include "mail/imap_folder.hpp"

namespace tertius::daemon {

namespace {

const ConfigRow* find_row(std::string_view section, std::string_view name) {
  const auto rows = config_rows();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const ConfigRow& r) {
    return r.key.section == section && r.key.name == name;
  });
  return row == rows.end() ? nullptr : &*row;
}

int line_of(const toml::node& node) { return static_cast<int>(node.source().begin.line); }

std::string nearest_key(std::string_view section) {
  std::string names;
  for (const ConfigRow& row : config_rows()) {
    if (row.key.section == section) names += (names.empty() ? "" : ", ") + std::string(row.key.name);
  }
  return names.empty() ? "" : "the keys of [" + std::string(section) + "] are: " + names;
}

void read_section(ConfigReading& out, std::string_view section, const toml::table& table) {
  for (const auto& [name, node] : table) {
    const std::string key = std::string(section) + "." + std::string(name.str());
    const ConfigRow* row = find_row(section, name.str());
    if (!row) {
      out.problems.push_back({key, line_of(node), "is not a key of this program", nearest_key(section)});
    } else if (const char* wrong = row->take(out.config, node)) {
      out.problems.push_back(
          {key, line_of(node), wrong,
           "standard: " + std::string(row->key.standard.empty() ? "none" : row->key.standard)});
    }
  }
}

bool is_url(std::string_view text, std::initializer_list<std::string_view> schemes) {
  return std::any_of(schemes.begin(), schemes.end(),
                     [&](std::string_view s) { return text.starts_with(s) && text.size() > s.size(); });
}

bool is_loopback_url(std::string_view url) {
  constexpr std::string_view scheme = "http://";
  if (!url.starts_with(scheme)) return false;
  url.remove_prefix(scheme.size());
  const std::string_view host = url.substr(0, url.find_first_of(":/?#"));
  return host == "127.0.0.1" || host == "localhost";
}

struct OauthClient {
  std::string section;
  const std::string &token_url, &client_id;
  std::string others;  // what else there is of it
  std::string user_key;
  const std::string& user;
};

void check_oauth(ConfigReading& out, const OauthClient& client) {
  const auto wrong = [&](const char* key, std::string what, std::string hint) {
    out.problems.push_back({client.section + "." + key, 0, std::move(what), std::move(hint)});
  };
  const std::string example = "token_url = \"https://oauth2.googleapis.com/token\"";
  if (client.token_url.empty()) {
    if (!(client.client_id + client.others).empty())
      wrong("token_url", "is missing although there is a client", example);
    return;
  }
  if (!is_url(client.token_url, {"https://"}) && !is_loopback_url(client.token_url))
    wrong("token_url", "must begin with https://", example);
  if (client.user.empty() || client.client_id.empty())
    wrong("client_id", "wants " + client.user_key + " and " + client.section + ".client_id",
          "the mailbox, and the application");
}

void check_imap(ConfigReading& out) {
  const Config& c = out.config;
  const auto wrong = [&](const char* key, std::string what, std::string hint) {
    out.problems.push_back({key, 0, std::move(what), std::move(hint)});
  };
  const bool is_there = !c.imap_url.empty();
  if (!is_there && !(c.imap_user + c.imap_password_file + c.imap_move_to).empty())
    wrong("imap.url", "is missing although there is a mailbox", "url = \"imaps://imap.example.org/INBOX\"");
  if (const auto url = parse_imap_url(c.imap_url); is_there && !url)
    wrong("imap.url", url.error().what, url.error().hint);
  if (is_there && c.imap_user.empty())
    wrong("imap.user", "is missing although there is a mailbox", "mostly its address");
  if (is_there && (c.imap_password_file + c.oauth_token_url + c.imap_oauth_token_url).empty())
    wrong("imap.password_file", "is missing although there is a mailbox",
          "a file that holds the password alone, or [oauth]");
  check_oauth(out, {"imap_oauth", c.imap_oauth_token_url, c.imap_oauth_client_id,
                    c.imap_oauth_client_secret_file + c.imap_oauth_refresh_token_file + c.imap_oauth_scope,
                    "imap.user", c.imap_user});
  if (!c.imap_move_to.empty() && !mail::imap_folder(c.imap_move_to))
    wrong("imap.move_to", "is no name of a folder", "move_to = \"Tertius\"");
}

// What only the whole can tell.
void check(ConfigReading& out) {
  const Config& c = out.config;
  const auto wrong = [&](const char* key, std::string what, std::string hint) {
    out.problems.push_back({key, 0, std::move(what), std::move(hint)});
  };
  if (c.domain.empty())
    wrong("broker.domain", "must be given", "domain = \"intro.example.org\"");
  else if (!parse_address(c.mailbox + "@" + c.domain))
    wrong("broker.domain", "does not make a mail address", "only the domain: intro.example.org");
  if (!c.operator_address.empty() && !parse_address(c.operator_address))
    wrong("broker.operator", "is not a mail address", "operator = \"you@example.org\"");
  if (!is_url(c.public_url, {"https://", "http://"}))
    wrong("web.public_url", "must be given, with https://", "public_url = \"https://intro.example.org\"");
  else if (c.public_url.back() == '/')
    wrong("web.public_url", "ends with a slash", "leave the slash off");
  if (!is_url(c.storage_url, {"sqlite:", "postgresql://", "postgres://"}))
    wrong("storage.url", "is neither sqlite: nor postgresql://",
          "url = \"sqlite:/var/lib/tertius/tertius.db\"");
  if (c.storage_url.starts_with("sqlite:") && c.roles != every_role())
    wrong("daemon.roles", "leaves work undone: an SQLite file has but one daemon",
          "several share a postgresql:// storage.url");
  const bool far = c.smtp_host != "127.0.0.1" && c.smtp_host != "localhost" && c.smtp_host != "::1";
  if (far && c.smtp_security == mail::Security::none)
    wrong("smtp.security", "must be given for a relay on another machine", "security = \"starttls\"");
  check_oauth(out, {"oauth", c.oauth_token_url, c.oauth_client_id,
                    c.oauth_client_secret_file + c.oauth_refresh_token_file + c.oauth_scope, "smtp.user",
                    c.smtp_user});
  if (!c.smtp_user.empty() && c.smtp_password_file.empty() && c.oauth_token_url.empty())
    wrong("smtp.password_file", "is missing although there is a user",
          "a file that holds the password alone");
  check_imap(out);
  const std::array levels = {"debug", "info", "warn", "error"};
  if (std::find(levels.begin(), levels.end(), c.log_level) == levels.end())
    wrong("log.level", "is no level", "debug, info, warn or error");
}

}  // namespace

ConfigReading read_config(std::string_view toml_text) {
  ConfigReading out;
  try {
    const toml::table whole = toml::parse(toml_text);
    for (const auto& [section, node] : whole) {
      const auto* table = node.as_table();
      if (table && !nearest_key(section.str()).empty())
        read_section(out, section.str(), *table);
      else
        out.problems.push_back({std::string(section.str()), line_of(node), "is not a section of this program",
                                "see tertius config-reference"});
    }
    if (out.problems.empty()) check(out);
  } catch (const toml::parse_error& e) {
    out.problems.push_back({"", static_cast<int>(e.source().begin.line), std::string(e.description()),
                            "TOML: key = \"text in quotes\""});
  }
  return out;
}

ConfigReading read_config_file(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  if (!file || !(text << file.rdbuf())) {
    return {{},
            {{"", 0, "cannot be read",
              "tertius config-reference > " + path.string() + " writes one to begin with"}}};
  }
  return read_config(text.str());
}

std::string text(const ConfigProblem& problem, const std::string& file) {
  std::string out = file;
  if (problem.line > 0) out += ":" + std::to_string(problem.line);
  if (!problem.key.empty()) out += ": " + problem.key;
  out += problem.key.empty() ? ": " + problem.what : " " + problem.what;
  return problem.hint.empty() ? out : out + " (" + problem.hint + ")";
}

std::vector<ConfigKey> config_keys() {
  std::vector<ConfigKey> out;
  out.reserve(config_rows().size());
  for (const ConfigRow& row : config_rows()) out.push_back(row.key);
  return out;
}

std::string config_reference() {
  std::string out = "# Every key of Tertius, with what it is where you leave it out.\n";
  std::string_view section;
  for (const ConfigRow& row : config_rows()) {
    const ConfigKey& key = row.key;
    if (key.section != section) out += "\n[" + std::string(section = key.section) + "]\n";
    out += "# " + std::string(key.meaning) + " (" + std::string(key.type) +
           (key.takes_effect == TakesEffect::at_restart ? "; wants a restart" : "") + ")\n";
    out += key.standard.empty() ? "# " + std::string(key.name) + " = ... must be given\n"
                                : std::string(key.name) + " = " + std::string(key.standard) + "\n";
  }
  return out;
}

}  // namespace tertius::daemon
