#pragma once
// Importing again: what an earlier file of the same list named and the newer one does not loses the evidence
// that came from there. Files of one kind are one list where the newer names at least half of the earlier
// (of a short one: anybody); another list stays as it is, so that a part of a list takes nothing away, and
// neither does a second address book. Callers hold a transaction.

#include "storage/imports.hpp"

namespace tertius::storage {

// The owner's earlier files that this one is the newer of: from now on theirs is this one's to take. Once
// more changes nothing.
void supersede_earlier(Database& db, const ImportRow& import);

// Up to `most` of what the superseded files named and this one does not: its tie stands as before the first
// of them, or goes. The number looked at; fewer than `most` when it is done.
std::size_t let_go_of_missing(Database& db, const ImportRow& import, std::size_t most, Time now);

// An import is taken back: what it had superseded is the next newer file's, and so is whom it had let go.
void hand_on_superseded(Database& db, PersonId owner, ImportId id);

// What is removed by hand does not come back by taking an import back.
void keep_gone(Database& db, PersonId owner, PersonId contact);
void keep_gone(Database& db, PersonId owner, TieSource source);
// Nor does what has gone before `before`: whoever nothing else needs is forgotten.
void keep_gone_since(Database& db, Time before);
// Whom the owner's imports could bring back are perhaps forgotten as soon as the owner is.
void mark_gone(Database& db, PersonId owner);

inline constexpr std::chrono::days gone_can_return{30};

}  // namespace tertius::storage
