#include "broker/attribution.hpp"

#include <algorithm>
#include <array>

#include "broker/sentences.hpp"

namespace tertius::reading {
namespace {

constexpr std::size_t max_attribution = 400;

// "wrote" and its like; with one of these an attribution needs no date beside the address, or no address
// beside the date.
constexpr auto wrote = std::to_array<std::string_view>({"wrote",
                                                        "writes",
                                                        "schrieb",
                                                        "schreibt",
                                                        "a ecrit",
                                                        "ecrit",
                                                        "escribio",
                                                        "escreveu",
                                                        "ha scritto",
                                                        "scrive",
                                                        "scritto",
                                                        "schreef",
                                                        "skrev",
                                                        "napisal",
                                                        "napisala",
                                                        "napisal(a)",
                                                        "pisze",
                                                        "napsal",
                                                        "napsala",
                                                        "napisao",
                                                        "napisala",
                                                        "kirjoitti",
                                                        "yazdi",
                                                        "sunlari yazdi",
                                                        "написал",
                                                        "написала",
                                                        "пишет",
                                                        "написав",
                                                        "пише",
                                                        "写道",
                                                        "寫道",
                                                        "のメール",
                                                        "書きました",
                                                        "wrote on",
                                                        "작성",
                                                        "님이 작성",
                                                        "irta",
                                                        "a scris",
                                                        "scris",
                                                        "έγραψε",
                                                        "εγραψε",
                                                        "va escriure",
                                                        "kirjutas",
                                                        "viet",
                                                        "da viet",
                                                        "menulis",
                                                        "skrifadi",
                                                        "הביא",
                                                        "כתב",
                                                        "كتب",
                                                        "ezt irta",
                                                        "geschreven",
                                                        "het volgende geschreven",
                                                        "følgende",
                                                        "folgendes geschrieben"});

// As whole words: "presented" is not "sent". Ideographs stand without spaces.
bool has_verb(std::string_view text) {
  const auto is_inside = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::string_view verb : wrote) {
    for (std::size_t at = text.find(verb); at != std::string_view::npos; at = text.find(verb, at + 1)) {
      const std::size_t end = at + verb.size();
      const bool begins = at == 0 || !is_inside(text[at - 1]);
      if (begins && (end == text.size() || !is_inside(text[end]))) return true;
    }
  }
  return false;
}

bool ends_with_verb(std::string_view text) {
  return std::ranges::any_of(wrote, [&](std::string_view verb) { return text.ends_with(verb); });
}

bool ends_like_attribution(std::string_view text) {
  return text.ends_with(':') || text.ends_with("：") || text.ends_with(":>") || text.ends_with(": >");
}

// Zoho and others draw dashes around it, and some write no colon.
std::string_view without_rules(std::string_view text) {
  while (!text.empty() && (is_rule_mark(text.front()) || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (is_rule_mark(text.back()) || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

// "---- Ann Lee wrote ----" (Zoho, Android).
bool is_ruled(std::string_view text) {
  return text.size() > 4 && is_rule_mark(text[0]) && is_rule_mark(text[1]) && is_rule_mark(text.back());
}

// "2026/5/3 Ann Lee <ann@example.org>": Gmail's in some languages, without verb and colon.
bool is_date_and_sender(std::string_view text) {
  return is_digit(text.front()) && text.ends_with('>') && has_date(text) && has_address(text);
}

bool is_attribution(std::string_view written, bool above_marks) {
  const std::string_view text = without_rules(written);
  if (text.empty()) return false;
  if (above_marks && is_date_and_sender(text)) return true;
  const bool colon = ends_like_attribution(text);
  if (text.size() > max_attribution || !(colon || ends_with_verb(text))) return false;
  const bool verb = has_verb(text);
  if (!colon && is_ruled(written)) return above_marks || has_date(text);
  if (!colon) return has_date(text) && (has_address(text) || above_marks);
  if (above_marks) return (verb && text.size() < 200) || has_address(text) || has_date(text);
  return (has_address(text) && (verb || has_date(text))) || (verb && has_date(text));
}

// Where an attribution begins within a line, as clients write it: "On Wed", "Am 3. Mai", "Le 3 mai".
constexpr auto capital_beginnings =
    std::to_array<std::string_view>({"On ", "Am ", "Le ", "El ", "Em ", "Il ", "Op ", "Den ", "W dniu "});

std::size_t attribution_within(std::string_view line) {
  const std::string_view end = trimmed(line);
  if (line.size() > 2 * max_attribution || !ends_like_attribution(end)) return line.npos;
  std::size_t looks = 4;  // each costs the rest of the line
  for (std::size_t at = line.find(' '); at != line.npos && looks > 0; at = line.find(' ', at + 1)) {
    const std::string_view rest = line.substr(at + 1);
    const auto begins = [&](std::string_view one) { return rest.starts_with(one); };
    if (std::ranges::none_of(capital_beginnings, begins)) continue;
    const std::string plain = squeezed(rest);
    if (has_verb(plain) && has_date(plain) && has_address(plain)) return at + 1;
    --looks;
  }
  return line.npos;
}

// "On Tue, 2011-03-01 at 18:02 +0530, Abhishek Kona" may begin an attribution; "I saw it." may not.
bool may_begin_attribution(std::string_view text) {
  if (text.empty() || ends_like_attribution(text)) return !text.empty();
  const char last = text.back();
  return last != '.' && last != '!' && last != '?' ? true : has_digit(text);
}

bool has_beginning(std::string_view text) {
  constexpr auto beginnings = std::to_array<std::string_view>(
      {"on ", "am ", "le ", "el ", "em ",  "il ", "op ", "den ", "pa ", "dnia ", "w dniu ", "dne ", "a(z) ",
       "в ",  "於 ", "在 ", "as ", "the ", "ha ", "pe ", "um ",  "a ",  "om ",   "no ",     "от "});
  return std::ranges::any_of(beginnings, [&](auto one) { return text.starts_with(one); });
}

bool begins_like_attribution(std::string_view text) {
  return has_digit(text) || has_address(text) || is_ruled(text) || has_beginning(text);
}

// Roundcube puts its attribution right below the words: what has verb, day and time by itself takes no line
// from above, unless that begins it ("On Mon, 9 March 2026", "Ann Lee <ann@example.org>").
bool needs_no_line_above(std::string_view text, std::string_view above) {
  constexpr std::size_t day_year_hour_minute = 4;
  return ends_like_attribution(text) && has_verb(text) &&
         has_date(text.substr(0, text.find('<')), day_year_hour_minute) &&
         !(has_beginning(above) && has_date(above)) && !above.ends_with('>');
}

std::string_view without_colon(std::string_view text) {
  return text.substr(0, text.find_last_not_of(": ") + 1);
}

}  // namespace

std::size_t attribution_length(const std::vector<Line>& lines, std::size_t at) {
  std::string joined, below;  // all lines, and those below the first
  if (!begins_like_attribution(lines[at].plain) && !ends_like_attribution(lines[at].plain)) return 0;
  for (std::size_t i = at; i < std::min(lines.size(), at + 4); ++i) {
    // "... <a@example.com" and then ">:" on a line of its own.
    const bool closes = i > at && lines[i].depth == 1 &&
                        (lines[i].plain == ":" || ends_with_verb(without_colon(lines[i].plain)));
    if (lines[i].part != Part::own && !closes) return 0;
    joined += (joined.empty() ? "" : " ") + lines[i].plain;
    if (i > at) below += " " + lines[i].plain;
    if (needs_no_line_above(below, lines[at].plain)) return 0;
    const std::size_t next = next_filled(lines, i + 1);
    const bool above_marks = next < lines.size() && lines[next].depth > 0 && next <= i + 3;
    if (is_attribution(joined, above_marks)) return i - at + 1;
    if (!may_begin_attribution(lines[i].plain) || joined.size() > max_attribution) return 0;
  }
  return 0;
}

std::vector<Line> part_shared_lines(std::vector<Line> lines) {
  std::vector<Line> parted;
  parted.reserve(lines.size());
  for (Line& line : lines) {
    const std::string_view text = line.text;
    const std::size_t at = line.part == Part::own ? attribution_within(text) : text.npos;
    const std::string_view words =
        at == text.npos ? "" : text.substr(0, text.find_last_not_of(" -", at - 1) + 1);
    if (words.empty() || has_address(squeezed(words))) {
      parted.push_back(std::move(line));
      continue;
    }
    parted.push_back(read_line(words));
    parted.push_back(read_line(text.substr(at)));
  }
  return parted;
}

}  // namespace tertius::reading
