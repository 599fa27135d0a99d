#include "broker/word_diff.hpp"

#include <algorithm>
#include <cstdint>

namespace tertius {

namespace {

using Tokens = std::vector<std::string_view>;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// Words and the space between them, in turn.
Tokens tokens_of(std::string_view text) {
  Tokens tokens;
  while (!text.empty()) {
    const bool space = is_space(text.front());
    const auto end = std::ranges::find_if(text, [&](char c) { return is_space(c) != space; });
    const auto length = static_cast<std::size_t>(end - text.begin());
    tokens.push_back(text.substr(0, length));
    text.remove_prefix(length);
  }
  return tokens;
}

void add(std::vector<DiffPiece>& pieces, Piece piece, std::string_view text) {
  if (!pieces.empty() && pieces.back().piece == piece)
    pieces.back().text += text;
  else
    pieces.push_back({piece, std::string(text)});
}

// The longest common subsequence of the rest of both, from each pair of places on (row by row).
class Table {
 public:
  Table(const Tokens& before, const Tokens& after)
      : width_(after.size() + 1), lengths_((before.size() + 1) * width_) {
    for (std::size_t i = before.size(); i-- > 0;) {
      for (std::size_t j = after.size(); j-- > 0;) {
        const bool same = before[i] == after[j];
        cell(i, j) =
            same ? static_cast<std::uint16_t>(at(i + 1, j + 1) + 1) : std::max(at(i + 1, j), at(i, j + 1));
      }
    }
  }
  std::uint16_t at(std::size_t i, std::size_t j) const { return lengths_[i * width_ + j]; }

 private:
  std::uint16_t& cell(std::size_t i, std::size_t j) { return lengths_[i * width_ + j]; }

  std::size_t width_;
  std::vector<std::uint16_t> lengths_;
};

// Four million cells: 8 MB and some 20 ms for two texts of a thousand words each that share nothing.
constexpr std::size_t most_cells = 4'000'000;

void diff_middle(std::vector<DiffPiece>& pieces, const Tokens& before, const Tokens& after) {
  std::size_t i = 0, j = 0;
  if ((before.size() + 1) * (after.size() + 1) <= most_cells) {
    const Table table(before, after);
    while (i < before.size() && j < after.size()) {
      if (before[i] == after[j])
        add(pieces, Piece::kept, before[i]), ++i, ++j;
      else if (table.at(i + 1, j) >= table.at(i, j + 1))
        add(pieces, Piece::removed, before[i++]);
      else
        add(pieces, Piece::added, after[j++]);
    }
  }
  while (i < before.size()) add(pieces, Piece::removed, before[i++]);
  while (j < after.size()) add(pieces, Piece::added, after[j++]);
}

// "a b" beside "c d" is easier to read than "a" beside "c" and "b" beside "d": a space alone between two
// changed words is changed with them.
bool is_space_only(const DiffPiece& piece) { return std::ranges::all_of(piece.text, is_space); }

std::vector<DiffPiece> without_lone_spaces(const std::vector<DiffPiece>& pieces) {
  std::vector<DiffPiece> out;
  std::string removed, added;
  const auto flush = [&] {
    if (!removed.empty()) out.push_back({Piece::removed, std::move(removed)});
    if (!added.empty()) out.push_back({Piece::added, std::move(added)});
    removed.clear(), added.clear();
  };
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    const DiffPiece& piece = pieces[i];
    const bool inside = i > 0 && i + 1 < pieces.size() && !(removed.empty() && added.empty());
    if (piece.piece == Piece::kept && !(inside && is_space_only(piece))) {
      flush();
      add(out, Piece::kept, piece.text);
      continue;
    }
    if (piece.piece != Piece::added) removed += piece.text;
    if (piece.piece != Piece::removed) added += piece.text;
  }
  flush();
  return out;
}

}  // namespace

std::vector<DiffPiece> diff_words(std::string_view before, std::string_view after) {
  Tokens old = tokens_of(before), fresh = tokens_of(after);
  std::vector<DiffPiece> pieces;
  const auto [old_mid, fresh_mid] = std::ranges::mismatch(old, fresh);
  for (auto token = old.begin(); token != old_mid; ++token) add(pieces, Piece::kept, *token);
  std::size_t tail = 0;
  const auto old_left = static_cast<std::size_t>(old.end() - old_mid);
  const auto fresh_left = static_cast<std::size_t>(fresh.end() - fresh_mid);
  while (tail < std::min(old_left, fresh_left) &&
         old[old.size() - 1 - tail] == fresh[fresh.size() - 1 - tail])
    ++tail;
  const auto end = static_cast<std::ptrdiff_t>(tail);
  diff_middle(pieces, Tokens(old_mid, old.end() - end), Tokens(fresh_mid, fresh.end() - end));
  for (auto token = old.end() - end; token != old.end(); ++token) add(pieces, Piece::kept, *token);
  return without_lone_spaces(pieces);
}

}  // namespace tertius
