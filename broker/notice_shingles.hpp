#pragma once
// The notice that is being answered, as a set of shingles (three words in a row, folded): what a client
// quotes of it is known whatever the client makes of line ends, marks, bullets and case. Pure; linear.

#include <cstdint>
#include <string_view>
#include <vector>

#include "broker/sentences.hpp"

namespace tertius::reading {

class NoticeShingles {
 public:
  explicit NoticeShingles(std::string_view notice);

  // Most of the line's words stand in the notice in this order; two words only where they are a line of it
  // ("Hello Gail,"). False for one: "forward" and "yes" are words of the notice too.
  bool has_line(std::string_view line) const;
  // All of them do: nothing was put between.
  bool has_whole_line(std::string_view line) const;
  // Every word of a short line is a word of the notice.
  bool has_words(std::string_view line) const;
  bool has_word(const Word& word) const;
  bool is_empty() const;  // nothing is known of what is answered

 private:
  // Sorted hashes: made for each letter, and asked of a few lines.
  std::vector<std::uint64_t> shingles_;
  std::vector<std::uint64_t> words_;
  std::vector<std::uint64_t> pairs_;
  std::vector<std::uint64_t> short_lines_;  // of one to five words
};

}  // namespace tertius::reading
