#include "storage/shown_url.hpp"

#include <algorithm>
#include <string_view>

namespace tertius::storage {
namespace {

// libpq's keywords may be quoted, and what is in them escaped: password='two words'.
std::size_t find_end_of_value(const std::string& url, std::size_t start) {
  if (url.find("://") != url.npos) return std::min(url.find('&', start), url.size());
  bool quoted = false;
  for (std::size_t i = start; i < url.size(); ++i) {
    if (url[i] == '\\')
      ++i;
    else if (url[i] == '\'')
      quoted = !quoted;
    else if (url[i] == ' ' && !quoted)
      return i;
  }
  return url.size();
}

// password=, sslpassword=, and password = between keywords.
void mask_parameters(std::string& url) {
  constexpr std::string_view word = "password", masked = "...";
  for (auto found = url.find(word); found != url.npos; found = url.find(word, found)) {
    const auto equals = url.find_first_not_of(' ', found += word.size());
    if (equals == url.npos || url[equals] != '=') continue;
    found = std::min(url.find_first_not_of(' ', equals + 1), url.size());
    url.replace(found, find_end_of_value(url, found) - found, masked);
  }
}

bool is_parameter(std::string_view text) {
  const auto name = text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_");
  return name != text.npos && name > 0 && text[name] == '=';
}

// A password may have slashes, at signs and question marks in it that should have been encoded.
std::size_t find_query(const std::string& url) {
  auto mark = url.find('?');
  while (mark != url.npos && !is_parameter(std::string_view(url).substr(mark + 1)))
    mark = url.find('?', mark + 1);
  return mark;
}

// The last that is before the query, or in the authority: "ada:s3?x=cret@db" is one, question mark and all.
std::size_t find_end_of_user(const std::string& url, std::size_t start) {
  const auto before_query = url.substr(0, find_query(url)).rfind('@');
  const auto in_authority = url.substr(0, url.find('/', start)).rfind('@');
  if (before_query == url.npos || in_authority == url.npos) return std::min(before_query, in_authority);
  return std::max(before_query, in_authority);
}

void drop_password_of_user(std::string& url) {
  const auto slashes = url.find("://");
  const auto start = slashes == url.npos ? 0 : slashes + 3;
  const auto at = find_end_of_user(url, start), colon = url.find(':', start);
  if (at != url.npos && colon < at) url.erase(colon, at - colon);
}

}  // namespace

std::string shown_url(const std::string& url) {
  if (url.starts_with("sqlite:")) return url;
  std::string shown = url;
  mask_parameters(shown);
  drop_password_of_user(shown);
  return shown;
}

}  // namespace tertius::storage
