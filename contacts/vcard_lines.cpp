#include "contacts/vcard_lines.hpp"

#include <algorithm>
#include <cctype>

#include "broker/utf8.hpp"
#include "broker/words.hpp"

namespace tertius::contacts {

namespace {

constexpr std::size_t longest_value = 65'536;  // photographs are cut off, nothing that we read is this long

std::string upper(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return out;
}

// Where the parameters end; a quoted parameter may hold colons (RFC 6350 3.3).
std::size_t find_outside_quotes(std::string_view text, char wanted) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (text[i] == wanted && !quoted) return i;
  }
  return std::string_view::npos;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const int lower = std::tolower(static_cast<unsigned char>(c));
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string from_quoted_printable(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '=' && i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
    const int low = high >= 0 ? hex_digit(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

std::string from_latin1(std::string_view text) {
  std::string out;
  for (const char c : text) append_code_point(out, static_cast<unsigned char>(c));
  return out;
}

bool has_parameter(const CardProperty& property, std::string_view wanted) {
  return std::ranges::find(property.parameters, wanted) != property.parameters.end();
}

void decode(CardProperty& property) {
  if (has_parameter(property, "ENCODING=B") || has_parameter(property, "ENCODING=BASE64") ||
      has_parameter(property, "BASE64")) {
    property.readable = false;
    property.value.clear();
    return;
  }
  if (has_parameter(property, "ENCODING=QUOTED-PRINTABLE") || has_parameter(property, "QUOTED-PRINTABLE"))
    property.value = from_quoted_printable(property.value);
  if (is_utf8(property.value)) return;
  // Old telephones name no charset and write Latin-1; an octet sequence that is not UTF-8 hardly is anything
  // else.
  const bool foreign = std::ranges::any_of(property.parameters, [](const std::string& parameter) {
    return parameter.starts_with("CHARSET=") && parameter != "CHARSET=ISO-8859-1" &&
           parameter != "CHARSET=WINDOWS-1252" && parameter != "CHARSET=UTF-8" &&
           parameter != "CHARSET=ISO-8859-15";
  });
  property.readable = !foreign;
  property.value = foreign ? std::string{} : from_latin1(property.value);
}

void read_head(std::string_view head, CardProperty& property) {
  std::size_t end = find_outside_quotes(head, ';');
  auto name = head.substr(0, end);
  if (const auto dot = name.find('.'); dot != std::string_view::npos)
    name.remove_prefix(dot + 1);  // "item1.EMAIL"
  property.name = upper(trim(name));
  while (end != std::string_view::npos) {
    head.remove_prefix(end + 1);
    end = find_outside_quotes(head, ';');
    auto parameter = upper(trim(head.substr(0, end)));
    std::erase(parameter, '"');
    property.parameters.push_back(std::move(parameter));
  }
}

}  // namespace

std::string_view CardReader::take_line() {
  const auto end = rest_.find('\n');
  auto line = rest_.substr(0, end);
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string CardReader::take_folded() {
  std::string line(take_line());
  const auto colon = find_outside_quotes(line, ':');
  const bool soft =
      upper(std::string_view(line).substr(0, colon)).find("QUOTED-PRINTABLE") != std::string::npos;
  const auto append = [&](std::string_view more) {
    if (line.size() < longest_value) line += more;
  };
  while (!rest_.empty()) {
    if (soft && line.ends_with('=')) {
      line.pop_back();
      append(take_line());
    } else if (rest_.front() == ' ' || rest_.front() == '\t') {
      append(take_line().substr(1));
    } else {
      break;
    }
  }
  return line;
}

bool CardReader::next(CardProperty& property) {
  property = {};
  std::string line;
  while (line.empty()) {
    if (rest_.empty()) return false;
    line = take_folded();
  }
  const auto colon = find_outside_quotes(line, ':');
  if (colon == std::string_view::npos) return true;
  read_head(std::string_view(line).substr(0, colon), property);
  property.value = line.substr(colon + 1);
  decode(property);
  return true;
}

std::string unescape(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 >= value.size()) {
      out += value[i];
      continue;
    }
    ++i;
    out += value[i] == 'n' || value[i] == 'N' ? ' ' : value[i];
  }
  return std::string(trim(out));
}

std::vector<std::string> split_value(std::string_view value, char separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '\\') {
      ++i;
    } else if (value[i] == separator) {
      parts.push_back(unescape(value.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  parts.push_back(unescape(value.substr(begin)));
  return parts;
}

}  // namespace tertius::contacts
