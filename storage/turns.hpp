#pragma once
// What only one transaction at a time may look at and then write, where no row is there yet to be locked. On
// SQLite there is one writer anyway.

#include <cstdint>
#include <string_view>
#include <vector>

#include "storage/db.hpp"

namespace tertius::storage {

// Waits for whoever has one of these numbers, and keeps them until the transaction ends. Throws busy where
// that takes too long, or where two wait for each other.
void take_turns(Database& db, std::vector<std::int64_t> numbers);

std::int64_t turn_number(std::string_view text);

}  // namespace tertius::storage
