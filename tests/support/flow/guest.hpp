#pragma once
// Somebody at the pages and the API of a World, with a signed-in browser and a token of their own, or with
// neither. Whatever they ask for is undone again, so that one world serves a whole walk; what it had changed
// is kept.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "broker/api_scope.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {

inline constexpr auto broker_url = "http://broker.test";

struct Tried {
  std::string what;  // "POST /tokens by christine"
  web::HttpResponse response;
  std::string changes;  // what differs in the database; empty: nothing
};

// Of Tried::changes, without the rows of the audit log.
std::string but_for_the_audit_log(const std::string& changes);

// Status, headers and body as one text, in lower case.
std::string all_of(const web::HttpResponse& response);

class Guest {
 public:
  // `person` none: nobody. The token has every scope but the operator's, which needs `is_operator`.
  Guest(World& world, std::string name, std::optional<PersonId> person, bool is_operator = false);

  // The path with its query. Headers go first; with `from_us` a POST is as from a page of ours.
  Tried get(const std::string& path);
  Tried post(const std::string& path, const web::Form& form, bool from_us = true);
  Tried api(const std::string& method, const std::string& path, const std::string& body,
            const std::string& secret);
  Tried api(const std::string& method, const std::string& path, const std::string& body = {}) {
    return api(method, path, body, secret);
  }

  // From these paths on, through every link, whatever it leads to on our own pages.
  std::map<std::string, Tried> wander(std::vector<std::string> from);

  World& world;
  std::string name;
  std::optional<PersonId> person;
  std::string cookie, secret;  // empty for nobody
  std::string key_hash, secret_hash;

 private:
  Tried send(web::HttpRequest request);
  std::string rows_;  // of the database, as last seen
};

// A link of ours as a path with its query; none where it leads elsewhere.
std::optional<std::string> own_path(std::string link);
// A form's answer, or a query: "a=1&b=2".
std::string encoded(const web::Form& form);

// Every row of every table but those of spent nonces, a line each.
std::string rows_of(storage::Database& db);

}  // namespace tertius::flow
