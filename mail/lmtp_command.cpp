#include "mail/lmtp_command.hpp"

#include <algorithm>

#include "broker/address.hpp"

namespace tertius::mail {
namespace {

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; }

std::string upper(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), [](char c) { return upper(c); });
  return out;
}

std::string_view trim(std::string_view text) {
  const auto first = text.find_first_not_of(' ');
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(' ') - first + 1);
}

// Where the ">" stands that ends the path: not one inside a quoted local part.
std::size_t find_path_end(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (quoted && text[i] == '\\')
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == '>' && !quoted)
      return i;
  }
  return std::string_view::npos;
}

std::vector<Parameter> split_parameters(std::string_view text) {
  std::vector<Parameter> parameters;
  for (text = trim(text); !text.empty(); text = trim(text)) {
    const auto word = text.substr(0, text.find(' '));
    const auto equals = std::min(word.find('='), word.size());
    parameters.push_back(
        {upper(word.substr(0, equals)), std::string(word.substr(std::min(equals + 1, word.size())))});
    text.remove_prefix(word.size());
  }
  return parameters;
}

}  // namespace

CommandLine split_command(std::string_view line) {
  line = trim(line);
  const auto verb = line.substr(0, line.find(' '));
  return {upper(verb), trim(line.substr(verb.size()))};
}

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; });
}

// It is only kept: other people's SRS and VERP local parts are longer than RFC 5321 4.5.3.1.1 allows, and
// some providers gave out addresses such as "name.@...". Refusing one would bounce a letter that is for us.
bool is_reverse_path(std::string_view address) {
  constexpr std::size_t longest = 1000;
  return address.empty() || (address.size() <= longest && is_printable(address)) || parse_address(address);
}

std::optional<Path> find_path(std::string_view argument, std::string_view keyword) {
  if (upper(argument.substr(0, keyword.size())) != keyword) return {};
  // "FROM: <x>" is against the grammar and written by many.
  const auto rest = trim(argument.substr(keyword.size()));
  if (!rest.starts_with('<')) return {};
  const auto end = find_path_end(rest);
  if (end == std::string_view::npos || (end + 1 < rest.size() && rest[end + 1] != ' ')) return {};
  auto address = rest.substr(1, end - 1);
  if (address.starts_with('@')) address.remove_prefix(std::min(address.size(), address.find(':') + 1));
  Path path{std::string(address), split_parameters(rest.substr(end + 1))};
  const bool reverse = keyword == "FROM:" && is_reverse_path(address);
  if (address.empty() || reverse || upper(address) == "POSTMASTER" || parse_address(address)) return path;
  return {};
}

}  // namespace tertius::mail
