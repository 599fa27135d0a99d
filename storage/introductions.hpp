#pragma once
// Introductions with their versions, asks and history. Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/step.hpp"
#include "storage/db.hpp"
#include "storage/place.hpp"

namespace tertius::storage {

struct HistoryRow {
  Time at{};
  std::string trigger;  // trigger_name
  State from{};
  State to{};
  std::string remark;
};

// `deadline` is broker's next_deadline(); it is what find_due() goes by.
void add_introduction(Database& db, const Introduction& introduction, std::optional<Time> deadline);

// False, and nothing written, where the row's version is no longer introduction.version; else the row holds
// introduction.version + 1. The asks are saved with it.
bool save_introduction(Database& db, const Introduction& introduction, std::optional<Time> deadline);

std::optional<Introduction> find_introduction(Database& db, IntroductionId id);
std::vector<Introduction> find_introductions_of(Database& db, PersonId person);  // any role, newest first
std::vector<Introduction> recent_introductions(Database& db, int limit);
std::vector<Introduction> introductions_before(Database& db, const Place& place, int limit);
// Those a person has a part in and may know of: R's own, C's where C is the one asked last, T's once they
// were forwarded. One role's, or all.
std::vector<Introduction> introductions_known_to(Database& db, PersonId person, std::optional<Role> role,
                                                 const Place& place, int limit);
// Whose deadline is at or before now, earliest first.
std::vector<IntroductionId> find_due(Database& db, Time now, int limit);
std::optional<Time> earliest_deadline(Database& db);
// Of one that cannot be stepped: the others behind it come first.
void put_off_deadline(Database& db, IntroductionId id, Time until);

void append_history(Database& db, IntroductionId id, const HistoryRow& row);
std::vector<HistoryRow> load_history(Database& db, IntroductionId id);

// When R last had a connector asked, or reminded; none before the first.
std::optional<Time> last_called(Database& db, IntroductionId id);

// What step() needs to know of everything else: connectors_in_question(introduction, also) are looked up.
Facts load_facts(Database& db, const Introduction& introduction, Time now,
                 const std::vector<PersonId>& also = {});

}  // namespace tertius::storage
