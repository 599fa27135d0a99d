#pragma once
// Everything that can be asked for, by somebody.

#include <string>
#include <vector>

#include "tests/support/flow/canary_world.hpp"

namespace tertius::web {
struct ApiRoute;
}

namespace tertius::flow {

// What is behind every link that anybody finds, from the first page of every route and from their own mails
// on; without those that a mail alone gives (a token, a secret), which are in `own`.
struct Map {
  std::vector<std::string> everybodys;
  std::vector<std::vector<std::string>> own;    // in the order of Who
  std::vector<std::vector<std::string>> found;  // of everybody's, by whom
};
Map make_map(CanaryWorld& house);

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
// With "#" for each number: what differs in nothing else is asked for by others a few times only.
std::string shape_of(const std::string& path);

}  // namespace tertius::flow
