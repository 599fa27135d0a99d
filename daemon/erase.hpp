#pragma once
// "Erase me", for the page and the command. Open introductions end silently, as when somebody stops all
// mail; no mail says goodbye.

#include "daemon/engine.hpp"

namespace tertius::daemon {

void erase_person(Engine& engine, PersonId person);

}  // namespace tertius::daemon
