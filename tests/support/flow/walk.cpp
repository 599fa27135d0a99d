#include "tests/support/flow/walk.hpp"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <map>
#include <set>

#include "storage/people.hpp"
#include "web/api_call.hpp"
#include "web/dashboard_pages.hpp"
#include "web/pages.hpp"

namespace tertius::flow {

namespace {

namespace json = boost::json;

std::vector<std::string> first_pages() {
  std::vector<std::string> out;
  for (const web::PageRoute& route : web::page_routes()) out.push_back("/" + std::string(route.first));
  for (const web::DashboardRoute& route : web::dashboard_routes())
    out.push_back("/dashboard/" + std::string(route.name));
  return out;
}

struct Kind {
  std::string_view segment, table;
};
constexpr auto kinds = std::to_array<Kind>({{"/introductions/{id}", "introductions"},
                                            {"/ties/{id}", "people"},
                                            {"/webhooks/{id}", "webhooks"},
                                            {"/imports/{id}", "imports"},
                                            {"/outbox/{id}", "outbox"}});
constexpr std::size_t most_alike = 12;

// A path whose kind of id is not known here gets all of them.
std::vector<std::string> ids_for(CanaryWorld& house, std::string_view path) {
  std::vector<std::string> out{missing_id()};
  const bool is_known =
      std::ranges::any_of(kinds, [&](const Kind& kind) { return path.find(kind.segment) != path.npos; });
  for (const auto& [segment, table] : kinds) {
    if (is_known && path.find(segment) == path.npos) continue;
    for (const auto& row :
         house.world.engine.db.rows("SELECT id FROM " + std::string(table) + " ORDER BY id DESC LIMIT 20"))
      out.push_back(std::to_string(row.integer(0)));
  }
  return out;
}

// What each member of a body may be; others are any word, number or truth.
json::value value_for(const web::BodyMember& member) {
  static const json::object known{
      {"target", "Gail Okafor, Steady Mail"},
      {"cover_note", "Could you introduce us? No hard feelings if the moment is wrong."},
      {"pitch", "I am Alice Chen of Harbour Ledger. Could we talk for 20 minutes about your programme?"},
      {"decision", "forward"},
      {"language", "en"},
      {"consent", "ask_first"},
      {"shown_as_connector", "named"},
      {"url", "https://hooks.example/new"}};
  if (const auto* value = known.if_contains(std::string(member.name))) return *value;
  if (member.nullable) return nullptr;
  switch (member.kind) {
    case web::BodyKind::text: return "word";
    case web::BodyKind::texts: return json::array{};
    case web::BodyKind::truth: return true;
    case web::BodyKind::number: return 0.5;
  }
  return nullptr;
}

std::string body_for(const web::ApiRoute& route) {
  if (route.method != "POST" && route.method != "PUT") return {};
  json::object out;
  for (const web::BodyMember& member : route.body)
    if (member.required) out[std::string(member.name)] = value_for(member);
  return json::serialize(out);
}

std::string query_for(const web::ApiRoute& route) {
  return route.query == "target" ? "?target=Gail%20Okafor" : "";
}

}  // namespace

std::string missing_id() { return "9999"; }

std::string shape_of(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (!std::isdigit(static_cast<unsigned char>(c)))
      out += c;
    else if (out.empty() || out.back() != '#')
      out += '#';
  }
  return out;
}

std::vector<Token> tokens_among(const CanaryWorld& house, const std::string& text) {
  constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz234567";
  std::vector<Token> out;
  for (std::size_t at = text.find_first_of(alphabet); at != text.npos;
       at = text.find_first_of(alphabet, at)) {
    const auto end = std::min(text.find_first_not_of(alphabet, at), text.size());
    if (const auto token = find_token(text.substr(at, end - at), house.world.engine.settings.links.keys))
      out.push_back(*token);
    at = end;
  }
  return out;
}

bool is_capability(const CanaryWorld& house, const std::string& path) {
  if (path.starts_with("/sign-in/")) return true;
  for (const auto& part : web::path_parts(path.substr(0, path.find('?'))))
    if (find_token(part, house.world.engine.settings.links.keys)) return true;
  return false;
}

Map make_map(CanaryWorld& house) {
  Map out;
  for (std::size_t i = 0; i < house.guests.size(); ++i) {
    auto from = house.mailed_paths(static_cast<Who>(i));
    for (std::string& path : first_pages()) from.push_back(std::move(path));
    out.found.push_back(house.guests[i].wander(std::move(from)));
    for (const auto& [path, page] : out.found.back())
      if (!is_capability(house, path)) out.everybodys.insert(path);
  }
  return out;
}

std::vector<Tried> walk_pages(CanaryWorld& house, Who who, const Map& map) {
  std::vector<Tried> out;
  std::map<std::string, std::size_t> alike;
  const auto& found = map.found[static_cast<std::size_t>(who)];
  for (const auto& [path, page] : found) out.push_back(page);
  for (const auto& path : map.everybodys)
    if (!found.contains(path) && ++alike[shape_of(path)] <= most_alike)
      out.push_back(house.guest(who).get(path));
  return out;
}

std::vector<TriedId> try_operation(CanaryWorld& house, Who who, const web::ApiRoute& route) {
  std::vector<TriedId> out;
  const auto hole = route.path.find("{id}");
  for (const std::string& id : ids_for(house, route.path)) {
    std::string path(route.path);
    if (hole != path.npos) path.replace(hole, 4, id);
    out.push_back(
        {id, house.guest(who).api(std::string(route.method), path + query_for(route), body_for(route))});
    if (hole == path.npos) break;
  }
  return out;
}

std::vector<Tried> walk_api(CanaryWorld& house, Who who) {
  std::vector<Tried> out;
  for (const web::ApiRoute& route : web::api_routes())
    for (TriedId& one : try_operation(house, who, route)) out.push_back(std::move(one.tried));
  return out;
}

}  // namespace tertius::flow
