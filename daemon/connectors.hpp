#pragma once
// Who can introduce R to T: reads ties and answers from storage, ranks them in the broker.

#include <optional>
#include <string>
#include <vector>

#include "broker/policy.hpp"
#include "broker/ranking.hpp"
#include "storage/db.hpp"

namespace tertius::daemon {

struct FoundConnector {
  Person person;
  RankedConnector ranked;
  bool named = true;  // false: R hears of "somebody who knows her" alone, until they have answered
  // What R's pages and mails call them by: the id of whoever is named; "unnamed-1" for the best of the
  // others, whose id would say who they are.
  std::string handle = {};
};

// Best first; only people with a tie to both, who can be written to and let this requester ask them. Whom T
// does not want to be introduced to finds nobody.
std::vector<FoundConnector> find_connectors(storage::Database& db, PersonId requester, PersonId target,
                                            Time now, const Policy& policy);

std::optional<Person> find_by_handle(const std::vector<FoundConnector>& found, const std::string& handle);

}  // namespace tertius::daemon
