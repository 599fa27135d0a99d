#include "storage/keys.hpp"

#include "broker/words.hpp"

namespace tertius::storage {
namespace {

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

void drop_prefix(std::string_view& text, std::string_view prefix) {
  if (text.starts_with(prefix)) text.remove_prefix(prefix.size());
}

// LinkedIn serves one profile under de., uk., ... too.
void drop_country(std::string_view& host_and_path) {
  constexpr std::string_view linkedin = ".linkedin.com/";
  if (host_and_path.size() > 2 && host_and_path.substr(2).starts_with(linkedin))
    host_and_path.remove_prefix(3);
}

}  // namespace

std::string recipient_key(std::string_view address) {
  const auto parsed = parse_address(address);
  return parsed ? address_key(parsed.value()) : ascii_lower(address);
}

Address stored_address(const std::string& text) {
  const auto at = text.rfind('@');
  if (at == text.npos) return {text, ""};
  return {text.substr(0, at), text.substr(at + 1)};
}

std::string profile_key(std::string_view url) {
  const std::string lower = ascii_lower(url.substr(0, url.find_first_of("?#")));
  std::string_view key = lower;
  drop_prefix(key, "https://");
  drop_prefix(key, "http://");
  drop_prefix(key, "www.");
  drop_country(key);
  while (key.ends_with('/')) key.remove_suffix(1);
  return std::string(key);
}

std::string folded_words(const Person& person) {
  return spaced(person.name + " " + person.organisation + " " + person.title);
}

}  // namespace tertius::storage
