#include "mail/header_block.hpp"

#include <algorithm>

#include "mail/ascii.hpp"

namespace tertius::mail {
namespace {

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::vector<HeaderField> read_header_block(std::string_view block) {
  std::vector<HeaderField> fields;
  while (!block.empty()) {
    const std::string_view line = take_line(block);
    if (line.empty()) break;
    if (is_blank(line.front())) {
      if (!fields.empty()) fields.back().value.append(" ").append(trim(line));
      continue;
    }
    const std::size_t colon = line.find(':');
    if (colon == 0 || colon == line.npos) continue;
    fields.push_back({std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
  return fields;
}

// One search for either line end: two, one of which finds nothing, would each time run to the end of the
// letter.
std::size_t header_block_length(std::string_view text) {
  for (std::size_t line = 0; line < text.size();) {
    const std::size_t next = std::min(text.find('\n', line), text.size() - 1) + 1;
    const std::string_view ended = text.substr(line, next - line);
    if (ended == "\n" || ended == "\r\n") return next;
    line = next;
  }
  return text.size();
}

std::string_view find_field(const std::vector<HeaderField>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(), [&](const HeaderField& field) {
    return equals_ignoring_case(field.name, name);
  });
  return found == fields.end() ? std::string_view{} : std::string_view(found->value);
}

}  // namespace tertius::mail
