#pragma once
// A contact file's rows become people and ties, some at a time. Callers hold a transaction.

#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "broker/contact.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"

namespace tertius::storage {

// One file's import, from its first row to its last. Two records of one file may be one person: the first
// speaks, the others fill what it left empty, or else they would undo each other at every import.
struct ImportMemory {
  std::set<PersonId> spoken_for;
  std::set<std::pair<PersonId, TieSource>> tied;
};

// What stood there before, of everything that the rows speak of: for taking them back.
struct TieBefore {
  PersonId contact{};
  TieSource source{};
  std::optional<Tie> tie;
};
struct WordsBefore {
  PersonId contact{};
  OwnWords words;
};

struct ImportedRows {
  ImportReport report;
  std::vector<TieBefore> ties;
  std::vector<WordsBefore> words;  // of those of whom the owner said otherwise
};

ImportedRows import_rows(Database& db, PersonId owner, std::span<const Contact> rows, ImportMemory& memory,
                         const IdSource& ids);

}  // namespace tertius::storage
