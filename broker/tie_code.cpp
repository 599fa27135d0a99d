#include "broker/tie_code.hpp"

#include <algorithm>
#include <cmath>

namespace tertius {

namespace {

constexpr double steps_of_an_octave = 8;
constexpr int weakest_with_strength = tie_without_strength + 1;

}  // namespace

TieCode tie_code(TieSource source, double strength) {
  if (!(strength > 0)) return tie_without_strength;  // NaN too
  const double steps = std::floor(-steps_of_an_octave * std::log2(std::min(strength, 1.0)));
  const int level = std::max(strength_bits - static_cast<int>(std::min(steps, 1e3)), weakest_with_strength);
  int code = level;
  if (source == TieSource::rating) code |= rating_bit;
  return static_cast<TieCode>(code);
}

TieCode both_codes(TieCode a, TieCode b) { return std::max(a, b); }

double strength_of(TieCode code) { return has_strength(code) ? strength_at(cost_of(code)) : 0; }

double strength_at(int cost) { return std::exp2(-cost / steps_of_an_octave); }

}  // namespace tertius
