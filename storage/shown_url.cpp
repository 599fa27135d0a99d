#include "storage/shown_url.hpp"

#include <algorithm>
#include <string_view>

namespace tertius::storage {
namespace {

// password=, sslpassword=
void mask_parameters(std::string& url) {
  constexpr std::string_view word = "password=", masked = "...";
  for (auto found = url.find(word); found != url.npos; found = url.find(word, found)) {
    found += word.size();
    url.replace(found, std::min(url.find_first_of("& ", found), url.size()) - found, masked);
  }
}

// A password may have a slash or an at sign in it that should have been encoded.
std::size_t find_end_of_user(const std::string& url, std::size_t start) {
  const auto in_authority = url.substr(0, url.find('/', start)).rfind('@');
  return in_authority != url.npos ? in_authority : url.substr(0, url.find('?', start)).rfind('@');
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
