#pragma once
// What a token of the JSON API may do. A token has some of these and never more than its person may do on the
// pages. Pure.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tertius {

enum class ApiScope : std::uint8_t {
  people_read,
  people_write,
  ties_write,
  introductions_read,
  introductions_write,
  decisions_write,
  find,
  operate,  // the operator's view of everybody's
  webhooks_write,
  inbound,  // letters from whomever it says: as good as the mail server
};

struct ApiScopeRow {
  ApiScope scope;
  std::string_view name;    // "people:read"
  std::string_view allows;  // a line for people
};
std::span<const ApiScopeRow> api_scopes();  // in the order of the enum
std::string_view scope_name(ApiScope scope);
// Whether only the operator gives it: it reaches further than what its person may do.
bool is_operators(ApiScope scope);

// A set of them; as text their names between single spaces, in the table's order.
class ApiScopes {
 public:
  bool has(ApiScope scope) const { return (bits_ >> static_cast<unsigned>(scope)) & 1U; }
  void add(ApiScope scope) { bits_ |= 1U << static_cast<unsigned>(scope); }
  bool empty() const { return bits_ == 0; }
  friend bool operator==(const ApiScopes&, const ApiScopes&) = default;

 private:
  std::uint32_t bits_ = 0;
};
std::string text(const ApiScopes& scopes);
// Names between commas or spaces; empty where one of them is none of ours.
std::optional<ApiScopes> find_scopes(std::string_view names);

}  // namespace tertius
