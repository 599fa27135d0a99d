// A member's contact file becomes people and ties. Whoever the file calls the same thing twice, or two
// members call differently, comes out the same however often and in whatever order the files are read again.

#include "storage/import_contacts.hpp"

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/keys.hpp"
#include "storage/names.hpp"
#include "storage/person_rows.hpp"
#include "storage/storable.hpp"

namespace tertius::storage {
namespace {

struct Import {
  Database& db;
  PersonId owner;
  const IdSource& ids;
  ImportMemory& memory;
  ImportedRows& out;
};

bool is_known_by_key(const Contact& contact) {
  return !contact.addresses.empty() || !profile_key(contact.profile_url).empty();
}

std::string owned_key(PersonId owner, const Contact& contact) {
  return std::to_string(number(owner)) + spaced(contact.name) + "/" + spaced(contact.organisation);
}

// Names are never compared between people: two Smiths are two. A record that has a name alone is its owner's
// own.
std::optional<Person> find_person_of(Import& import, const Contact& contact) {
  for (const Address& address : contact.addresses)
    if (auto person = find_person_by_address(import.db, address)) return person;
  if (auto person = find_person_by_profile(import.db, contact.profile_url)) return person;
  if (is_known_by_key(contact)) return std::nullopt;
  const auto owned =
      select_people(import.db, "FROM people WHERE owned_key = $1", {owned_key(import.owner, contact)});
  if (owned.empty()) return std::nullopt;
  return owned.front();
}

bool is_known_to_others(Import& import, PersonId person) {
  return import.db
      .row("SELECT 1 FROM ties WHERE contact = $1 AND owner <> $2 LIMIT 1",
           {value_of(person), value_of(import.owner)})
      .has_value();
}

void fill(std::string& kept, const std::string& offered, bool may_replace) {
  if (!offered.empty() && (kept.empty() || may_replace)) kept = offered;
}

// What a member says of themself, or several members of one person, is not one member's to rewrite.
void fill_in(Import& import, Person& person, const Contact& contact) {
  const bool is_first = import.memory.spoken_for.insert(person.id).second;
  const bool may_replace = is_first && !person.member && !is_known_to_others(import, person.id);
  fill(person.name, contact.name, may_replace);
  fill(person.organisation, contact.organisation, may_replace);
  fill(person.title, contact.title, may_replace);
  if (person.profile_url.empty() && !find_person_by_profile(import.db, contact.profile_url))
    person.profile_url = contact.profile_url;
}

// An address is where mail goes and who a letter is from: nobody gives a member another one.
bool add_addresses(Import& import, Person& person, const Contact& contact) {
  if (person.member) return false;
  const auto before = addresses_of(import.db, person.id).size();
  for (const Address& address : contact.addresses)
    if (claim_address(import.db, person.id, address) && !person.address) person.address = address;
  return addresses_of(import.db, person.id).size() != before;
}

bool update_person(Import& import, const Person& before, const Contact& contact) {
  Person person = before;
  fill_in(import, person, contact);
  const bool has_new_address = add_addresses(import, person, contact);
  if (person != before) save_person(import.db, person);
  return person != before || has_new_address;
}

Person make_person(Import& import, const Contact& contact) {
  Person person;
  person.id = PersonId{import.ids()};
  person.name = contact.name;
  person.organisation = contact.organisation;
  person.title = contact.title;
  person.profile_url = contact.profile_url;
  if (!contact.addresses.empty()) person.address = contact.addresses.front();
  const bool is_owned = !is_known_by_key(contact);
  insert_person(import.db, person, is_owned ? std::optional(owned_key(import.owner, contact)) : std::nullopt);
  for (const Address& address : contact.addresses) claim_address(import.db, person.id, address);
  import.memory.spoken_for.insert(person.id);
  return person;
}

bool update_tie(Import& import, PersonId person, const Contact& contact) {
  if (person == import.owner || !import.memory.tied.emplace(person, contact.source).second) return false;
  const Tie tie{import.owner, person, contact.source, contact.strength, contact.since, contact.evidence};
  const auto before = find_tie(import.db, import.owner, person, contact.source);
  if (before == tie) return false;
  if (!before) import.out.new_ties.emplace_back(person, contact.source);
  put_tie(import.db, tie);
  return true;
}

bool says_nothing(const Contact& contact) {
  return !is_known_by_key(contact) && split_words(spaced(contact.name)).empty();
}

// As it will stand in the database, or else a stray byte would look like news at every import.
Contact as_stored(Contact contact) {
  for (std::string* text :
       {&contact.name, &contact.organisation, &contact.title, &contact.profile_url, &contact.evidence})
    if (!is_storable(*text)) *text = make_storable(*text);
  return contact;
}

void import_one(Import& import, const Contact& contact) {
  ImportReport& report = import.out.report;
  ++report.read;
  if (says_nothing(contact)) {
    ++report.unchanged;
    return;
  }
  const auto known = find_person_of(import, contact);
  if (!known) {
    update_tie(import, make_person(import, contact).id, contact);
    ++report.added;
    return;
  }
  const bool person_changed = update_person(import, *known, contact);
  const bool tie_changed = update_tie(import, known->id, contact);
  ++(person_changed || tie_changed ? report.merged : report.unchanged);
}

}  // namespace

ImportedRows import_rows(Database& db, PersonId owner, std::span<const Contact> rows, ImportMemory& memory,
                         const IdSource& ids) {
  ImportedRows out;
  Import import{db, owner, ids, memory, out};
  for (const Contact& contact : rows) import_one(import, as_stored(contact));
  return out;
}

ImportReport import_contacts(Database& db, PersonId owner, const ContactFile& file, Time,
                             const IdSource& ids) {
  ImportMemory memory;
  return import_rows(db, owner, file.contacts, memory, ids).report;
}

}  // namespace tertius::storage
