#include "mail/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"

namespace tertius::mail {
namespace {

// More pieces than this is an attack on whoever joins them; real file names need a dozen.
constexpr std::size_t most_parameters = 256;

// Comments out, with their nesting; quoted strings are not looked into.
std::string without_comments(std::string_view field) {
  std::string out;
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char c = field[i];
    const bool escaped = c == '\\' && (quoted || depth > 0) && i + 1 < field.size();
    if (escaped && depth == 0) out += c;
    if (escaped) {
      if (depth == 0) out += field[i + 1];
      ++i;
      continue;
    }
    if (c == '"' && depth == 0) quoted = !quoted;
    if (!quoted && c == '(') ++depth;
    if (depth == 0) out += c;
    if (!quoted && c == ')' && depth > 0) --depth;
  }
  // An open bracket that never closes is no comment but part of somebody's file name.
  return depth == 0 ? out : std::string(field);
}

// `field` begins with a quote. Takes the string off it, unescaped. A quote that never closes ends with the
// field.
std::string take_quoted(std::string_view& field) {
  std::string out;
  std::size_t i = 1;
  for (; i < field.size() && field[i] != '"'; ++i) {
    // Only \" and \\ are escapes in practice: Windows clients write bare paths, "C:\temp\a.txt".
    const bool escape =
        field[i] == '\\' && i + 1 < field.size() && (field[i + 1] == '"' || field[i + 1] == '\\');
    out += field[escape ? ++i : i];
  }
  field.remove_prefix(std::min(i + 1, field.size()));
  return out;
}

std::string take_value(std::string_view& field) {
  while (!field.empty() && is_blank(field.front())) field.remove_prefix(1);
  std::string value;
  if (field.starts_with('"')) value = take_quoted(field);
  const std::size_t end = std::min(field.find(';'), field.size());
  if (value.empty()) value = trim(field.substr(0, end));
  field.remove_prefix(std::min(end + 1, field.size()));
  return value;
}

int hex(char c) {
  const auto* digits = "0123456789abcdef";
  const auto* found = std::find(digits, digits + 16, lower(c));
  return found == digits + 16 ? -1 : static_cast<int>(found - digits);
}

std::string decode_percent(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? hex(text[i + 1]) : -1;
    const int low = high >= 0 ? hex(text[i + 2]) : -1;
    if (low < 0) {
      out += text[i];
    } else {
      out += static_cast<char>(high * 16 + low);
      i += 2;
    }
  }
  return out;
}

// One piece of an RFC 2231 parameter: name*, name*0, name*0*.
struct Piece {
  std::string_view text;
  bool encoded = false;
};

struct Suffix {
  int number = 0;
  bool encoded = false;
};

// "*", "*3", "*3*" behind the name; nothing for anything else.
std::optional<Suffix> parse_suffix(std::string_view suffix) {
  if (!suffix.starts_with('*')) return {};
  Suffix out;
  suffix.remove_prefix(1);
  if (suffix.empty()) return Suffix{0, true};
  out.encoded = suffix.ends_with('*');
  if (out.encoded) suffix.remove_suffix(1);
  const auto [end, error] = std::from_chars(suffix.data(), suffix.data() + suffix.size(), out.number);
  if (error != std::errc{} || end != suffix.data() + suffix.size()) return {};
  return out;
}

std::map<int, Piece> pieces_of(const ParameterField& field, std::string_view name) {
  std::map<int, Piece> pieces;
  for (const auto& [key, value] : field.parameters) {
    if (!key.starts_with(name)) continue;
    if (const auto suffix = parse_suffix(std::string_view(key).substr(name.size()))) {
      pieces.try_emplace(suffix->number, Piece{value, suffix->encoded});
    }
  }
  return pieces;
}

// charset'language'text; the charset stands in the first piece and holds for all.
std::string join(const std::map<int, Piece>& pieces) {
  std::string bytes, charset;
  int expected = 0;
  for (const auto& [number, piece] : pieces) {
    if (number != expected++) break;  // a piece is missing: what follows cannot be placed
    std::string_view text = piece.text;
    if (number == 0 && piece.encoded) {
      const std::size_t first = text.find('\''),
                        second = first == text.npos ? first : text.find('\'', first + 1);
      if (second != text.npos) {
        charset = text.substr(0, first);
        text.remove_prefix(second + 1);
      }
    }
    bytes += piece.encoded ? decode_percent(text) : std::string(text);
  }
  return to_utf8(bytes, charset);
}

}  // namespace

ParameterField read_parameters(std::string_view field) {
  const std::string cleaned = without_comments(field);
  std::string_view rest = trim(cleaned);
  ParameterField out;
  const std::size_t end = std::min(rest.find(';'), rest.size());
  out.value = lower(trim(rest.substr(0, end)));
  // "text/plain charset=utf-8": the semicolon is forgotten often enough.
  if (const std::size_t blank = out.value.find_first_of(" \t"); blank != std::string::npos) {
    const bool forgotten = out.value.find('=', blank) != std::string::npos;
    rest.remove_prefix(forgotten ? std::min(rest.find(out.value[blank], 1) + 1, rest.size())
                                 : std::min(end + 1, rest.size()));
    out.value.resize(blank);
  } else {
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  while (!rest.empty() && out.parameters.size() < most_parameters) {
    const std::size_t equals = rest.find_first_of("=;");
    if (equals == rest.npos) break;
    const std::string name = lower(trim(rest.substr(0, equals)));
    const bool has_value = rest[equals] == '=';
    rest.remove_prefix(equals + 1);
    if (has_value) out.parameters.emplace_back(name, take_value(rest));
  }
  return out;
}

std::string_view find_parameter(const ParameterField& field, std::string_view name) {
  const auto found = std::find_if(field.parameters.begin(), field.parameters.end(),
                                  [&](const auto& parameter) { return parameter.first == name; });
  return found == field.parameters.end() ? std::string_view{} : std::string_view(found->second);
}

std::string decoded_parameter(const ParameterField& field, std::string_view name) {
  const auto pieces = pieces_of(field, name);
  if (!pieces.empty()) return decode_words(join(pieces));
  return decode_words(find_parameter(field, name));
}

}  // namespace tertius::mail
