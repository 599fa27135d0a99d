#pragma once
// A request and a response without a socket: what web/ takes and gives. Header names are lower case.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::web {

struct HttpRequest {
  std::string method;  // "GET"
  std::string path;    // percent-decoded, "/d/<token>/forward"
  std::string query;   // as it came, without "?"
  std::map<std::string, std::string> headers;
  std::string body;
  std::string network = {};  // whose it is, for limits; empty: not known, and without limits
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "text/html; charset=utf-8";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

// Control characters but line ends and tabs go, CRLF becomes LF, invalid UTF-8 becomes U+FFFD: what people
// type is text.
std::string clean_text(std::string_view value);

using Form = std::map<std::string, std::string>;

// application/x-www-form-urlencoded, from a body or a query; what is malformed is left out. Names and
// values are cleaned.
Form read_form(std::string_view encoded);
Form read_raw_form(std::string_view encoded);                  // octet for octet
std::string field(const Form& form, const std::string& name);  // "" where absent

// The parts of a path between slashes: "/d/x/forward" -> d, x, forward.
std::vector<std::string> path_parts(std::string_view path);

// A POST from a page of our own: Origin (RFC 6454), else Sec-Fetch-Site. A request with neither is not a
// browser's form.
bool is_same_origin(const HttpRequest& request, std::string_view public_url);

HttpResponse see_other(std::string location);  // after a POST: what is reloaded then is a GET

}  // namespace tertius::web
