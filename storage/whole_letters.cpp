#include "storage/whole_letters.hpp"

namespace tertius::storage {

std::vector<LetterSize> whole_letters_from(Database& db, const Address& sender) {
  std::vector<LetterSize> out;
  for (const Row& row :
       db.rows("SELECT id, received_at, LENGTH(raw) FROM letters WHERE LOWER(envelope_sender) = $1 "
               "AND LENGTH(raw) > 0",
               {address_key(sender)}))
    out.push_back({LetterId{row.integer(0)}, from_unix_seconds(row.integer(1)), row.integer(2)});
  return out;
}

}  // namespace tertius::storage
