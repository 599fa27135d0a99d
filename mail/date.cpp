#include "mail/date.hpp"

#include <curl/curl.h>

#include <string>

namespace tertius::mail {

std::optional<Time> read_date(std::string_view field) {
  // A comment behind the zone, "+0200 (CEST)", is to libcurl a second zone, and no date.
  constexpr std::size_t most_octets = 128;
  const std::string text(field.substr(0, std::min(field.find('('), most_octets)));
  const std::time_t seconds = curl_getdate(text.c_str(), nullptr);
  if (seconds <= 0) return std::nullopt;
  return from_unix_seconds(seconds);
}

}  // namespace tertius::mail
