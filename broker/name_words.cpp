#include "broker/name_words.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "broker/words.hpp"

namespace tertius {

namespace {

constexpr auto credentials = std::to_array<std::string_view>({
    "phd",  "md",     "mba",  "cpa", "cfa", "jd",    "esq",  "dds",  "rn",    "pe",   "pmp",
    "msc",  "bsc",    "mph",  "mpa", "ma",  "ms",    "ba",   "bs",   "llm",   "llb",  "edd",
    "psyd", "pharmd", "frcs", "obe", "cbe", "cissp", "shrm", "phr",  "sphr",  "csm",  "cpcc",
    "acc",  "pcc",    "gphr", "fca", "aca", "acca",  "cfp",  "cma",  "dphil", "meng", "dvm",
    "faia", "aia",    "leed", "ap",  "mfa", "med",   "lcsw", "cism", "emba",
});
constexpr auto honorifics = std::to_array<std::string_view>({
    "dr",   "prof", "professor", "mr",     "mrs", "ms",    "miss",   "mx",   "sir", "dame",
    "herr", "frau", "monsieur",  "madame", "mme", "senor", "senora", "dott", "ing", "dipl",
});
constexpr auto generations = std::to_array<std::string_view>({"jr", "sr", "ii", "iii", "iv"});

struct ShortForm {
  std::string_view short_form;
  std::string_view given_name;
};
constexpr auto short_forms = std::to_array<ShortForm>({
    {"andy", "andrew"},     {"becky", "rebecca"},  {"beth", "elizabeth"},   {"betty", "elizabeth"},
    {"bill", "william"},    {"bob", "robert"},     {"charlie", "charles"},  {"chuck", "charles"},
    {"dave", "david"},      {"dick", "richard"},   {"ed", "edward"},        {"al", "alan"},
    {"drew", "andrew"},     {"gina", "regina"},    {"hank", "henry"},       {"harry", "henry"},
    {"jack", "john"},       {"jim", "james"},      {"jimmy", "james"},      {"joe", "joseph"},
    {"johnny", "john"},     {"kate", "katherine"}, {"kate", "catherine"},   {"kathy", "katherine"},
    {"larry", "lawrence"},  {"liz", "elizabeth"},  {"maggie", "margaret"},  {"meg", "margaret"},
    {"peggy", "margaret"},  {"mike", "michael"},   {"mick", "michael"},     {"molly", "mary"},
    {"nick", "nicholas"},   {"peg", "margaret"},   {"rick", "richard"},     {"rob", "robert"},
    {"ron", "ronald"},      {"sally", "sarah"},    {"sascha", "alexander"}, {"steve", "stephen"},
    {"steve", "steven"},    {"sue", "susan"},      {"ted", "edward"},       {"ted", "theodore"},
    {"tony", "anthony"},    {"trish", "patricia"}, {"bill", "wilhelm"},     {"hans", "johannes"},
    {"sepp", "josef"},      {"paco", "francisco"}, {"pepe", "jose"},        {"kim", "kimberly"},
    {"cathy", "catherine"}, {"dan", "daniel"},     {"tom", "thomas"},
});

template <class Table>
bool stands_in(const Table& table, std::string_view word) {
  return std::ranges::find(table, word) != table.end();
}

// Folded letters alone: "M.B.A." -> "mba".
std::string letters(std::string_view word) {
  std::string out;
  for (const char c : fold(word)) {
    if (std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80) out += c;
  }
  return out;
}

// Without what stands in brackets: pronouns, maiden and nick names.
std::string without_brackets(std::string_view name) {
  std::string out;
  int depth = 0;
  for (const char c : name) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c == '\t' || c == '\r' || c == '\n' ? ' ' : c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return out;
}

struct NameWord {
  std::string_view text;
  bool after_comma;
};

std::vector<NameWord> words_of(std::string_view name) {
  std::vector<NameWord> words;
  bool after_comma = false;
  while (!name.empty()) {
    const auto end = name.find_first_of(" ,");
    if (end != 0) words.push_back({name.substr(0, end), after_comma});
    if (end == std::string_view::npos) break;
    after_comma = after_comma || (name[end] == ',' && !words.empty());
    name.remove_prefix(end + 1);
  }
  return words;
}

std::string without_umlaut_digraphs(std::string_view word) {
  std::string out;
  for (const char c : word) {
    const bool digraph =
        c == 'e' && !out.empty() && (out.back() == 'a' || out.back() == 'o' || out.back() == 'u');
    if (!digraph) out += c;
  }
  return out;
}

// Levenshtein with neighbours swapped as one slip; names are short, and longer words are not compared.
std::size_t slips(std::string_view a, std::string_view b) {
  std::vector<std::vector<std::size_t>> cost(a.size() + 1, std::vector<std::size_t>(b.size() + 1));
  for (std::size_t i = 0; i <= a.size(); ++i) {
    for (std::size_t j = 0; j <= b.size(); ++j) {
      if (i == 0 || j == 0) {
        cost[i][j] = i + j;
        continue;
      }
      const std::size_t changed = a[i - 1] == b[j - 1] ? 0 : 1;
      cost[i][j] = std::min({cost[i - 1][j] + 1, cost[i][j - 1] + 1, cost[i - 1][j - 1] + changed});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        cost[i][j] = std::min(cost[i][j], cost[i - 2][j - 2] + 1);
    }
  }
  return cost[a.size()][b.size()];
}

}  // namespace

bool is_credential(std::string_view word) { return stands_in(credentials, letters(word)); }

bool is_honorific(std::string_view word) { return stands_in(honorifics, letters(word)); }

namespace {

// "Ma" is a family name, "MA" and "M.A." a degree.
bool is_written_as_degree(std::string_view word) {
  return std::ranges::count_if(word, [](unsigned char c) { return std::isupper(c) != 0; }) >= 2 ||
         letters(word) == "phd";
}

}  // namespace

std::string bare_name(std::string_view name) {
  const auto plain = without_brackets(name);
  std::string out;
  bool in_front = true;
  for (const auto& word : words_of(plain)) {
    in_front = in_front && is_honorific(word.text);
    const bool generation = stands_in(generations, letters(word.text));
    // What stands behind a comma is a degree, whatever the table knows.
    const bool degree = !out.empty() && is_credential(word.text) && is_written_as_degree(word.text);
    if (in_front || degree || (word.after_comma && !generation)) continue;
    out += (out.empty() ? "" : " ") + std::string(word.text);
  }
  return out;
}

std::vector<std::string> name_words(std::string_view name) {
  const auto form = spaced(bare_name(name));
  const auto words = split_words(form);
  return {words.begin(), words.end()};
}

bool is_same_name_word(std::string_view a, std::string_view b) {
  const auto x = fold(a);
  const auto y = fold(b);
  return x == y || without_umlaut_digraphs(x) == without_umlaut_digraphs(y);
}

bool is_short_form(std::string_view short_form, std::string_view given_name) {
  const auto x = fold(short_form);
  const auto y = fold(given_name);
  if (x.size() >= 3 && y.starts_with(x)) return true;
  return std::ranges::any_of(short_forms,
                             [&](const auto& row) { return row.short_form == x && row.given_name == y; });
}

bool is_misspelling(std::string_view word, std::string_view name_word) {
  constexpr std::size_t longest = 40;
  const auto x = fold(word);
  const auto y = fold(name_word);
  if (x.size() < 3 || y.size() < 3 || x.size() > longest || y.size() > longest) return false;
  if (is_same_name_word(x, y)) return false;
  return slips(x, y) <= (std::min(x.size(), y.size()) >= 4 ? 2u : 1u);
}

}  // namespace tertius
