#include "broker/api_scope.hpp"

#include <algorithm>
#include <array>

namespace tertius {

namespace {

constexpr auto table = std::to_array<ApiScopeRow>({
    {ApiScope::people_read, "people:read", "See your settings, your contacts and the members"},
    {ApiScope::people_write, "people:write", "Change your settings"},
    {ApiScope::ties_write, "ties:write", "Say whom you know, and how well"},
    {ApiScope::introductions_read, "introductions:read", "See the introductions you have a part in"},
    {ApiScope::introductions_write, "introductions:write",
     "Ask for introductions in your name, withdraw them"},
    {ApiScope::decisions_write, "decisions:write", "Answer requests in your name"},
    {ApiScope::find, "find", "See who could introduce you to somebody"},
    {ApiScope::operate, "operator", "See everybody's introductions, letters and mails; send or cancel mails"},
    {ApiScope::webhooks_write, "webhooks:write", "Have changes of what you see told to an address of yours"},
    {ApiScope::inbound, "inbound", "Hand in letters that a mail provider has received"},
});

constexpr bool stands_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].scope) != i) return false;
  }
  return true;
}
static_assert(stands_in_order());

}  // namespace

std::span<const ApiScopeRow> api_scopes() { return table; }

std::string_view scope_name(ApiScope scope) { return table[static_cast<std::size_t>(scope)].name; }

bool is_operators(ApiScope scope) { return scope == ApiScope::operate || scope == ApiScope::inbound; }

std::string text(const ApiScopes& scopes) {
  std::string out;
  for (const ApiScopeRow& row : table) {
    if (scopes.has(row.scope)) out.append(out.empty() ? "" : " ").append(row.name);
  }
  return out;
}

std::optional<ApiScopes> find_scopes(std::string_view names) {
  ApiScopes out;
  while (!names.empty()) {
    const std::size_t end = std::min(names.find_first_of(", "), names.size());
    const std::string_view name = names.substr(0, end);
    names.remove_prefix(std::min(end + 1, names.size()));
    if (name.empty()) continue;
    const auto row = std::ranges::find(table, name, &ApiScopeRow::name);
    if (row == table.end()) return std::nullopt;
    out.add(row->scope);
  }
  return out;
}

}  // namespace tertius
