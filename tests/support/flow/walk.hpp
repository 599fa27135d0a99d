#pragma once
// Everything that can be asked for, by somebody.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "tests/support/flow/canary_world.hpp"

namespace tertius::web {
struct ApiRoute;
}

namespace tertius::flow {

// What is behind every link that anybody finds, from the first page of every route and from their own mails
// on.
struct Map {
  std::set<std::string> everybodys;  // those without what a mail alone gives: a token, a secret
  std::vector<std::map<std::string, Tried>> found;  // by whom, in the order of Who
};
Map make_map(CanaryWorld& house);

// All that they find, and what others find, of what is alike a few.
std::vector<Tried> walk_pages(CanaryWorld& house, Who who, const Map& map);
// Every operation with every id there is of what its path names, and one that is missing; with right bodies.
std::vector<Tried> walk_api(CanaryWorld& house, Who who);
struct TriedId {
  std::string id;
  Tried tried;
};
// One of them; the missing id comes first.
std::vector<TriedId> try_operation(CanaryWorld& house, Who who, const web::ApiRoute& route);

// Is a part of this path a token of ours or the secret of a link?
bool is_capability(const CanaryWorld& house, const std::string& path);
std::string missing_id();
std::vector<Token> tokens_among(const CanaryWorld& house, const std::string& text);
// With "#" for each number.
std::string shape_of(const std::string& path);

}  // namespace tertius::flow
