#include "templates/sentences.hpp"

#include <algorithm>
#include <string>

namespace tertius::templates {

namespace {

std::size_t count_values(std::string_view text) {
  std::size_t count = 0;
  for (auto at = text.find("{}"); at != text.npos; at = text.find("{}", at + 2)) ++count;
  return count;
}

std::string_view take_line(std::string_view& text) {
  const auto end = std::min(text.find('\n'), text.size());
  const auto line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

}  // namespace

Result<Sentences> make_sentences(std::string_view text) {
  constexpr std::string_view mark = "= ";
  Sentences sentences;
  for (std::string_view english; !text.empty();) {
    const auto line = take_line(text);
    if (line.empty() || line.starts_with('#')) continue;
    if (!line.starts_with(mark)) {
      if (!english.empty()) return Failure{"no translation follows \"" + std::string{english} + "\"", ""};
      english = line;
      continue;
    }
    const auto translation = line.substr(mark.size());
    if (english.empty()) return Failure{"no English stands above \"" + std::string{translation} + "\"", ""};
    if (count_values(english) != count_values(translation))
      return Failure{"\"" + std::string{translation} + "\" has other values than its English",
                     "Each {} of the English wants one in the translation, in the same order."};
    sentences.emplace(english, translation);
    english = {};
  }
  return sentences;
}

}  // namespace tertius::templates
