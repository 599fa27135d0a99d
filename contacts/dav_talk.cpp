#include "contacts/dav_talk.hpp"

#include <boost/url/parse.hpp>
#include <boost/url/url.hpp>
#include <utility>

namespace tertius::contacts {
namespace {

constexpr int most_hops = 5;
constexpr std::string_view hex = "0123456789ABCDEF";

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// RFC 3986, 3.3: what stands in a path as itself.
bool is_path_character(unsigned char c) {
  constexpr std::string_view marks = "-._~!$&'()*+,;=:@/";
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  return is_letter || marks.find(static_cast<char>(c)) != marks.npos;
}

void append_octet(std::string& out, unsigned char c, bool was_escaped) {
  const bool as_itself = is_path_character(c) && !(was_escaped && c == '/');
  if (as_itself) {
    out += static_cast<char>(c);
    return;
  }
  out += '%';
  out += hex[c >> 4];
  out += hex[c & 15];
}

// Some servers write "@" and some "%40", and some write spaces as they are.
std::string canonical_path(std::string_view path) {
  std::string out;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool is_escape =
        path[i] == '%' && i + 2 < path.size() && hex_value(path[i + 1]) >= 0 && hex_value(path[i + 2]) >= 0;
    const int octet = is_escape ? 16 * hex_value(path[i + 1]) + hex_value(path[i + 2])
                                : static_cast<unsigned char>(path[i]);
    append_octet(out, static_cast<unsigned char>(octet), is_escape);
    if (is_escape) i += 2;
  }
  return out;
}

std::string origin_of(const std::string& text) {
  const auto parsed = boost::urls::parse_uri(text);
  // A login in the address would go before the one that was typed.
  if (!parsed || parsed->encoded_host().empty() || parsed->has_userinfo()) return {};
  boost::urls::url url(*parsed);
  url.normalize_scheme();
  url.normalize_authority();
  std::string port(url.port());
  if (port.empty()) port = url.scheme() == "http" ? "80" : "443";
  return std::string(url.scheme()) + "://" + std::string(url.encoded_host()) + ":" + port;
}

std::string_view before(std::string_view text, std::string_view ends) {
  return text.substr(0, text.find_first_of(ends));
}

// scheme://host:port of `url`, as it is written
std::string_view place_of(std::string_view url) {
  const auto from = url.find("://");
  if (from == url.npos) return {};
  const auto end = url.find_first_of("/?#", from + 3);
  return url.substr(0, end);
}

std::string_view path_in(std::string_view url) {
  const std::string_view rest = url.substr(place_of(url).size());
  return before(rest, "?#");
}

bool is_redirect(const DavReply& reply) {
  return reply.status >= 300 && reply.status < 400 && !reply.location.empty();
}

DavReply elsewhere(const std::string& url) {
  return {
      0,
      {},
      {},
      {"The server sends us on to another one: " + url.substr(0, 200),
       "The login is for the server that you have named alone. If that one is yours too, link its address."}};
}

}  // namespace

std::string escaped_xml(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else
      out += c;
  }
  return out;
}

DavTalk::DavTalk(const std::string& typed_url, const DavFetch& fetch)
    : typed(typed_url), fetch_(fetch), origin_(origin_of(typed_url)) {}

DavReply DavTalk::send(DavRequest request) {
  if (origin_.empty()) return {0, {}, {}, {"This is no web address.", "https://dav.example.org/"}};
  for (int hops = 0; hops < most_hops; ++hops) {
    if (origin_of(request.url) != origin_) return elsewhere(request.url);
    DavReply reply = fetch_(request);
    last_url = request.url;
    if (!is_redirect(reply)) return reply;
    request.url = reply.location;
  }
  return {
      0, {}, {}, {"The server sends us round in circles.", "Link the address of the address book itself."}};
}

Result<Multistatus> DavTalk::ask(DavRequest request) {
  const DavReply reply = send(std::move(request));
  if (reply.status != 207) return failure(reply);
  return read_multistatus(reply.body);
}

std::optional<Failure> DavTalk::login_or_network(const DavReply& reply) const {
  if (reply.status == 0 || reply.status == 401 || reply.status == 407 || reply.status == 429)
    return failure(reply);
  return std::nullopt;
}

Failure DavTalk::failure(const DavReply& reply) const {
  switch (reply.status) {
    case 0: return reply.trouble;
    case 401:
    case 407:
      return {
          "The server refuses the login.",
          "Check the user name and the password. Where you sign in with a second factor, the server wants a "
          "password made for programs (an app password)."};
    case 403:
      return {"The server does not let this login in there.", "Is it the address of your own address book?"};
    case 404:
    case 410:
      return {"There is no address book at this address.",
              "Link the address that your server shows for CardDAV."};
    case 429: return {"The server says that we ask too often.", "It will pass."};
    default:
      return {
          "The server answers with " + std::to_string(reply.status) + ", which is none of CardDAV's answers.",
          reply.status >= 500 ? "Perhaps it has trouble of its own just now."
                              : "Link the address that your server shows for CardDAV."};
  }
}

std::string DavTalk::absolute(std::string_view href, const std::string& base) const {
  if (href.empty()) return {};
  if (!place_of(href).empty()) return std::string(place_of(href)) + canonical_path(path_in(href));
  if (href.starts_with('/')) return std::string(place_of(base)) + canonical_path(before(href, "?#"));
  const std::string_view folder = path_in(base);
  return std::string(place_of(base)) + std::string(folder.substr(0, folder.rfind('/') + 1)) +
         canonical_path(before(href, "?#"));
}

std::string DavTalk::href_of(std::string_view href) const {
  return std::string(path_in(absolute(href, collection)));
}

bool DavTalk::is_same_place(std::string_view a, std::string_view b) const {
  const auto bare = [this](std::string_view href) {
    std::string path = href_of(href);
    while (path.ends_with('/')) path.pop_back();
    return path;
  };
  return bare(a) == bare(b);
}

}  // namespace tertius::contacts
