// A member's contact file becomes people and ties. Whoever the file calls the same thing twice, or two
// members call differently, comes out the same however often and in whatever order the files are read again.

#include "storage/import_contacts.hpp"

#include <algorithm>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/keys.hpp"
#include "storage/merging.hpp"
#include "storage/names.hpp"
#include "storage/noted_keys.hpp"
#include "storage/own_words.hpp"
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
  NewWords new_words = {};
  std::string free_profile = {};  // the key that was last looked for and is nobody's
};

bool is_known_by_key(const Contact& contact) {
  return !contact.addresses.empty() || !profile_key(contact.profile_url).empty();
}

std::string owned_key(PersonId owner, const Contact& contact) {
  const std::string profile = profile_key(contact.profile_url);
  return std::to_string(number(owner)) + spaced(contact.name) + "/" + spaced(contact.organisation) +
         (profile.empty() ? "" : "/" + profile);
}

bool is_known_to_others(Import& import, PersonId person) {
  return import.db
      .row("SELECT 1 FROM ties WHERE contact = $1 AND owner <> $2 LIMIT 1",
           {value_of(person), value_of(import.owner)})
      .has_value();
}

bool has_tie_to(Import& import, PersonId person) {
  return !ties_between(import.db, import.owner, person).empty();
}

bool is_owners_alone(Import& import, PersonId person) {
  return has_tie_to(import, person) && !is_known_to_others(import, person);
}

// LinkedIn adds middle names and degrees to the name a member goes by here.
bool bears_name_of(const Contact& contact, const Person& person) {
  const std::string theirs = spaced(person.name), said = spaced(contact.name);
  const auto words = split_words(said);
  const auto is_said = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
  return !split_words(theirs).empty() && std::ranges::all_of(split_words(theirs), is_said);
}

// What the owner has noted comes first, so that somebody else's file changes nothing about the next reading
// of this one; but whoever has become a member is that member.
std::optional<Person> find_by_addresses(Import& import, const Contact& contact) {
  std::optional<Person> found;
  for (const Address& address : contact.addresses) {
    auto known = find_person_by_address(import.db, address);
    if (known && known->member) return known;
    if (found) continue;
    const auto noted = find_noted(import.db, import.owner, address_key(address));
    found = noted ? find_person(import.db, *noted) : std::move(known);
  }
  return found;
}

// A profile is a member's where the name agrees: a member could have put another's profile beside their own
// address. Whoever is known by a profile alone gets no address from one of several who know them.
std::optional<Person> find_by_profile(Import& import, const Contact& contact) {
  const std::string key = profile_key(contact.profile_url);
  if (key.empty()) return std::nullopt;
  if (const auto noted = find_noted(import.db, import.owner, key)) return find_person(import.db, *noted);
  auto known = find_person_by_profile(import.db, contact.profile_url);
  import.free_profile = known ? std::string() : key;
  if (!known) return std::nullopt;
  const bool is_theirs = known->member ? bears_name_of(contact, *known)
                                       : contact.addresses.empty() || is_owners_alone(import, known->id);
  return is_theirs ? known : std::nullopt;
}

// Names are never compared between people: two Smiths are two. A record that has a name alone is its owner's
// own.
std::optional<Person> find_by_keys(Import& import, const Contact& contact) {
  if (auto person = find_by_addresses(import, contact)) return person;
  if (auto person = find_by_profile(import, contact)) return person;
  if (!contact.addresses.empty()) return std::nullopt;
  const auto owned =
      select_people(import.db, "FROM people WHERE owned_key = $1", {owned_key(import.owner, contact)});
  if (owned.empty()) return std::nullopt;
  return owned.front();
}

// Of two whom the owner has merged, the one that is kept.
std::optional<Person> find_person_of(Import& import, const Contact& contact) {
  auto found = find_by_keys(import, contact);
  if (!found) return found;
  const PersonId meant = merged_as(import.db, import.owner, found->id);
  return meant == found->id ? std::move(found) : find_person(import.db, meant);
}

void fill(std::string& kept, const std::string& offered, bool may_replace) {
  if (!offered.empty() && (kept.empty() || may_replace)) kept = offered;
}

OwnWords filled_with(OwnWords words, const Contact& contact, bool may_replace) {
  fill(words.name, contact.name, may_replace);
  fill(words.organisation, contact.organisation, may_replace);
  fill(words.title, contact.title, may_replace);
  return words;
}

// What a member says of themself, or several members of one person, is not one member's to rewrite: it is
// kept as this owner's word then. Whether it is news.
bool take_words(Import& import, Person& person, const Contact& contact) {
  if (person.id == import.owner) return false;  // what they say of themself is in their settings
  const bool is_first = import.memory.spoken_for.insert(person.id).second;
  const bool is_alone = !person.member && !is_known_to_others(import, person.id);
  OwnWords before = said_by(import.db, import.owner, person);
  if (is_alone && before == OwnWords{}) before = words_of(person);
  const OwnWords words = filled_with(before, contact, is_first);
  const bool is_news = seen_in(person, words) != seen_in(person, before);
  import.out.words.push_back({person.id, before});
  if (is_alone) person = with_words(std::move(person), words);
  if (is_alone || is_news || !has_tie_to(import, person.id))
    keep_own_words(import.db, import.owner, person, words);
  return is_news;
}

void take_profile(Import& import, Person& person, const Contact& contact) {
  if (person.profile_url.empty() && (!person.member || bears_name_of(contact, person)) &&
      !find_person_by_profile(import.db, contact.profile_url))
    person.profile_url = contact.profile_url;
}

// An address is where mail goes and who a letter is from. Whoever has none may get one from the one member
// who knows them; everybody else keeps theirs.
void give_address(Import& import, Person& person, const Contact& contact) {
  if (person.member || person.address || contact.addresses.empty()) return;
  if (!is_owners_alone(import, person.id)) return;
  for (const Address& address : contact.addresses)
    if (!person.address && !find_person_by_address(import.db, address)) person.address = address;
}

// The card's other keys, as far as they are nobody's.
bool note_keys(Import& import, PersonId person, const Contact& contact) {
  bool is_news = false;
  for (const Address& address : contact.addresses)
    if (!find_person_by_address(import.db, address))
      is_news = note_address(import.db, import.owner, person, address) || is_news;
  const std::string profile = profile_key(contact.profile_url);
  if (!profile.empty() && !find_person_by_profile(import.db, contact.profile_url))
    is_news = note_profile(import.db, import.owner, person, profile) || is_news;
  return is_news;
}

bool update_person(Import& import, const Person& before, const Contact& contact) {
  Person person = before;
  const bool is_said = take_words(import, person, contact);
  take_profile(import, person, contact);
  give_address(import, person, contact);
  if (person != before) save_what_is_said(import.db, person);
  if (words_of(person) != words_of(before)) import.new_words.erase(person.id);  // they are in by now
  const bool is_noted = note_keys(import, person.id, contact);
  return person != before || is_said || is_noted;
}

bool is_free(Import& import, const std::string& profile_url) {
  const std::string key = profile_key(profile_url);
  return key == import.free_profile || !find_person_by_profile(import.db, profile_url);
}

Person make_person(Import& import, const Contact& contact) {
  Person person;
  person.id = PersonId{import.ids()};
  person.name = contact.name;
  person.organisation = contact.organisation;
  person.title = contact.title;
  if (!contact.addresses.empty()) person.address = contact.addresses.front();
  if (person.address || is_free(import, contact.profile_url)) person.profile_url = contact.profile_url;
  const bool has_key = person.address || !person.profile_url.empty();
  insert_person(import.db, person, has_key ? std::nullopt : std::optional(owned_key(import.owner, contact)),
                &import.new_words);
  if (person.address) note_keys(import, person.id, contact);  // else they are known by the profile itself
  import.memory.spoken_for.insert(person.id);
  return person;
}

bool update_tie(Import& import, PersonId person, const Contact& contact) {
  if (person == import.owner || !import.memory.tied.emplace(person, contact.source).second) return false;
  const Tie tie{import.owner, person, contact.source, contact.strength, contact.since, contact.evidence};
  const auto before = find_tie(import.db, import.owner, person, contact.source);
  import.out.ties.push_back({person, contact.source, before});
  if (before == tie) return false;
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
  add_words(db, import.new_words);
  return out;
}

ImportReport import_contacts(Database& db, PersonId owner, const ContactFile& file, Time,
                             const IdSource& ids) {
  ImportMemory memory;
  return import_rows(db, owner, file.contacts, memory, ids).report;
}

}  // namespace tertius::storage
