#include "daemon/erase.hpp"

#include "storage/erase.hpp"
#include "storage/introductions.hpp"
#include "storage/webhooks.hpp"

namespace tertius::daemon {

// First somebody nameless, then the steps: what others are told is worded without the name.
void erase_person(Engine& engine, PersonId leaver) {
  const PersonId nobody{engine.settings.ids()};
  storage::forget_deliveries_about(engine.db, leaver);  // they have the name
  storage::put_nobody_in_place(engine.db, leaver, nobody);
  const auto introductions = storage::find_introductions_of(engine.db, nobody);
  for (const auto& introduction : introductions) {
    for (const Role role : {Role::requester, Role::connector, Role::target}) {
      if (person_in(introduction, role) == nobody) apply(engine, introduction.id, Stopped{role});
    }
  }
  storage::forget_words_of(engine.db, nobody);
  storage::delete_person(engine.db, leaver, engine.now());
  if (introductions.empty()) engine.db.run("DELETE FROM people WHERE id = $1", {number(nobody)});
  engine.news = true;
}

}  // namespace tertius::daemon
