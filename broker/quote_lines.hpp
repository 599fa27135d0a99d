#pragma once
// Which lines of a reply are somebody else's: marked with ">", our links, the header block Outlook puts above
// a quote, "-----Original Message-----" in any language. Each look is at most a few lines ahead.

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

Line read_line(std::string_view text);
std::vector<Line> read_lines(std::string_view text, std::size_t most);

// Line::why of a line that holds a link of ours.
inline constexpr std::string_view own_link = "our own link";
bool has_broker_link(std::string_view plain);

// How many lines from `at` are a block of header lines; 0 where none begins.
std::size_t header_block_length(const std::vector<Line>& lines, std::size_t at);
bool is_separator(const std::vector<Line>& lines, std::size_t at);
bool is_forward_line(const std::vector<Line>& lines, std::size_t at);  // "Forwarded message:" above headers

bool is_digit(char c);
bool is_rule_mark(char c);  // of "-----", "_____", "=====", ...
bool has_digit(std::string_view plain);
bool has_address(std::string_view plain);
// Groups of digits: a day or an hour, and a year or minutes.
bool has_date(std::string_view plain, std::size_t least = 2);
std::size_t next_filled(const std::vector<Line>& lines, std::size_t at);

}  // namespace tertius::reading
