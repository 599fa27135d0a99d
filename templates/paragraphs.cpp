#include "templates/paragraphs.hpp"

#include <algorithm>

namespace tertius::templates {

namespace {

// Code points, not bytes: a German line may be as wide as an English one.
std::size_t columns(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string_view next_word(std::string_view& line) {
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const auto word = line.substr(0, line.find(' '));
  line.remove_prefix(word.size());
  return word;
}

void break_line(std::string_view line, std::string& out) {
  const auto indent = line.substr(0, line.find_first_not_of(' '));
  // The lines below a point of a list stand under its words.
  const std::size_t hang = indent.size() + (line.substr(indent.size()).starts_with("* ") ? 2 : 0);
  std::size_t used = columns(indent);
  out += indent;
  bool first = true;
  for (auto word = next_word(line); !word.empty(); word = next_word(line)) {
    const auto width = columns(word);
    if (!first && used + 1 + width > text_columns) {
      out += '\n';
      out.append(hang, ' ');
      used = hang;
      first = true;
    }
    if (!first) out += ' ';
    used += width + (first ? 0 : 1);
    out += word;
    first = false;
  }
}

std::string_view without_trailing_space(std::string_view line) {
  return line.substr(0, line.find_last_not_of(" \t") + 1);
}

}  // namespace

std::string set_paragraphs(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 32);
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = without_trailing_space(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() && (out.empty() || out.ends_with("\n\n"))) continue;
    if (line.size() <= text_columns) {
      out += line;
    } else {
      break_line(line, out);
    }
    out += '\n';
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

}  // namespace tertius::templates
