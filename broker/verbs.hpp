#pragma once
// The words that decide alone: a first line that is nothing but one of these, politeness apart. In eleven
// languages; each phrase means the same in all of them it exists in.

#include <optional>
#include <span>
#include <string_view>

namespace tertius::reading {

enum class Verb { yes, acknowledge, pass_on, meet, no, revise, later, redirect, stop };

struct VerbRow {
  Verb verb;
  std::string_view language;
  std::string_view phrases;  // separated by ';'
};
std::span<const VerbRow> verb_table();

// The whole line is that verb: "Yes, please!", "FORWARD.", "好的". Greetings and politeness around it do not
// count.
std::optional<Verb> find_verb(std::string_view line);

// The verb the line begins with, and the octets it takes: "later 2w", "try bob@example.org", "changes:
// shorter".
struct Leading {
  Verb verb{};
  std::size_t length = 0;
};
std::optional<Leading> find_leading_verb(std::string_view line);

// "Hi Tertius,", "Dear all": says nothing.
bool is_greeting(std::string_view line);

}  // namespace tertius::reading
