#pragma once
// What one member's files say of somebody is that member's word: `people` has the words of whoever brought
// the contact first, or a member's own; whoever calls them otherwise has a row here. Nobody's word replaces
// or fills up what another one sees. Callers hold a transaction.

#include <optional>
#include <string>
#include <vector>

#include "broker/person.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct OwnWords {
  std::string name, organisation, title;

  friend bool operator==(const OwnWords&, const OwnWords&) = default;
};
OwnWords words_of(const Person& person);
Person with_words(Person person, const OwnWords& words);

// As somebody sees them who has said these words; a member is what they say of themself first.
Person seen_in(const Person& person, const OwnWords& words);

// What the owner has said of the contact so far; nothing where they have no tie and no row.
OwnWords said_by(Database& db, PersonId owner, const Person& contact);
// A row where the words are not what the owner would see without it, else none.
void keep_own_words(Database& db, PersonId owner, const Person& contact, const OwnWords& words);

// The owner says this of the contact from now on.
void say(Database& db, PersonId owner, const Person& contact, const OwnWords& words);

// The owner has said nothing of the contact, and sees them as they are.
void unsay(Database& db, PersonId owner, PersonId contact);

// What anybody's files call them, in no order that tells whose: to be shown to themself alone.
std::vector<OwnWords> all_words_for(Database& db, PersonId contact);

// Before `people` gets other words: whoever has them from there keeps them in a row.
void keep_words_of_owners(Database& db, PersonId contact);
// After ties have gone: nobody's words outlive their tie, and `people` has somebody's who is left.
void settle_words(Database& db, PersonId contact);

// The person as `viewer` sees them: in their own words, else in those of the one over whom the way goes
// (`via`, or the best that find_way() finds). Of a member what they say of themself, and the viewer's words
// where they say nothing. Not to be saved.
Person as_seen_by(Database& db, PersonId viewer, const Person& person, std::optional<PersonId> via = {});
// In the words of whoever calls them exactly so (broker/words.hpp, spaced()); else as they are.
Person as_called(Database& db, const Person& person, const std::string& folded_name);

}  // namespace tertius::storage
