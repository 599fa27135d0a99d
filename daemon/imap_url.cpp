#include "daemon/imap_url.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <charconv>

#include "mail/ascii.hpp"
#include "mail/imap_folder.hpp"

namespace tertius::daemon {

namespace {

Failure wrong(std::string what) { return {std::move(what), "url = \"imaps://imap.example.org/INBOX\""}; }

bool is_this_machine(std::string_view host) {
  return host == "127.0.0.1" || host == "localhost" || host == "::1";
}

bool read_port(const std::string& digits, std::uint16_t& port) {
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  return error == std::errc{} && end == digits.data() + digits.size() && port > 0;
}

}  // namespace

Result<ImapUrl> parse_imap_url(std::string_view text) {
  const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
  if (!parsed) return wrong("is no URL");
  const boost::urls::url_view url = *parsed;
  const std::string scheme = mail::lower(std::string_view(url.scheme()));
  if (scheme != "imaps" && scheme != "imap") return wrong("begins neither with imaps:// nor with imap://");
  if (url.has_userinfo()) return wrong("holds a user, which belongs into imap.user");
  if (url.has_query() || url.has_fragment()) return wrong("holds more than a host and a folder");
  ImapUrl out;
  out.host = url.host_address();
  if (out.host.empty()) return wrong("names no host");
  out.security = scheme == "imaps" ? mail::Security::tls : mail::Security::starttls;
  if (scheme == "imap" && is_this_machine(out.host)) out.security = mail::Security::none;
  out.port = scheme == "imaps" ? 993 : 143;
  if (url.has_port() && !read_port(std::string(url.port()), out.port))
    return wrong("has a port that is none");
  const std::string path = url.path();
  if (path.size() > 1) out.folder = path.substr(1);
  if (!mail::imap_folder(out.folder)) return wrong("names a folder that cannot be one");
  return out;
}

}  // namespace tertius::daemon
