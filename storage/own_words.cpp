#include "storage/own_words.hpp"

#include <algorithm>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/keys.hpp"
#include "storage/people.hpp"
#include "storage/person_words.hpp"
#include "storage/visible_people.hpp"

namespace tertius::storage {
namespace {

OwnWords read_words(const Row& found) {
  RowReader row(found);
  OwnWords words;
  words.name = row.text();
  words.organisation = row.text();
  words.title = row.text();
  return words;
}

std::optional<OwnWords> first_of(const std::vector<Row>& rows) {
  return rows.empty() ? std::nullopt : std::optional(read_words(rows.front()));
}

std::optional<OwnWords> find_own_words(Database& db, PersonId owner, PersonId contact) {
  return first_of(db.rows("SELECT name, organisation, title FROM own_words WHERE owner = $1 AND contact = $2",
                          {value_of(owner), value_of(contact)}));
}

bool has_tie(Database& db, PersonId owner, PersonId contact) {
  return db
      .row("SELECT 1 FROM ties WHERE owner = $1 AND contact = $2 LIMIT 1",
           {value_of(owner), value_of(contact)})
      .has_value();
}

std::int64_t drop_own_words(Database& db, PersonId owner, PersonId contact) {
  return db.run("DELETE FROM own_words WHERE owner = $1 AND contact = $2",
                {value_of(owner), value_of(contact)});
}

// Of a member one sees their own words; what they leave open may be the viewer's.
OwnWords filled_up(OwnWords theirs, const OwnWords& ours) {
  if (theirs.name.empty()) theirs.name = ours.name;
  if (theirs.organisation.empty()) theirs.organisation = ours.organisation;
  if (theirs.title.empty()) theirs.title = ours.title;
  return theirs;
}

// In the order of the owners' ids, so that it comes out the same whoever asks.
std::vector<PersonId> owners_of(Database& db, PersonId contact) {
  std::vector<PersonId> owners;
  for (const Row& row :
       db.rows("SELECT DISTINCT owner FROM ties WHERE contact = $1 ORDER BY owner", {value_of(contact)}))
    owners.push_back(PersonId{row.integer(0)});
  return owners;
}

void promote(Database& db, PersonId owner, Person person, const std::vector<PersonId>& owners) {
  person = with_words(std::move(person), *find_own_words(db, owner, person.id));
  save_what_is_said(db, person);
  for (const PersonId other : owners)
    if (find_own_words(db, other, person.id) == words_of(person)) drop_own_words(db, other, person.id);
}

}  // namespace

OwnWords words_of(const Person& person) { return {person.name, person.organisation, person.title}; }

Person with_words(Person person, const OwnWords& words) {
  person.name = words.name;
  person.organisation = words.organisation;
  person.title = words.title;
  return person;
}

Person seen_in(const Person& person, const OwnWords& words) {
  return with_words(person, person.member ? filled_up(words_of(person), words) : words);
}

OwnWords said_by(Database& db, PersonId owner, const Person& contact) {
  if (auto own = find_own_words(db, owner, contact.id)) return std::move(*own);
  return !contact.member && has_tie(db, owner, contact.id) ? words_of(contact) : OwnWords{};
}

void keep_own_words(Database& db, PersonId owner, const Person& contact, const OwnWords& words) {
  const bool had = drop_own_words(db, owner, contact.id) > 0;
  const Person seen = seen_in(contact, words);
  const bool needed = seen != contact;
  if (needed)
    db.run(
        "INSERT INTO own_words (owner, contact, name, organisation, title, folded_name, folded) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {value_of(owner), value_of(contact.id), words.name, words.organisation, words.title,
         spaced(words.name), folded_words(with_words(contact, words))});
  if (had || needed) index_words(db, contact.id);
}

void say(Database& db, PersonId owner, const Person& contact, const OwnWords& words) {
  const auto owners = owners_of(db, contact.id);
  const bool is_alone =
      !contact.member && std::ranges::all_of(owners, [&](PersonId one) { return one == owner; });
  Person person = is_alone ? with_words(contact, words) : contact;
  if (person != contact) save_what_is_said(db, person);
  keep_own_words(db, owner, person, words);
}

void unsay(Database& db, PersonId owner, PersonId contact) {
  if (drop_own_words(db, owner, contact) > 0) index_words(db, contact);
}

std::vector<OwnWords> all_words_for(Database& db, PersonId contact) {
  std::vector<OwnWords> all;
  for (const Row& row : db.rows("SELECT DISTINCT name, organisation, title FROM own_words WHERE contact = $1 "
                                "ORDER BY name, organisation, title",
                                {value_of(contact)}))
    all.push_back(read_words(row));
  return all;
}

void keep_words_of_owners(Database& db, PersonId contact) {
  db.run(
      "INSERT INTO own_words (owner, contact, name, organisation, title, folded_name, folded) "
      "SELECT DISTINCT ties.owner, people.id, people.name, people.organisation, people.title, "
      "people.folded_name, people.folded FROM people JOIN ties ON ties.contact = people.id "
      "WHERE people.id = $1 ON CONFLICT DO NOTHING",
      {value_of(contact)});
}

void settle_words(Database& db, PersonId contact) {
  const std::vector<PersonId> owners = owners_of(db, contact);
  const auto gone = db.run(
      "DELETE FROM own_words WHERE contact = $1 AND owner NOT IN (SELECT owner FROM ties WHERE contact = $1)",
      {value_of(contact)});
  const auto person = find_person(db, contact);
  if (!person) return;
  const auto has_row = [&](PersonId owner) { return find_own_words(db, owner, contact).has_value(); };
  if (!person->member && !owners.empty() && std::ranges::all_of(owners, has_row))
    promote(db, owners.front(), *person, owners);
  else if (gone > 0)
    index_words(db, contact);
}

Person as_seen_by(Database& db, PersonId viewer, const Person& person, std::optional<PersonId> via) {
  if (viewer == person.id) return person;
  if (const auto own = find_own_words(db, viewer, person.id)) return seen_in(person, *own);
  if (person.member || has_tie(db, viewer, person.id)) return person;
  if (!via || !has_tie(db, *via, person.id)) via = find_way(db, viewer, person.id);
  const auto theirs = via ? find_own_words(db, *via, person.id) : std::nullopt;
  return theirs ? seen_in(person, *theirs) : person;
}

Person as_called(Database& db, const Person& person, const std::string& folded_name) {
  if (person.member || spaced(person.name) == folded_name) return person;
  const auto words = first_of(
      db.rows("SELECT name, organisation, title FROM own_words WHERE contact = $1 AND folded_name = $2 "
              "ORDER BY owner LIMIT 1",
              {value_of(person.id), folded_name}));
  return words ? with_words(person, *words) : person;
}

}  // namespace tertius::storage
