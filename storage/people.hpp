#pragma once
// People and ties. A person is found by address key or profile URL; names are for searching only, never for
// merging. Callers hold a transaction.

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "broker/contact.hpp"
#include "broker/person.hpp"
#include "broker/policy.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

void add_person(Database& db, const Person& person);  // its address becomes its first known address
void save_person(Database& db, const Person& person);
// All but language, membership, consent and whether they have stopped all mail: what they settle themselves,
// perhaps in the same moment at another daemon, no contact file takes back.
void save_what_is_said(Database& db, const Person& person);
void set_stopped(Database& db, PersonId id, bool stopped);
// Throws StorageTrouble::conflict where it is another person's.
void add_address(Database& db, PersonId person, const Address& address);
// Before a person's row is deleted: a name that nobody else bears is not kept for searching either.
void forget_words(Database& db, PersonId person);
std::optional<Person> find_person(Database& db, PersonId id);
Person load_person(Database& db, PersonId id);  // throws where absent
std::optional<Person> find_person_by_address(Database& db, const Address& address);
std::optional<Person> find_person_by_profile(Database& db, const std::string& profile_url);
std::vector<Address> addresses_of(Database& db, PersonId id);
// Every word of `words` begins a word of the name, organisation or title ("gail constant"), here or in
// somebody's own words; members and non-members; exact name matches first, then by name, id.
std::vector<Person> search_people(Database& db, const std::string& words, int limit);
std::vector<Person> list_members(Database& db);
std::int64_t count_people(Database& db);

// One row per (owner, contact, source); replaces what was there.
void put_tie(Database& db, const Tie& tie);
std::vector<Tie> ties_of(Database& db, PersonId owner);
std::vector<Tie> ties_to(Database& db, PersonId contact);
std::vector<Tie> ties_between(Database& db, PersonId owner, PersonId contact);
std::optional<Tie> find_tie(Database& db, PersonId owner, PersonId contact, TieSource source);
bool has_way_over(Database& db, PersonId asker, PersonId other);           // opens_way()
std::int64_t delete_ties(Database& db, PersonId owner, PersonId contact);  // of every source; how many
// By contact and source, behind these.
std::vector<Tie> ties_of_behind(Database& db, PersonId owner, PersonId contact, const std::string& source,
                                int limit);
std::vector<Tie> all_ties(Database& db);
// The same by owner and contact, one after another without holding them all: millions of rows.
void each_tie(Database& db, const std::function<void(const Tie&)>& on_tie);

struct ImportReport {
  std::int64_t read = 0, added = 0, merged = 0, unchanged = 0;

  friend bool operator==(const ImportReport&, const ImportReport&) = default;
};
// A member's contact file becomes people and ties. Idempotent: importing the same file again changes nothing.
// What a file leaves empty is kept; what it says otherwise replaces the old where the person is no member and
// nobody else's contact, and is the owner's own word elsewhere (own_words.hpp). Nobody is given a second
// address, and nobody whom several know a first one: what a card has besides is its owner's own note
// (noted_keys.hpp).
ImportReport import_contacts(Database& db, PersonId owner, const ContactFile& file, Time now,
                             const IdSource& ids);

// What ranking learns from: how each connector has answered so far.
struct AnswerCounts {
  PersonId connector{};
  double forwarded = 0, decided = 0, answered_in_time = 0, asked = 0;  // weighted with a 1-year half-life
  int open = 0;                                                        // asks that wait for this connector
  std::optional<Time> last_declined_this_target;
  bool spent = false;  // the pair budget with the requester
};
std::vector<AnswerCounts> load_answer_counts(Database& db, PersonId requester, PersonId target,
                                             const std::vector<PersonId>& connectors, Time now,
                                             const Policy& policy = {});

}  // namespace tertius::storage
