#include "web/http.hpp"

#include <boost/url/params_view.hpp>
#include <boost/url/parse_query.hpp>

#include "broker/utf8.hpp"

namespace tertius::web {

namespace {

bool is_text(char32_t point) {
  return point == U'\n' || point == U'\t' ||
         (point >= 0x20 && point != 0x7f && !(point >= 0x80 && point < 0xa0));
}

std::string origin_of(std::string_view url) {
  const auto host = url.find("://");
  if (host == std::string_view::npos) return std::string(url);
  return std::string(url.substr(0, url.find('/', host + 3)));
}

}  // namespace

std::string clean_text(std::string_view value) {
  std::string out;
  while (!value.empty()) {
    char32_t point = take_code_point(value);
    if (point == U'\r') {
      if (!value.empty() && value.front() == '\n') continue;
      point = U'\n';
    }
    if (is_text(point)) append_code_point(out, point);
  }
  return out;
}

Form read_raw_form(std::string_view encoded) {
  Form form;
  boost::urls::encoding_opts plus_is_space;
  plus_is_space.space_as_plus = true;
  // Boost 1.81 reads on to a NUL behind the view that it is given.
  const std::string terminated(encoded);
  const auto parsed = boost::urls::parse_query(terminated);
  if (!parsed) return form;
  for (const auto& param : boost::urls::params_view(parsed->buffer(), plus_is_space)) {
    form.insert_or_assign(param.key, param.value);
  }
  return form;
}

Form read_form(std::string_view encoded) {
  Form form;
  for (const auto& [name, value] : read_raw_form(encoded))
    form.insert_or_assign(clean_text(name), clean_text(value));
  return form;
}

std::string field(const Form& form, const std::string& name) {
  const auto found = form.find(name);
  return found == form.end() ? std::string() : found->second;
}

std::vector<std::string> path_parts(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    const auto slash = path.find('/');
    if (slash != 0) parts.emplace_back(path.substr(0, slash));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return parts;
}

// Browsers write "Origin: null" where the page's Referrer-Policy is no-referrer (Fetch, "append a request
// Origin header") and where privacy settings say so: then it says nothing, and Sec-Fetch-Site, which no page
// can set, decides.
bool is_same_origin(const HttpRequest& request, std::string_view public_url) {
  const auto origin = request.headers.find("origin");
  if (origin != request.headers.end() && origin->second != "null")
    return origin->second == origin_of(public_url);
  const auto site = request.headers.find("sec-fetch-site");
  return site != request.headers.end() && site->second == "same-origin";
}

HttpResponse see_other(std::string location) {
  HttpResponse out;
  out.status = 303;
  out.headers = {{"Location", std::move(location)}};
  return out;
}

}  // namespace tertius::web
