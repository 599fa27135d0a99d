#pragma once
// Who is a member, one by one or from an operator's list. Callers hold a transaction.

#include <span>
#include <vector>

#include "broker/listed.hpp"
#include "storage/people.hpp"

namespace tertius::storage {

enum class Joined { added, changed, unchanged };

struct Membership {
  Person person;
  Joined joined{};
};
// `said` has an address; what it leaves empty stays as the member said it before. Whoever is in others'
// contacts becomes this member, with their own words alone.
Membership join(Database& db, const Person& said, const IdSource& ids);

struct ListReport {
  std::size_t added = 0, changed = 0, unchanged = 0;
  std::vector<SkippedRow> skipped;
};
ListReport join_all(Database& db, std::span<const ListedMember> members, const IdSource& ids);
// As the owners' own ratings. The owner has to be a member, the contact somebody who is known.
ListReport rate_all(Database& db, std::span<const ListedTie> ties);

}  // namespace tertius::storage
