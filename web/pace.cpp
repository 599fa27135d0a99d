#include "web/pace.hpp"

#include <algorithm>
#include <charconv>

#include "broker/sha256.hpp"

namespace tertius::web {

using std::chrono::seconds;

Pace::Pace(std::string salt) : salt_(std::move(salt)), slots_(most_kept) {}

std::uint64_t Pace::name_of(std::string_view who) const {
  const std::string digest = hex_sha256(salt_ + std::string(who));
  std::uint64_t name = 0;
  std::from_chars(digest.data(), digest.data() + 16, name, 16);
  return name | 1U;  // 0 is an empty slot
}

Pace::Slot& Pace::place_for(std::uint64_t name) {
  const auto first = slots_.begin() + static_cast<std::ptrdiff_t>(name / 2 % (most_kept / width) * width);
  const auto known = std::find_if(first, first + width, [&](const Slot& slot) { return slot.who == name; });
  if (known != first + width) return *known;
  Slot& place = *std::min_element(first, first + width,
                                  [](const Slot& a, const Slot& b) { return a.paid_until < b.paid_until; });
  place = {name, {}};
  return place;
}

std::optional<seconds> Pace::take(std::string_view who, const PaceRule& rule, Time now) {
  Slot& slot = place_for(name_of(who));
  const auto limit = now + rule.each * rule.burst;
  // A clock that was set back leaves nobody waiting for longer than the rule ever has them wait.
  slot.paid_until = std::clamp<decltype(slot.paid_until)>(slot.paid_until, now, limit);
  const auto over = slot.paid_until + rule.each - limit;
  if (over > over.zero()) return std::chrono::ceil<seconds>(over);
  slot.paid_until += rule.each;
  return std::nullopt;
}

}  // namespace tertius::web
