#pragma once
// Whose letters are still there to the octet, without reading them.

#include <vector>

#include "broker/address.hpp"
#include "broker/ids.hpp"
#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct LetterSize {
  LetterId id{};
  Time received_at{};
  std::int64_t octets = 0;
};
// All from this sender, in no order; walks the whole table.
std::vector<LetterSize> whole_letters_from(Database& db, const Address& sender);

}  // namespace tertius::storage
