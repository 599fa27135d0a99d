#pragma once
// "Erase me", for the page and the command. Open introductions end silently, as when somebody stops all
// mail; no mail says goodbye.

#include "daemon/engine.hpp"

namespace tertius::daemon {

// `who` does it, for the audit log; by_person(person): themself.
void erase_person(Engine& engine, PersonId person, std::string_view who);
// Somebody who is not in `people`: what they wrote and what they were answered. How many mails went.
std::int64_t erase_stranger(Engine& engine, const Address& address, std::string_view who);

// An address in the audit log, as the database remembers it: whoever has it finds the entry, nobody the
// address.
std::string remembered_as(storage::Database& db, const Address& address);

}  // namespace tertius::daemon
