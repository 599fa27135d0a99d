#include "web/path_picture.hpp"

#include <algorithm>
#include <array>

#include "broker/utf8.hpp"
#include "broker/words.hpp"
#include "web/parts.hpp"
#include "web/people_shown.hpp"

namespace tertius::web {

namespace {

// In units of a drawing 340 wide, which on a telephone stands at 0.85 of its size.
constexpr int middle = 170, radius = 22, row_height = 118, label_depth = 64;
constexpr std::size_t most_drawn = 3, line_columns = 13;

constexpr std::array<std::array<int, most_drawn>, most_drawn> columns = {
    {{middle, 0, 0}, {90, 250, 0}, {57, middle, 283}}};

struct Label {
  std::string initials, first, second;
};

// Chinese, Japanese and Korean characters are twice as wide as letters.
std::size_t width_of(char32_t point) { return point >= 0x1100 ? 2 : 1; }

std::string fitted(std::string_view text) {
  std::string out;
  std::size_t width = 0;
  for (auto rest = text; !rest.empty();) {
    const char32_t point = take_code_point(rest);
    width += width_of(point);
    if (width > line_columns) return out + "\u2026";
    append_code_point(out, point);
  }
  return out;
}

std::string initials_of(const std::vector<std::string_view>& words) {
  std::string out;
  for (const auto word : {words.front(), words.back()}) {
    auto rest = word;
    append_code_point(out, take_code_point(rest));
    if (words.size() == 1) break;
  }
  return out;
}

// A name on two lines: its first word, and the rest.
Label label_of(const std::string& name) {
  std::vector<std::string_view> words;
  std::string_view rest = trim(name);
  while (!rest.empty()) {
    const auto end = std::min(rest.find(' '), rest.size());
    words.push_back(rest.substr(0, end));
    rest = trim(rest.substr(end));
  }
  if (words.empty()) return {"?", "", ""};
  const std::string_view behind = trim(std::string_view(name).substr(
      static_cast<std::size_t>(words.front().data() - name.data()) + words.front().size()));
  return {initials_of(words), fitted(words.front()), fitted(behind)};
}

void put_node(Fields& fields, int x, int y, const Label& label) {
  fields.sections["NODES"].push_back(row({{"X", std::to_string(x)},
                                          {"Y", std::to_string(y)},
                                          {"INITIALS_Y", std::to_string(y + 6)},
                                          {"FIRST_Y", std::to_string(y + radius + 19)},
                                          {"SECOND_Y", std::to_string(y + radius + 36)},
                                          {"INITIALS", label.initials},
                                          {"FIRST", label.first},
                                          {"SECOND", label.second}}));
}

void put_edge(Fields& fields, int from_x, int from_y, int to_x, int to_y, std::string_view strength) {
  fields.sections["EDGES"].push_back(row({{"X1", std::to_string(from_x)},
                                          {"Y1", std::to_string(from_y)},
                                          {"X2", std::to_string(to_x)},
                                          {"Y2", std::to_string(to_y)},
                                          {"STRENGTH", std::string(strength)}}));
}

struct Drawn {
  Label label;
  Tier tier;
};

std::vector<Drawn> drawn_connectors(const std::vector<Choice>& choices) {
  std::vector<Drawn> drawn;
  for (const Choice& choice : choices) {
    if (drawn.size() + 1 == most_drawn && choices.size() > most_drawn) {
      const std::string rest = std::to_string(choices.size() - drawn.size());
      drawn.push_back({{"+" + rest, rest + " others", ""}, choice.ranked.tier});
      break;
    }
    drawn.push_back({choice.named ? label_of(shown_name(choice.person)) : Label{"?", "Somebody", ""},
                     choice.ranked.tier});
  }
  return drawn;
}

std::string in_words(const std::string& target, bool knows, const std::vector<Choice>& choices) {
  if (knows) return "You and " + target + " know each other.";
  std::string named;
  std::size_t unnamed = 0;
  for (const Choice& choice : choices) {
    unnamed += choice.named ? 0 : 1;
    if (choice.named)
      named += (named.empty() ? "" : "; ") + shown_name(choice.person) + ", a " +
               std::string(tier_name(choice.ranked.tier)) + " connection";
  }
  if (unnamed > 0)
    named += (named.empty() ? "" : "; and ") + std::to_string(unnamed) + " who would rather not be named";
  return "Between you and " + target + " there is one person: " + named + ".";
}

// Nobody else is found beside a long way. Who the second is, is not told.
bool is_long_way(bool knows, const std::vector<Choice>& choices) {
  return !knows && choices.size() == 1 && choices.front().long_way;
}

std::string long_way_in_words(const std::string& target, const Choice& choice) {
  const std::string first =
      choice.named ? shown_name(choice.person) : "somebody who would rather not be named";
  return "Between you and " + target + " there are two people: " + first + ", and somebody they know.";
}

}  // namespace

void put_path_picture(Fields& fields, const Person& target, bool knows, const std::vector<Choice>& choices) {
  if (!knows && choices.empty()) return;
  constexpr int top = radius + 2;
  const bool is_long = is_long_way(knows, choices);
  const int between = top + row_height - 20;  // where the first of those in the middle stands
  const int target_y = top + (knows ? 1 : is_long ? 3 : 2) * row_height;
  put_node(fields, middle, top, {"You", "", ""});
  if (knows) put_edge(fields, middle, top + radius, middle, target_y - radius, "strong");
  const auto drawn = knows ? std::vector<Drawn>{} : drawn_connectors(choices);
  for (std::size_t i = 0; i < drawn.size(); ++i) {
    const int x = columns[drawn.size() - 1][i];
    const auto strength = tier_name(drawn[i].tier);
    put_edge(fields, middle, top + radius, x, between - radius, strength);
    put_edge(fields, x, between + label_depth, middle, (is_long ? between + row_height : target_y) - radius,
             strength);
    put_node(fields, x, between, drawn[i].label);
  }
  if (is_long) {
    const auto strength = tier_name(choices.front().ranked.tier);
    put_node(fields, middle, between + row_height, {"?", "Somebody", "they know"});
    put_edge(fields, middle, between + row_height + label_depth, middle, target_y - radius, strength);
  }
  put_node(fields, middle, target_y, label_of(shown_name(target)));
  fields.values["PICTURE_TEXT"] = is_long ? long_way_in_words(shown_name(target), choices.front())
                                          : in_words(shown_name(target), knows, choices);
  fields.values["PICTURE_HEIGHT"] = std::to_string(target_y + label_depth);
}

}  // namespace tertius::web
