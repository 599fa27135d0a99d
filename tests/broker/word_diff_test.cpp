#include "broker/word_diff.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tertius {
namespace {

using Pieces = std::vector<DiffPiece>;

std::string side(const Pieces& pieces, Piece without) {
  std::string out;
  for (const auto& piece : pieces)
    if (piece.piece != without) out += piece.text;
  return out;
}

TEST(WordDiffTest, SaysWhichWordsChanged) {
  const Pieces changed{
      {Piece::kept, "Could we "}, {Piece::removed, "meet"}, {Piece::added, "talk"}, {Piece::kept, " soon?"}};
  EXPECT_EQ(diff_words("Could we meet soon?", "Could we talk soon?"), changed);
  EXPECT_EQ(diff_words("same", "same"), (Pieces{{Piece::kept, "same"}}));
  EXPECT_EQ(diff_words("", "new"), (Pieces{{Piece::added, "new"}}));
  EXPECT_EQ(diff_words("", ""), Pieces{});
}

TEST(WordDiffTest, WordsInARowAreOnePiece) {
  const Pieces changed{
      {Piece::kept, "a "}, {Piece::removed, "b c"}, {Piece::added, "x y"}, {Piece::kept, " d"}};
  EXPECT_EQ(diff_words("a b c d", "a x y d"), changed);
}

TEST(WordDiffTest, BothTextsAreInThePiecesWholeWhateverTheyAre) {
  std::mt19937_64 random{4};
  const std::vector<std::string> words{"a", "b", "c", " ", "\n", "  ", "ab"};
  const auto text = [&] {
    std::string out;
    for (auto n = random() % 30; n > 0; --n) out += words[random() % words.size()];
    return out;
  };
  for (int i = 0; i < 5000; ++i) {
    const std::string before = text(), after = text();
    const Pieces pieces = diff_words(before, after);
    ASSERT_EQ(side(pieces, Piece::added), before);
    ASSERT_EQ(side(pieces, Piece::removed), after);
  }
}

TEST(WordDiffTest, VeryLongTextsAreTheWholeChangeAndNotAnHour) {
  std::string before, after;
  for (int i = 0; i < 200'000; ++i)
    before += "a" + std::to_string(i) + " ", after += "b" + std::to_string(i) + " ";
  const Pieces pieces = diff_words(before, after);
  EXPECT_EQ(side(pieces, Piece::added), before);
  EXPECT_EQ(side(pieces, Piece::removed), after);
}

}  // namespace
}  // namespace tertius
