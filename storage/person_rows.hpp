#pragma once
// Rows of `people` for the files of this folder that read or write them.

#include <string>
#include <vector>

#include "broker/person.hpp"
#include "storage/db.hpp"
#include "storage/person_words.hpp"

namespace tertius::storage {

// `tail` begins with FROM people, or with something that has all their columns.
std::vector<Person> select_people(Database& db, std::string_view tail, const std::vector<Value>& arguments);

// A condition on a row of `people`: the words in it, or those that somebody's file has for them, are like
// `pattern`.
std::string called_like(const std::string& pattern);

// The words are added here, or by whoever has given `later`. `owned_key` is for a contact without address and
// profile; none for all others.
void insert_person(Database& db, const Person& person, const std::optional<std::string>& owned_key,
                   NewWords* later = nullptr);

}  // namespace tertius::storage
