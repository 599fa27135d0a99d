#pragma once
// The ways from a member to somebody, and whom they may see: looked up in the network in memory where there
// is one, and in the database where there is none yet (or none at all: the command line). Both answer alike.

#include <functional>
#include <memory>
#include <vector>

#include "broker/network.hpp"
#include "broker/person.hpp"
#include "storage/db.hpp"

namespace tertius::daemon {

// The network as `db` has it at this moment; null: there is none.
using NetworkSource = std::function<std::shared_ptr<const Network>(storage::Database& db)>;
inline std::shared_ptr<const Network> network_of(const NetworkSource& source, storage::Database& db) {
  return source ? source(db) : nullptr;
}

// Somebody who has ties to both, over whom R's way may go.
struct Way {
  PersonId connector{};
  std::vector<Tie> requester_ties;  // the connector's own first
  std::vector<Tie> target_ties;
  int mutual = 0;  // people whom both R and the connector know
};

// By id. `network` may be null. Whoever cannot be asked, or is too far from both to be found, may be left
// out.
std::vector<Way> find_ways(storage::Database& db, const Network* network, PersonId requester,
                           PersonId target);

bool may_see(storage::Database& db, const NetworkSource& source, PersonId viewer, PersonId person);

}  // namespace tertius::daemon
