#include "storage/noted_keys.hpp"

#include "storage/columns.hpp"
#include "storage/keys.hpp"
#include "storage/people.hpp"

namespace tertius::storage {
namespace {

bool note(Database& db, PersonId owner, PersonId contact, const std::string& key,
          const std::string& address) {
  return db.run(
             "INSERT INTO noted_keys (owner, noted_key, contact, address) VALUES ($1, $2, $3, $4) "
             "ON CONFLICT DO NOTHING",
             {value_of(owner), key, value_of(contact), address}) > 0;
}

}  // namespace

std::optional<PersonId> find_noted(Database& db, PersonId owner, const std::string& key) {
  const auto row =
      db.row("SELECT contact FROM noted_keys WHERE owner = $1 AND noted_key = $2", {value_of(owner), key});
  if (!row) return std::nullopt;
  return PersonId{row->integer(0)};
}

bool note_address(Database& db, PersonId owner, PersonId contact, const Address& address) {
  return note(db, owner, contact, address_key(address), text(address));
}

bool note_profile(Database& db, PersonId owner, PersonId contact, const std::string& key) {
  return note(db, owner, contact, key, "");
}

std::vector<Address> every_address_of(Database& db, PersonId person) {
  std::vector<Address> addresses = addresses_of(db, person);
  for (const Row& row :
       db.rows("SELECT DISTINCT address FROM noted_keys WHERE contact = $1 AND address <> '' "
               "ORDER BY address",
               {value_of(person)}))
    addresses.push_back(stored_address(row.text(0)));
  return addresses;
}

}  // namespace tertius::storage
