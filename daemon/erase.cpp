#include "daemon/erase.hpp"

#include "storage/audit.hpp"
#include "storage/erase.hpp"
#include "storage/forgotten.hpp"
#include "storage/introductions.hpp"
#include "storage/webhooks.hpp"

namespace tertius::daemon {

namespace {

std::string remembered_name(storage::Database& db, PersonId person) {
  const auto addresses = storage::addresses_of(db, person);
  return addresses.empty() ? storage::by_person(person) : remembered_as(db, addresses.front());
}

// A target who has the pitch says a silent no; before that there is nobody to be asked for any more.
void leave(Engine& engine, IntroductionId id, Role role) {
  const Applied applied = apply(engine, id, Stopped{role});
  if (role == Role::target && std::holds_alternative<Refusal>(applied)) apply(engine, id, TargetLeft{});
}

// Last: whoever notes something else meanwhile waits for us, and the walks through whole tables take long.
void note_erased(Engine& engine, std::string_view who, const std::string& whom) {
  storage::note_audit(engine.db, engine.now(), who, storage::AuditAct::erased, whom);
}

}  // namespace

std::string remembered_as(storage::Database& db, const Address& address) {
  return "address " + storage::forgotten_key(db, address_key(address));
}

// First somebody nameless, then the steps: what others are told is worded without the name.
void erase_person(Engine& engine, PersonId leaver, std::string_view who) {
  const std::string whom = remembered_name(engine.db, leaver);
  const PersonId nobody{engine.settings.ids()};
  storage::forget_deliveries_about(engine.db, leaver);  // they have the name
  storage::put_nobody_in_place(engine.db, leaver, nobody);
  storage::forget_words_of(engine.db, nobody);  // or what the steps mail would have them
  const auto introductions = storage::find_introductions_of(engine.db, nobody);
  for (const auto& introduction : introductions) {
    for (const Role role : {Role::requester, Role::connector, Role::target}) {
      if (person_in(introduction, role) == nobody) leave(engine, introduction.id, role);
    }
  }
  storage::forget_words_of(engine.db, nobody);  // now that it has ended
  storage::delete_person(engine.db, leaver, engine.now());
  if (introductions.empty()) engine.db.run("DELETE FROM people WHERE id = $1", {number(nobody)});
  engine.news = true;
  note_erased(engine, who, whom);
}

std::int64_t erase_stranger(Engine& engine, const Address& address, std::string_view who) {
  const std::int64_t mails = storage::forget_stranger(engine.db, address, engine.now());
  if (mails > 0) note_erased(engine, who, remembered_as(engine.db, address));
  return mails;
}

}  // namespace tertius::daemon
