#include "contacts/profile_url.hpp"

#include <algorithm>
#include <boost/url/encode.hpp>
#include <boost/url/pct_string_view.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <cctype>

#include "broker/words.hpp"

namespace tertius::contacts {

namespace {

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

bool is_linkedin(std::string_view host) { return host == "linkedin.com" || host.ends_with(".linkedin.com"); }

bool is_slug_character(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return std::isalnum(octet) != 0 || octet >= 0x80 ||
         std::string_view("-_.%~").find(c) != std::string_view::npos;
}

// LinkedIn's archive has "j%C3%A4ne", a card written by hand may have "jäne" or "j%c3%a4ne". Empty where the
// slug is none.
std::string one_spelling(std::string_view slug) {
  constexpr std::size_t longest_slug = 200;
  if (slug.empty() || !std::ranges::all_of(slug, is_slug_character)) return {};
  const auto escaped = boost::urls::make_pct_string_view(slug);
  const std::string plain = escaped ? lower(escaped->decode()) : std::string(slug);
  if (plain.size() > longest_slug) return {};
  return lower(boost::urls::encode(plain, boost::urls::unreserved_chars));
}

}  // namespace

std::string make_profile_url(std::string_view url) {
  auto rest = trim(url);
  if (const auto scheme = rest.find("://"); scheme != std::string_view::npos) {
    const auto name = lower(rest.substr(0, scheme));
    if (name != "http" && name != "https") return {};
    rest.remove_prefix(scheme + 3);
  }
  const auto slash = rest.find('/');
  if (slash == std::string_view::npos || !is_linkedin(lower(rest.substr(0, slash)))) return {};
  rest.remove_prefix(slash);
  const auto path = lower(rest.substr(0, rest.find_first_of("?#")));
  constexpr std::string_view personal = "/in/";
  if (!path.starts_with(personal)) return {};
  const auto slug =
      one_spelling(path.substr(personal.size(), path.find('/', personal.size()) - personal.size()));
  return slug.empty() ? "" : "https://www.linkedin.com/in/" + slug;
}

}  // namespace tertius::contacts
