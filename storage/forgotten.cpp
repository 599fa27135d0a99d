#include "storage/forgotten.hpp"

#include "broker/sha256.hpp"
#include "storage/columns.hpp"
#include "storage/keys.hpp"
#include "storage/names.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"

namespace tertius::storage {
namespace {

struct Choices {
  bool stopped = false;
  Consent consent = Consent::ask_first;
  std::string shown;  // '' where nothing was set
};

bool says_anything(const Choices& choices) {
  return choices.stopped || choices.consent != Consent::ask_first || !choices.shown.empty();
}

std::string shown_of(Database& db, PersonId person) {
  const Shown shown = load_preferences(db, person).shown;
  return shown == Shown::named ? std::string() : std::string(shown_name(shown));
}

bool is_in_refusals(Database& db, PersonId person) {
  return db
      .row(
          "SELECT 1 WHERE EXISTS (SELECT 1 FROM do_not_ask WHERE person = $1) "
          "OR EXISTS (SELECT 1 FROM do_not_ask WHERE other = $1) "
          "OR EXISTS (SELECT 1 FROM forgotten_refusals WHERE person = $1) "
          "OR EXISTS (SELECT 1 FROM forgotten_refusals WHERE other = $1)",
          {value_of(person)})
      .has_value();
}

void keep_choices(Database& db, const std::string& key, const Choices& choices) {
  db.run(
      "INSERT INTO forgotten (person_key, stopped, consent, shown_as_connector) VALUES ($1, $2, $3, $4) "
      "ON CONFLICT (person_key) DO UPDATE SET stopped = excluded.stopped, consent = excluded.consent, "
      "shown_as_connector = excluded.shown_as_connector",
      {key, value_of(choices.stopped), value_of(consent_name(choices.consent)), choices.shown});
}

// The other one may have been forgotten before.
void keep_pairs(Database& db, PersonId person, const std::string& key) {
  const std::string into = "INSERT INTO forgotten_refusals (person, person_key, other, other_key) ";
  for (const char* pairs :
       {"SELECT DISTINCT CAST(NULL AS BIGINT), $2, other, '' FROM do_not_ask WHERE person = $1",
        "SELECT CAST(NULL AS BIGINT), $2, other, other_key FROM forgotten_refusals "
        "WHERE person = $1",
        "SELECT DISTINCT person, '', CAST(NULL AS BIGINT), $2 FROM do_not_ask WHERE other = $1",
        "SELECT person, person_key, CAST(NULL AS BIGINT), $2 FROM forgotten_refusals "
        "WHERE other = $1"})
    db.run(into + pairs, {value_of(person), key});
}

std::optional<Choices> take_choices(Database& db, const std::string& key) {
  const auto found =
      db.row("SELECT stopped, consent, shown_as_connector FROM forgotten WHERE person_key = $1", {key});
  if (!found) return std::nullopt;
  RowReader row(*found);
  Choices choices;
  choices.stopped = row.flag();
  choices.consent = row.named(find_consent);
  choices.shown = row.text();
  db.run("DELETE FROM forgotten WHERE person_key = $1", {key});
  return choices;
}

void put_choices(Database& db, PersonId person, const Choices& choices) {
  if (choices.stopped) db.run("UPDATE people SET stopped = 1 WHERE id = $1", {value_of(person)});
  if (choices.consent != Consent::ask_first)
    db.run("UPDATE people SET consent = $2 WHERE id = $1",
           {value_of(person), value_of(consent_name(choices.consent))});
  const auto shown = find_shown(choices.shown);
  if (!shown) return;
  Preferences preferences = load_preferences(db, person);
  preferences.shown = *shown;
  save_preferences(db, person, preferences);
}

void put_pairs(Database& db, PersonId person, const std::string& key) {
  const std::vector<Value> both{value_of(person), key};
  db.run("UPDATE forgotten_refusals SET person = $1, person_key = '' WHERE person_key = $2", both);
  db.run("UPDATE forgotten_refusals SET other = $1, other_key = '' WHERE other_key = $2", both);
  for (const char* side : {"person", "other"}) {
    const std::string whole = " FROM forgotten_refusals WHERE " + std::string(side) +
                              " = $1 AND person IS NOT NULL AND other IS NOT NULL";
    db.run("INSERT INTO do_not_ask (person, other, address) SELECT DISTINCT person, other, ''" + whole +
               " ON CONFLICT DO NOTHING",
           {value_of(person)});
    db.run("DELETE" + whole, {value_of(person)});
  }
}

}  // namespace

std::string forgotten_key(Database& db, const std::string& address_key) {
  const std::string secret = db.row("SELECT secret FROM address_secret WHERE id = 1")->text(0);
  return "keyed:" + hex_sha256(secret + "/" + address_key);
}

void keep_refusals(Database& db, const Person& person) {
  const Choices choices{person.stopped, person.consent, shown_of(db, person.id)};
  if (!says_anything(choices) && !is_in_refusals(db, person.id)) return;
  for (const Address& address : addresses_of(db, person.id)) {
    const std::string key = forgotten_key(db, address_key(address));
    keep_choices(db, key, choices);
    keep_pairs(db, person.id, key);
  }
}

// Every address of every file comes by here: where nobody was ever forgotten, that is one look.
void restore_refusals(Database& db, PersonId person, const std::string& address_key) {
  if (!db.row("SELECT person_key FROM forgotten ORDER BY person_key LIMIT 1")) return;
  const std::string key = forgotten_key(db, address_key);
  const auto choices = take_choices(db, key);
  if (!choices) return;
  put_choices(db, person, *choices);
  put_pairs(db, person, key);
}

}  // namespace tertius::storage
