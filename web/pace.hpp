#pragma once
// How often somebody may do something: so many at once, then one each so often. What is remembered is one
// time for each of them, in a table of fixed size: a million names take no more room than one. Where it is
// full, whoever is nearest to having waited long enough is forgotten first. In memory, for a daemon that is
// by itself; several on one database share storage/paces.hpp. One thread.

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/time.hpp"

namespace tertius::web {

struct PaceRule {
  int burst = 1;
  std::chrono::milliseconds each{1'000};  // one more after this long
};

// Takes one of `who`; where none is left, how long until there is.
using TakePace = std::function<std::optional<std::chrono::seconds>(const std::string& who, const PaceRule&)>;

class Pace {
 public:
  // `salt`: random, or whoever chooses names could choose somebody else's place in the table.
  explicit Pace(std::string salt);

  // Takes one of `who`; where none is left, how long until there is.
  std::optional<std::chrono::seconds> take(std::string_view who, const PaceRule& rule, Time now);

  static constexpr std::size_t most_kept = std::size_t{1} << 16;

 private:
  struct Slot {
    std::uint64_t who = 0;
    std::chrono::sys_time<std::chrono::milliseconds> paid_until{};  // what was taken is paid for by then
  };
  static constexpr std::size_t width = 8;

  std::uint64_t name_of(std::string_view who) const;
  Slot& place_for(std::uint64_t name);

  std::string salt_;
  std::vector<Slot> slots_;
};

}  // namespace tertius::web
