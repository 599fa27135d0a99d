#include "daemon/erase.hpp"

#include "storage/audit.hpp"
#include "storage/erase.hpp"
#include "storage/forgotten.hpp"
#include "storage/introductions.hpp"
#include "storage/webhooks.hpp"

namespace tertius::daemon {

namespace {

// As the database remembers never to mail them: whoever has the address finds the entry, nobody the address.
std::string remembered_as(storage::Database& db, PersonId person) {
  const auto addresses = storage::addresses_of(db, person);
  if (addresses.empty()) return storage::by_person(person);
  return "address " + storage::forgotten_key(db, address_key(addresses.front()));
}

}  // namespace

// First somebody nameless, then the steps: what others are told is worded without the name.
void erase_person(Engine& engine, PersonId leaver, std::string_view who) {
  storage::note_audit(engine.db, engine.now(), who, storage::AuditAct::erased,
                      remembered_as(engine.db, leaver));
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
