#pragma once
// What R has already asked of C: the pair's budget, for step() and for ranking alike.

#include "broker/step.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// Introductions other than `except`. Revisions of one introduction are one asking: the budget counts
// introductions. `has_address` is an address that may be dialled.
ConnectorFacts load_connector_facts(Database& db, PersonId requester, PersonId connector,
                                    IntroductionId except, Time now);

bool is_spent(const ConnectorFacts& facts, const Policy& policy, Time now);

// The person has an address and it is not suppressed.
bool can_be_mailed(Database& db, const Person& person);

}  // namespace tertius::storage
