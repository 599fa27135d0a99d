#pragma once
// Where a page of a listing begins. Listings go from the newest to the oldest; what has come since the first
// page was read moves nothing on the next.

#include <cstdint>
#include <limits>

namespace tertius::storage {

struct Place {
  std::int64_t at = std::numeric_limits<std::int64_t>::max();  // Unix seconds of the last row seen
  std::int64_t id = std::numeric_limits<std::int64_t>::max();
};

}  // namespace tertius::storage
