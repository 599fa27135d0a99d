#include "daemon/ids.hpp"

#include <sodium.h>

#include <algorithm>
#include <atomic>

namespace tertius::daemon {

Clock system_clock() {
  return [] { return std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()); };
}

IdSource random_ids() {
  return [] {
    constexpr std::int64_t ms_to_2020 = 1'577'836'800'000;
    constexpr int random_bits = 22;
    const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
    const std::int64_t ms =
        std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count() - ms_to_2020;
    const std::int64_t drawn =
        (ms << random_bits) | static_cast<std::int64_t>(randombytes_uniform(1u << random_bits));
    // An import draws so many in a millisecond that two of a large one would be the same.
    static std::atomic<std::int64_t> newest = 0;
    std::int64_t before = newest, id = 0;
    do id = std::max(drawn, before + 1);
    while (!newest.compare_exchange_weak(before, id));
    return id;
  };
}

}  // namespace tertius::daemon
