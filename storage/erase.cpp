#include "storage/erase.hpp"

#include <algorithm>

#include "storage/columns.hpp"
#include "storage/fields_json.hpp"
#include "storage/forget_answers.hpp"
#include "storage/forgotten.hpp"
#include "storage/gone.hpp"
#include "storage/introduction_words.hpp"
#include "storage/introductions.hpp"
#include "storage/keys.hpp"
#include "storage/merging.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"

namespace tertius::storage {
namespace {

void add_nobody(Database& db, PersonId id) {
  Person nobody;
  nobody.id = id;
  nobody.name = nameless;
  nobody.stopped = true;
  nobody.consent = Consent::never;
  add_person(db, nobody);
  forget_words(db, id);  // found by nobody
}

// `column` holds a list of people.
void replace_in_list(Database& db, const std::string& column, PersonId leaver, PersonId nobody) {
  const std::string digits = "%" + std::to_string(number(leaver)) + "%";
  for (const Row& row :
       db.rows("SELECT id, " + column + " FROM introductions WHERE " + column + " LIKE $1", {digits})) {
    auto people = read_people(row.text(1));
    std::ranges::replace(people, leaver, nobody);
    db.run("UPDATE introductions SET " + column + " = $2, version = version + 1 WHERE id = $1",
           {row.integer(0), people_json(people)});
  }
}

std::int64_t delete_mails_of(Database& db, const Address& address) {
  const std::string key = address_key(address);
  return db.run("DELETE FROM outbox WHERE recipient_key = $1", {key}) +
         db.run("DELETE FROM letters WHERE LOWER(envelope_sender) = $1", {key});
}

void forget_address(Database& db, const Address& address, Time now) {
  const std::string key = address_key(address);
  forget_answers_with_address(db, address);
  // Somebody else may have named them: "try bob@example.org".
  db.run("UPDATE history SET remark = '' WHERE LOWER(remark) = $1", {key});
  db.run("UPDATE introductions SET held_redirect_to = '' WHERE LOWER(held_redirect_to) = $1", {key});
  suppress_by_hash(db, text(address), "erased", now);
}

}  // namespace

void put_nobody_in_place(Database& db, PersonId leaver, PersonId nobody) {
  add_nobody(db, nobody);
  const std::vector<Value> both{value_of(leaver), value_of(nobody)};
  // The version moves on, so that a step that is under way elsewhere is taken again.
  db.run("UPDATE introductions SET requester = $2, version = version + 1 WHERE requester = $1", both);
  db.run("UPDATE introductions SET target = $2, wanted = '', version = version + 1 WHERE target = $1", both);
  // Before the asks: a step under way that adds one is waited for here.
  for (const char* list : {"connectors", "relay"}) replace_in_list(db, list, leaver, nobody);
  db.run(
      "UPDATE introductions SET version = version + 1 WHERE id IN (SELECT introduction FROM asks WHERE "
      "connector = $1)",
      {value_of(leaver)});
  db.run("UPDATE asks SET connector = $2 WHERE connector = $1", both);
  db.run("UPDATE asks SET requester = $2 WHERE requester = $1", both);
}

void forget_words_of(Database& db, PersonId nobody) {
  const std::vector<Value> who{value_of(nobody)};
  const std::string as_connector = "SELECT introduction FROM asks WHERE connector = $1";
  const std::string theirs =
      "SELECT id FROM introductions WHERE requester = $1 UNION "
      "SELECT id FROM introductions WHERE target = $1 UNION " +
      as_connector;
  // Without R or T it has ended, and everybody's words in it name them.
  const std::string without_them = " WHERE requester = $1 OR target = $1";
  db.run("UPDATE introductions SET " + std::string(without_words) + without_them, who);
  db.run("UPDATE introductions SET endorsement = '', vouching = '', question = '' WHERE id IN (" +
             as_connector + ")",
         who);
  // Before it is forwarded, the cover note may yet go to the next connector.
  db.run(
      "UPDATE introductions SET cover_note = '' WHERE (is_open = 0 OR forwarded_at IS NOT NULL OR "
      "introduced_at IS NOT NULL) AND id IN (" +
          as_connector + ")",
      who);
  db.run("UPDATE history SET remark = '' WHERE introduction IN (" + theirs + ")", who);
  // What still waits goes out whole; an answer to what is gone is read without the help of its words.
  db.run(
      "UPDATE outbox_fields SET fields = '{}' WHERE notice IN (SELECT id FROM outbox WHERE state IN "
      "('sent', 'failed', 'cancelled') AND introduction IN (" +
          theirs + "))",
      who);
}

void delete_person(Database& db, PersonId leaver, Time now) {
  const std::vector<Value> who{value_of(leaver)};
  Person comes_back = load_person(db, leaver);  // in somebody's file, some day
  comes_back.stopped = true;
  comes_back.consent = Consent::never;
  keep_refusals(db, comes_back);
  for (const Address& address : addresses_of(db, leaver)) {
    delete_mails_of(db, address);
    forget_address(db, address, now);
  }
  // A first name alone is many people's.
  if (comes_back.name.find(' ') != std::string::npos) forget_answers_naming(db, comes_back.name);
  db.run("UPDATE outbox SET person = NULL WHERE person = $1", who);
  db.run(
      "INSERT INTO perhaps_forgotten (person) SELECT DISTINCT contact FROM ties WHERE owner = $1 "
      "ON CONFLICT DO NOTHING",
      who);
  mark_gone(db, leaver);
  release_merged(db, leaver);
  forget_words(db, leaver);
  db.run("DELETE FROM people WHERE id = $1", who);
}

bool has_mails_of(Database& db, const Address& address) {
  return db
      .row(
          "SELECT 1 WHERE EXISTS (SELECT 1 FROM outbox WHERE recipient_key = $1) "
          "OR EXISTS (SELECT 1 FROM letters WHERE LOWER(envelope_sender) = $1)",
          {address_key(address)})
      .has_value();
}

std::int64_t forget_stranger(Database& db, const Address& address, Time now) {
  const std::int64_t mails = delete_mails_of(db, address);
  if (mails > 0) forget_address(db, address, now);
  return mails;
}

}  // namespace tertius::storage
