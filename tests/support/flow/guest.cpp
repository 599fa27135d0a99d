#include "tests/support/flow/guest.hpp"

#include <algorithm>
#include <cctype>
#include <sstream>

#include "broker/sha256.hpp"
#include "daemon/desk.hpp"
#include "storage/api_tokens.hpp"
#include "storage/browsers.hpp"
#include "storage/introductions.hpp"
#include "tests/support/flow/markup.hpp"
#include "web/router.hpp"

namespace tertius::flow {

namespace {

constexpr std::chrono::days long_enough{365};

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::string row_sql(storage::Database& db, const std::string& table) {
  if (db.is_postgres()) return "SELECT CAST(t AS TEXT) AS line FROM " + table + " t ORDER BY line";
  std::string columns = "''";
  for (const auto& column : db.rows("SELECT name FROM pragma_table_info($1)", {table}))
    columns += " || '|' || quote(\"" + column.text(0) + "\")";
  return "SELECT " + columns + " AS line FROM \"" + table + "\" ORDER BY line";
}

bool is_writing(std::string_view sql) {
  return sql.starts_with("INSERT") || sql.starts_with("UPDATE") || sql.starts_with("DELETE") ||
         sql.starts_with("WITH");
}

// The lines that only one of the two has.
std::string difference(const std::string& before, const std::string& after) {
  std::multiset<std::string> was, is;
  const auto read = [](const std::string& text, std::multiset<std::string>& lines) {
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1)
      lines.insert(text.substr(at, text.find('\n', at) - at));
  };
  read(before, was);
  read(after, is);
  std::string out;
  for (const auto& line : was)
    if (!is.contains(line)) out += "- " + line + "\n";
  for (const auto& line : is)
    if (!was.contains(line)) out += "+ " + line + "\n";
  return out;
}

web::HttpRequest request_for(const std::string& method, const std::string& path) {
  web::HttpRequest out;
  out.method = method;
  const auto query = path.find('?');
  out.path = path.substr(0, query);
  if (query != path.npos) out.query = path.substr(query + 1);
  return out;
}

}  // namespace

std::string rows_of(storage::Database& db) {
  std::string out;
  const char* tables =
      db.is_postgres()
          ? "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1"
          : "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
  for (const auto& table : db.rows(tables)) {
    if (table.text(0) == "spent_nonces") continue;
    for (const auto& row : db.rows(row_sql(db, table.text(0)))) out += table.text(0) + row.text(0) + "\n";
  }
  return out;
}

// "+ audit|1|...", "- audit_head(1,...", as the engines write rows.
std::string but_for_the_audit_log(const std::string& changes) {
  std::string out;
  std::istringstream lines(changes);
  for (std::string line; std::getline(lines, line);)
    if (line.find(" audit") != 1) out += line + "\n";
  return out;
}

std::string all_of(const web::HttpResponse& response) {
  std::string out = std::to_string(response.status) + "\n" + response.content_type + "\n";
  for (const auto& [name, value] : response.headers) out += name + ": " + value + "\n";
  return lower(out + "\n" + response.body);
}

std::optional<std::string> own_path(std::string link) {
  if (link.starts_with(broker_url)) link.erase(0, std::string_view(broker_url).size());
  if (!link.starts_with("/")) return std::nullopt;
  return link.substr(0, link.find('#'));
}

std::string encoded(const web::Form& form) {
  constexpr auto hex = "0123456789ABCDEF";
  std::string out;
  for (const auto& [name, value] : form) {
    out += (out.empty() ? "" : "&") + name + "=";
    for (const char c : value) {
      const auto octet = static_cast<unsigned char>(c);
      if (std::isalnum(octet))
        out += c;
      else
        out += {'%', hex[octet >> 4], hex[octet & 15]};
    }
  }
  return out;
}

Guest::Guest(World& world_, std::string name_, std::optional<PersonId> person_, bool is_operator)
    : world(world_), name(std::move(name_)), person(person_) {
  if (!person) return;
  cookie = "browser-of-" + name;
  secret = "token-of-" + name;
  key_hash = hex_sha256(cookie);
  secret_hash = hex_sha256(secret);
  ApiScopes scopes;
  for (const ApiScopeRow& row : api_scopes())
    if (!is_operators(row.scope) || is_operator) scopes.add(row.scope);
  storage::Transaction transaction(world.engine.db);
  storage::put_browser(world.engine.db, {.key_hash = key_hash,
                                         .person = *person,
                                         .name = "Firefox",
                                         .created_at = world.now,
                                         .seen_at = world.now,
                                         .expires_at = world.now + long_enough,
                                         .signed_in_until = world.now + long_enough});
  const storage::ApiToken token{.id = storage::ApiTokenId{world.engine.settings.ids()},
                                .person = *person,
                                .name = "script of " + name,
                                .scopes = scopes,
                                .created_at = world.now};
  storage::add_api_token(world.engine.db, token, secret_hash);
  storage::use_api_token(world.engine.db, token, world.now);  // once a day: no request of today's writes it
  transaction.commit();
}

// A Set-Cookie is not kept: what was done is undone, the new browser too.
Tried Guest::send(web::HttpRequest request) {
  storage::Database& db = world.engine.db;
  Tried out{request.method + " " + request.path + (request.query.empty() ? "" : "?" + request.query) +
                " by " + name,
            {},
            {}};
  bool has_written = false;
  std::string after;
  const auto hook = std::exchange(
      db.before_statement, [&](std::string_view sql) { has_written = has_written || is_writing(sql); });
  {
    storage::Transaction never_committed(db);
    web::Desk desk = daemon::make_desk(world.engine);
    out.response = web::respond(request, desk);
    if (has_written) after = rows_of(db);
  }
  db.before_statement = hook;
  if (!has_written || after == rows_) return out;
  rows_ = rows_of(db);
  out.changes = difference(rows_, after);
  return out;
}

Tried Guest::get(const std::string& path) {
  auto request = request_for("GET", path);
  if (!cookie.empty()) request.headers["cookie"] = "tertius=" + cookie;
  return send(std::move(request));
}

Tried Guest::post(const std::string& path, const web::Form& form, bool from_us) {
  auto request = request_for("POST", path);
  if (!cookie.empty()) request.headers["cookie"] = "tertius=" + cookie;
  if (from_us) request.headers["origin"] = broker_url;
  request.body = encoded(form);
  return send(std::move(request));
}

Tried Guest::api(const std::string& method, const std::string& path, const std::string& body,
                 const std::string& with) {
  auto request = request_for(method, "/api/v1" + path);
  if (!with.empty()) request.headers["authorization"] = "Bearer " + with;
  if (!body.empty()) request.headers["content-type"] = "application/json";
  request.body = body;
  return send(std::move(request));
}

std::map<std::string, Tried> Guest::wander(std::vector<std::string> from) {
  std::map<std::string, Tried> out;
  while (!from.empty()) {
    const auto path = own_path(from.back());
    from.pop_back();
    if (!path || out.contains(*path)) continue;
    const auto& page = out.emplace(*path, get(*path)).first->second.response;
    for (std::string& link : links_in(page.body)) from.push_back(std::move(link));
    for (const auto& [header, value] : page.headers)
      if (header == "Location") from.push_back(value);
  }
  return out;
}

}  // namespace tertius::flow
