#include "storage/preferences.hpp"

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

std::optional<int> optional_number(RowReader& row) {
  if (!row.is_null()) return row.number();
  row.skip(1);
  return std::nullopt;
}

std::string name_of(const std::optional<ClickPolicy>& policy) {
  return policy ? std::string(click_policy_name(*policy)) : std::string();
}

}  // namespace

Preferences load_preferences(Database& db, PersonId person) {
  const auto found = db.row(
      "SELECT click_policy, shown_as_connector, quiet_from, quiet_to, max_open_asks FROM preferences WHERE "
      "person = $1",
      {value_of(person)});
  Preferences preferences;
  if (!found) return preferences;
  RowReader row(*found);
  preferences.click_policy = find_click_policy(row.text());
  preferences.shown = row.named(find_shown);
  preferences.quiet_from = optional_number(row);
  preferences.quiet_to = optional_number(row);
  preferences.max_open_asks = optional_number(row);
  return preferences;
}

void save_preferences(Database& db, PersonId person, const Preferences& preferences) {
  db.run(
      "INSERT INTO preferences (person, click_policy, shown_as_connector, quiet_from, quiet_to, "
      "max_open_asks) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (person) DO UPDATE SET click_policy = "
      "excluded.click_policy, shown_as_connector = excluded.shown_as_connector, quiet_from = "
      "excluded.quiet_from, quiet_to = excluded.quiet_to, max_open_asks = excluded.max_open_asks",
      {value_of(person), name_of(preferences.click_policy), value_of(shown_name(preferences.shown)),
       value_of(preferences.quiet_from), value_of(preferences.quiet_to),
       value_of(preferences.max_open_asks)});
}

void add_do_not_ask(Database& db, PersonId person, PersonId other, const std::string& address) {
  db.run("INSERT INTO do_not_ask (person, other, address) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
         {value_of(person), value_of(other), address});
}

void remove_do_not_ask(Database& db, PersonId person, PersonId other, const std::string& address) {
  db.run("DELETE FROM do_not_ask WHERE person = $1 AND other = $2 AND address = $3",
         {value_of(person), value_of(other), address});
}

bool has_do_not_ask(Database& db, PersonId person, PersonId other) {
  return db
      .row("SELECT 1 FROM do_not_ask WHERE person = $1 AND other = $2 LIMIT 1",
           {value_of(person), value_of(other)})
      .has_value();
}

std::vector<PersonId> do_not_ask_list(Database& db, PersonId person) {
  std::vector<PersonId> people;
  for (const Row& row :
       db.rows("SELECT DISTINCT other FROM do_not_ask WHERE person = $1 ORDER BY other", {value_of(person)}))
    people.push_back(PersonId{row.integer(0)});
  return people;
}

std::vector<Unwanted> do_not_ask_addresses(Database& db, PersonId person) {
  std::vector<Unwanted> list;
  for (const Row& row :
       db.rows("SELECT other, address FROM do_not_ask WHERE person = $1 ORDER BY address, other",
               {value_of(person)}))
    list.push_back({PersonId{row.integer(0)}, row.text(1)});
  return list;
}

}  // namespace tertius::storage
