#include "broker/find_person.hpp"

#include "broker/calendar_words.hpp"

namespace tertius::reading {
namespace {

// Capitals that begin a sentence, address somebody or are a German noun beside a name.
constexpr std::string_view not_names =
    " i ask try contact please no yes but instead better maybe perhaps the you she he mr mrs ms dr herr "
    "herrn frau sie ihn her him im id ill person ansprechpartner ansprechpartnerin kollege kollegin kontakt "
    "hi hello sorry why frag fragen thanks not ";

bool is_name_word(const Word& word) {
  return word.capital && !find_month(word.text) && !find_unit(word.text) && !is_next(word.text) &&
         !find_weekday(word.text) && not_names.find(" " + word.text + " ") == std::string_view::npos;
}

// A tab or worse between the words of a name goes into a mail of ours.
std::string on_one_line(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool blank = (c >= 0 && c <= ' ') || c == 0x7f;
    if (!blank)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return out;
}

// An address may hold letters of any script, but nobody means the quotes around it.
std::string_view without_quotes(std::string_view text) {
  for (std::string_view quote :
       {"\u201c", "\u201d", "\u201e", "\u2018", "\u2019", "\u00ab", "\u00bb", "\u2039", "\u203a"}) {
    if (text.starts_with(quote)) text.remove_prefix(quote.size());
    if (text.ends_with(quote)) text.remove_suffix(quote.size());
  }
  return text;
}

std::string_view address_at(std::string_view text, std::size_t at) {
  const auto is_local = [](char c) {
    return static_cast<unsigned char>(c) > ' ' && c != 0x7f &&
           std::string_view("<>()[],;:\"'").find(c) == std::string_view::npos;
  };
  std::size_t first = at, last = at + 1;
  while (first > 0 && at - first < 64 && is_local(text[first - 1])) --first;
  while (last < text.size() && last - at < 255 && is_local(text[last])) ++last;
  while (last > at && std::string_view(".!?").find(text[last - 1]) != std::string_view::npos) --last;
  const std::string_view found = without_quotes(text.substr(first, last - first));
  const std::size_t sign = found.find('@');
  return sign > 0 && sign != found.npos && found.find('.', sign) != found.npos ? found : std::string_view{};
}

}  // namespace

std::string find_person(std::string_view text, const Text& words, std::size_t first, std::size_t last) {
  if (first >= last || last > words.words.size()) return {};
  const std::size_t begin = words.words[first].begin, end = words.words[last - 1].end;
  for (std::size_t at = text.find('@', begin); at != std::string_view::npos && at < end;
       at = text.find('@', at + 1))
    if (const auto address = address_at(text, at); !address.empty()) return std::string(address);
  for (std::size_t i = first; i < last; ++i) {
    if (!is_name_word(words.words[i])) continue;
    std::size_t stop = i + 1;
    while (stop < last && stop < i + 4 && is_name_word(words.words[stop]) &&
           words.words[stop].clause == words.words[i].clause)
      ++stop;
    return on_one_line(text.substr(words.words[i].begin, words.words[stop - 1].end - words.words[i].begin));
  }
  // Names without capitals stand directly before "に聞いて" and directly behind "可以问".
  if (!is_ideographic(words.words[first]) || last - first < 2) return {};
  const std::size_t length = std::min<std::size_t>(last - first, 8);
  return on_one_line(text.substr(begin, words.words[first + length - 1].end - begin));
}

}  // namespace tertius::reading
