#pragma once
// Who can introduce R to T: reads ties and answers from storage, ranks them in the broker.

#include <string>
#include <vector>

#include "broker/policy.hpp"
#include "broker/ranking.hpp"
#include "storage/db.hpp"

namespace tertius::daemon {

struct FoundConnector {
  Person person;
  RankedConnector ranked;
};

// Best first; only people with a tie to both, who can be written to.
std::vector<FoundConnector> find_connectors(storage::Database& db, PersonId requester, PersonId target,
                                            Time now, const Policy& policy);

// "both worked at Acme; forwarded 4 of the last 5"

}  // namespace tertius::daemon
