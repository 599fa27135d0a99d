#include "broker/tie_code.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "broker/ranking_reasons.hpp"

namespace tertius {
namespace {

TEST(TieCodeTest, AStrengthIsNeverBelowTheTrueOneAndNineInAHundredAboveAtMost) {
  for (int i = 5; i <= 1000; ++i) {
    const double strength = i / 1000.0;
    const double kept = strength_of(tie_code(TieSource::mail, strength));
    EXPECT_GE(kept, strength - 1e-12) << strength;
    EXPECT_LE(kept, strength * 1.0906) << strength;
  }
  EXPECT_DOUBLE_EQ(strength_of(tie_code(TieSource::mail, 1)), 1);
}

TEST(TieCodeTest, NonsenseIsNoStrength) {
  for (const double nonsense : {0.0, -1.0, std::nan(""), -std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(tie_code(TieSource::mail, nonsense), tie_without_strength);
    EXPECT_FALSE(opens_way(tie_code(TieSource::mail, nonsense)));
  }
  EXPECT_DOUBLE_EQ(strength_of(tie_code(TieSource::mail, 7)), 1);
  EXPECT_TRUE(has_strength(tie_code(TieSource::mail, std::numeric_limits<double>::min())));
}

TEST(TieCodeTest, TheOneThatCountsIsTheOneThatTheRankingTakes) {
  std::mt19937 random(1);
  constexpr PersonId first{1}, other{2};
  for (int i = 0; i < 20'000; ++i) {
    std::vector<Tie> ties;
    TieCode codes[2] = {no_tie, no_tie};
    for (int source = 0; source < 4; ++source) {
      for (const int side : {0, 1}) {
        if (random() % 2 == 0) continue;
        // Powers of two stay what they are.
        const double strength = random() % 5 == 0 ? 0 : std::exp2(-static_cast<double>(random() % 7));
        ties.push_back({side == 0 ? first : other,
                        side == 0 ? other : first,
                        static_cast<TieSource>(source),
                        strength,
                        {},
                        {}});
        codes[side] = both_codes(codes[side], tie_code(static_cast<TieSource>(source), strength));
      }
    }
    const Tie* decisive = decisive_tie(ties, first);
    EXPECT_DOUBLE_EQ(strength_of(decisive_code(codes[0], codes[1])),
                     decisive == nullptr ? 0 : decisive->strength);
  }
}

}  // namespace
}  // namespace tertius
