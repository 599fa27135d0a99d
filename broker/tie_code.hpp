#pragma once
// What one person's ties to another say, in one byte: whether there is one, its strength in steps of an
// eighth of an octave (rounded up: never below the true one, and at most 9 % above), and whether it is the
// owner's own rating. Pure.

#include <cstdint>

#include "broker/person.hpp"

namespace tertius {

using TieCode = std::uint8_t;

inline constexpr TieCode no_tie = 0;
inline constexpr TieCode tie_without_strength = 1;
inline constexpr TieCode strength_bits = 0x3f;  // 2 to 63: 2^-((63 - bits) / 8)
inline constexpr TieCode rating_bit = 0x40;

TieCode tie_code(TieSource source, double strength);
// Of two ties of the same owner to the same contact: a rating before all evidence, else the stronger.
TieCode both_codes(TieCode a, TieCode b);
double strength_of(TieCode code);  // 0 where it has none

inline bool has_strength(TieCode code) { return (code & strength_bits) > tie_without_strength; }

// Costs add up where strengths multiply. Of a tie with strength alone.
inline int cost_of(TieCode code) { return strength_bits - (code & strength_bits); }
double strength_at(int cost);

// The one that counts between two people, as decisive_tie() (ranking_reasons.hpp): `first`'s rating, then the
// other's, then the stronger.
inline TieCode decisive_code(TieCode first, TieCode other) {
  if (!has_strength(first)) return other;
  if (!has_strength(other) || (first & rating_bit) != 0) return first;
  if ((other & rating_bit) != 0) return other;
  return (first & strength_bits) >= (other & strength_bits) ? first : other;
}

// opens_way() of person.hpp: the other's own word.
inline bool opens_way(TieCode others) { return has_strength(others); }

}  // namespace tertius
