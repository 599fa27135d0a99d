#pragma once
// "Erase me", for the page and the command. Open introductions end silently, as when somebody stops all
// mail; no mail says goodbye.

#include "daemon/engine.hpp"

namespace tertius::daemon {

// `who` does it, for the audit log; by_person(person): themself.
void erase_person(Engine& engine, PersonId person, std::string_view who);

}  // namespace tertius::daemon
