#pragma once
// Made-up acquaintances for measuring: power-law degrees (exponent 2.3, 20,000 at most), a third of the ties
// closing triangles, the same each time.

#include <cstdint>
#include <iosfwd>
#include <vector>

namespace tertius::bench {

// "owner knows contact"; people are 0, 1, 2, ...
struct Acquaintance {
  std::uint32_t owner = 0, contact = 0;
};

std::vector<Acquaintance> make_acquaintances(std::uint32_t people, std::size_t ties);

// Of the tie at this place: what people's evidence is worth, from 0.15 to 1.
double strength_of_tie(std::size_t place);

struct Pair {
  std::uint32_t requester = 0, target = 0;
};
std::vector<Pair> make_pairs(std::uint32_t people, std::size_t count);

}  // namespace tertius::bench
