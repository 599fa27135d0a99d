#include "storage/members.hpp"

#include "storage/own_words.hpp"

namespace tertius::storage {
namespace {

void take(std::string& kept, const std::string& said) {
  if (!said.empty()) kept = said;
}

Person new_person(const Person& said, const IdSource& ids) {
  Person person;
  person.id = PersonId{ids()};
  person.address = said.address;
  return person;
}

void count(ListReport& report, Joined joined) {
  switch (joined) {
    case Joined::added: ++report.added; return;
    case Joined::changed: ++report.changed; return;
    case Joined::unchanged: ++report.unchanged; return;
  }
}

std::string rate(Database& db, const ListedTie& row, ListReport& report) {
  const auto owner = find_person_by_address(db, row.owner);
  if (!owner || !owner->member) return text(row.owner) + " is no member";
  const auto contact = find_person_by_address(db, row.contact);
  if (!contact) return "nobody here has the address " + text(row.contact);
  if (owner->id == contact->id) return "the two addresses are one person's";
  const Tie tie{owner->id, contact->id, TieSource::rating, row.rating, std::nullopt, ""};
  const auto before = find_tie(db, tie.owner, tie.contact, tie.source);
  if (before != tie) put_tie(db, tie);
  count(report, !before ? Joined::added : before == tie ? Joined::unchanged : Joined::changed);
  return {};
}

}  // namespace

Membership join(Database& db, const Person& said, const IdSource& ids) {
  const auto known = find_person_by_address(db, said.address.value());
  Person person = known ? *known : new_person(said, ids);
  if (!person.member) {
    // Until now these were what others' contact files say.
    if (known) keep_words_of_owners(db, person.id);
    person = with_words(std::move(person), {});
    person.address = said.address;
    person.profile_url.clear();
  }
  person.member = true;
  take(person.name, said.name);
  take(person.organisation, said.organisation);
  take(person.title, said.title);
  if (known && person == *known) return {person, Joined::unchanged};
  known ? save_person(db, person) : add_person(db, person);
  // Whoever was here once comes back with what they had refused.
  return {load_person(db, person.id), known ? Joined::changed : Joined::added};
}

ListReport join_all(Database& db, std::span<const ListedMember> members, const IdSource& ids) {
  ListReport report;
  for (const ListedMember& row : members) {
    Person said;
    said.address = row.address;
    said.name = row.name;
    said.organisation = row.organisation;
    said.title = row.title;
    count(report, join(db, said, ids).joined);
  }
  return report;
}

ListReport rate_all(Database& db, std::span<const ListedTie> ties) {
  ListReport report;
  for (const ListedTie& row : ties) {
    const std::string why = rate(db, row, report);
    if (!why.empty()) report.skipped.push_back({row.row, why});
  }
  return report;
}

}  // namespace tertius::storage
