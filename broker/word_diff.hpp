#pragma once
// What changed between two texts, word by word. Kept and removed pieces are the old text, kept and added
// ones the new. Pure; bounded: texts that differ in more than some thousand words are told as all new.

#include <string>
#include <string_view>
#include <vector>

namespace tertius {

enum class Piece { kept, removed, added };

struct DiffPiece {
  Piece piece{};
  std::string text;

  friend bool operator==(const DiffPiece&, const DiffPiece&) = default;
};

std::vector<DiffPiece> diff_words(std::string_view before, std::string_view after);

}  // namespace tertius
