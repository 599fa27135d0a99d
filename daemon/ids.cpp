#include "daemon/ids.hpp"

#include <sodium.h>

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
    return (ms << random_bits) | static_cast<std::int64_t>(randombytes_uniform(1u << random_bits));
  };
}

}  // namespace tertius::daemon
