#include "storage/turns.hpp"

#include <algorithm>

namespace tertius::storage {

// In one order, so that two that want the same do not wait for each other; two that take turns in several
// calls may, and PostgreSQL ends it after a second.
void take_turns(Database& db, std::vector<std::int64_t> numbers) {
  if (!db.is_postgres()) return;
  std::ranges::sort(numbers);
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  for (const std::int64_t number : numbers) db.run("SELECT 1 FROM pg_advisory_xact_lock($1)", {number});
}

// FNV-1a: two texts of one number take turns for nothing, and that is all.
std::int64_t turn_number(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char byte : text) hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211U;
  return static_cast<std::int64_t>(hash);
}

}  // namespace tertius::storage
