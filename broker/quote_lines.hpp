#pragma once
// Which lines of a reply are somebody else's: marked with ">", our links, the attribution above a quote, the
// header block Outlook puts there, "-----Original Message-----" in any language. Each look is at most a few
// lines ahead.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::reading {

enum class Part {
  own,
  blank,
  quoted,
  below
};  // below: the beginning of an unmarked quote; nothing after it is own

struct Line {
  std::string_view text;  // as written
  std::string plain;      // squeezed, without quote marks and emphasis
  std::size_t depth = 0;  // quote marks in front
  Part part = Part::own;
  std::string_view why;
};

std::vector<Line> read_lines(std::string_view text, std::size_t most);

bool has_broker_link(std::string_view plain);

// How many lines from `at` are an attribution ("On ... wrote:"), a header block or a separator; 0 where none
// is.
std::size_t attribution_length(const std::vector<Line>& lines, std::size_t at);
std::size_t header_block_length(const std::vector<Line>& lines, std::size_t at);
bool is_separator(const std::vector<Line>& lines, std::size_t at);

}  // namespace tertius::reading
