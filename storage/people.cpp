#include "storage/people.hpp"

#include <array>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/forgotten.hpp"
#include "storage/keys.hpp"
#include "storage/names.hpp"
#include "storage/person_rows.hpp"
#include "storage/person_words.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns = std::to_array<std::string_view>(
    {"id", "name", "organisation", "title", "profile_url", "address", "language", "member", "stopped",
     "consent", "profile_key", "folded_name", "folded"});

// What they have settled themselves, between those that others' files say too.
constexpr std::size_t first_settled = 6, behind_settled = 10;
constexpr auto said_columns =
    std::to_array<std::string_view>({"id", "name", "organisation", "title", "profile_url", "address",
                                     "profile_key", "folded_name", "folded"});
static_assert(said_columns.size() == columns.size() - (behind_settled - first_settled));

// That a profile and an address are one person's is the word of whoever's card said so: whoever has an
// address is known by it (noted_keys.hpp). Members' names are not rewritten by others, so that a profile can
// be theirs.
std::string key_of_profile(const Person& person) {
  return person.address && !person.member ? std::string() : profile_key(person.profile_url);
}

std::vector<Value> values_of(const Person& person) {
  const std::string profile = key_of_profile(person);
  return {value_of(person.id),
          person.name,
          person.organisation,
          person.title,
          person.profile_url,
          person.address ? value_of(text(*person.address)) : Value(nullptr),
          person.language,
          value_of(person.member),
          value_of(person.stopped),
          value_of(consent_name(person.consent)),
          profile.empty() ? Value(nullptr) : value_of(profile),
          spaced(person.name),
          folded_words(person)};
}

Person read_person(const Row& found) {
  RowReader row(found);
  Person person;
  person.id = row.id<PersonId>();
  person.name = row.text();
  person.organisation = row.text();
  person.title = row.text();
  person.profile_url = row.text();
  if (!row.is_null())
    person.address = stored_address(row.text());
  else
    row.skip(1);
  person.language = row.text();
  person.member = row.flag();
  person.stopped = row.flag();
  person.consent = row.named(find_consent);
  return person;
}

std::optional<Person> select_person(Database& db, std::string_view tail, const Value& argument) {
  std::vector<Person> found = select_people(db, tail, {argument});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

// Most saves leave the words as they are.
bool has_other_words(Database& db, const Person& person) {
  const auto before = db.row("SELECT folded FROM people WHERE id = $1", {value_of(person.id)});
  return before && before->text(0) != folded_words(person);
}

// Where the address is not yet anybody's it is now this person's. False where it is another's.
bool claim_address(Database& db, PersonId person, const Address& address) {
  const std::string key = address_key(address);
  if (const auto known = db.row("SELECT person FROM addresses WHERE address_key = $1", {key}))
    return PersonId{known->integer(0)} == person;
  db.run(
      "INSERT INTO addresses (address_key, person, address, position) VALUES ($1, $2, $3, "
      "(SELECT COALESCE(MAX(position), 0) + 1 FROM addresses WHERE person = $2))",
      {key, value_of(person), text(address)});
  restore_refusals(db, person, key);
  return true;
}

[[noreturn]] void throw_absent(PersonId id) {
  throw StorageError(StorageTrouble::broken, "there is no person " + std::to_string(number(id)));
}

void save(Database& db, const Person& person, const std::string& sql, const std::vector<Value>& values) {
  const bool is_found_otherwise = has_other_words(db, person);
  if (db.run(sql, values) == 0) throw_absent(person.id);
  if (is_found_otherwise) index_words(db, person.id);
  if (person.address) add_address(db, person.id, *person.address);
}

}  // namespace

std::vector<Person> select_people(Database& db, std::string_view tail, const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(columns) + " ";
  std::vector<Person> people;
  for (const Row& row : db.rows(head + std::string(tail), arguments)) people.push_back(read_person(row));
  return people;
}

std::string called_like(const std::string& pattern) {
  return "(folded LIKE " + pattern +
         " OR EXISTS (SELECT 1 FROM own_words called WHERE called.contact = people.id AND called.folded "
         "LIKE " +
         pattern + "))";
}

void insert_person(Database& db, const Person& person, const std::optional<std::string>& owned_key,
                   NewWords* later) {
  static const std::string sql = insert_sql("people", columns);
  db.run(sql, values_of(person));
  if (owned_key) db.run("UPDATE people SET owned_key = $2 WHERE id = $1", {value_of(person.id), *owned_key});
  if (later)
    later->emplace(person.id, folded_words(person));
  else
    add_words(db, person.id, folded_words(person));
  if (person.address) add_address(db, person.id, *person.address);
}

void add_person(Database& db, const Person& person) { insert_person(db, person, std::nullopt); }

void save_person(Database& db, const Person& person) {
  static const std::string sql = update_sql("people", columns);
  save(db, person, sql, values_of(person));
}

void save_what_is_said(Database& db, const Person& person) {
  static const std::string sql = update_sql("people", said_columns);
  auto values = values_of(person);
  values.erase(values.begin() + first_settled, values.begin() + behind_settled);
  save(db, person, sql, values);
}

void set_stopped(Database& db, PersonId id, bool stopped) {
  db.run("UPDATE people SET stopped = $2 WHERE id = $1", {value_of(id), value_of(stopped)});
}

void add_address(Database& db, PersonId person, const Address& address) {
  if (claim_address(db, person, address)) return;
  throw StorageError(StorageTrouble::conflict, text(address) + " is already another person's address");
}

std::optional<Person> find_person(Database& db, PersonId id) {
  return select_person(db, "FROM people WHERE id = $1", value_of(id));
}

Person load_person(Database& db, PersonId id) {
  std::optional<Person> found = find_person(db, id);
  if (!found) throw_absent(id);
  return std::move(*found);
}

std::optional<Person> find_person_by_address(Database& db, const Address& address) {
  return select_person(db, "FROM people WHERE id = (SELECT person FROM addresses WHERE address_key = $1)",
                       address_key(address));
}

std::optional<Person> find_person_by_profile(Database& db, const std::string& profile_url) {
  const std::string key = profile_key(profile_url);
  if (key.empty()) return std::nullopt;
  return select_person(db, "FROM people WHERE profile_key = $1", key);
}

std::vector<Address> addresses_of(Database& db, PersonId id) {
  std::vector<Address> addresses;
  for (const Row& row :
       db.rows("SELECT address FROM addresses WHERE person = $1 ORDER BY position", {value_of(id)}))
    addresses.push_back(stored_address(row.text(0)));
  return addresses;
}

std::vector<Person> list_members(Database& db) {
  return select_people(db, "FROM people WHERE member = 1 ORDER BY folded_name, id", {});
}

std::int64_t count_people(Database& db) { return db.row("SELECT COUNT(*) FROM people")->integer(0); }

}  // namespace tertius::storage
