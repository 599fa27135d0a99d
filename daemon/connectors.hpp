#pragma once
// Who can introduce R to T: reads ties and answers from storage, ranks them in the broker.

#include <optional>
#include <string>
#include <vector>

#include "broker/link.hpp"
#include "broker/policy.hpp"
#include "broker/ranking.hpp"
#include "daemon/engine.hpp"
#include "storage/db.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

struct FoundConnector {
  Person person;
  RankedConnector ranked;
  bool named = true;  // false: R hears of "somebody who knows her" alone, until they have answered
  // What R's pages and mails call them by: the id of whoever is named. The others, whose id would say who
  // they are, have none before name_unnamed().
  std::string handle = {};
  // A long way, where nobody knows both: whom they are to pass it on to. Who that is, is not told to R.
  std::optional<PersonId> onward = std::nullopt;
};

// Best first; only people with a tie to both (to R one that opens_way()), who can be written to and let this
// requester ask them. Whom T does not want to be introduced to finds nobody.
std::vector<FoundConnector> find_connectors(storage::Database& db, PersonId requester, PersonId target,
                                            Time now, const Policy& policy, const Network* network = nullptr);
// The same, and where there is nobody the first on a long way.
std::vector<FoundConnector> find_connectors(Engine& engine, PersonId requester, PersonId target);

// Cannot be asked by this requester for this target now, or would not be.
bool is_excluded(storage::Database& db, const storage::AnswerCounts& counts, PersonId requester, Time now);

// "unnamed-", and what the key makes of this requester, target and connector: the same on the day it is
// pressed, when somebody else may be the best, and for nobody else.
void name_unnamed(std::vector<FoundConnector>& found, PersonId requester, PersonId target,
                  const LinkKey& key);

std::optional<FoundConnector> find_by_handle(const std::vector<FoundConnector>& found,
                                             const std::string& handle);

}  // namespace tertius::daemon
