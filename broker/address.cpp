#include "broker/address.hpp"

#include <algorithm>

namespace tertius {

namespace {

constexpr std::size_t max_local_octets = 64;  // RFC 5321 4.5.3.1.1
constexpr std::size_t max_octets = 254;       // RFC 5321 4.5.3.1.3, less the angle brackets
constexpr std::size_t max_label_octets = 63;  // RFC 1035 2.3.4

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// RFC 5322 3.2.3 atext; octets above 127 are RFC 6532 UTF-8.
bool is_atext(char c) {
  if (static_cast<unsigned char>(c) >= 0x80) return true;
  if (std::isalnum(static_cast<unsigned char>(c))) return true;
  return std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_dot_atom(std::string_view text) {
  if (text.empty() || text.front() == '.' || text.back() == '.') return false;
  if (text.find("..") != std::string_view::npos) return false;
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '.' || is_atext(c); });
}

bool is_quoted_string(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const bool ends_in_escape = text[i] == '\\' && ++i + 1 >= text.size();
    if (ends_in_escape || (text[i] == '"' && text[i - 1] != '\\')) return false;
  }
  return true;
}

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > max_label_octets) return false;
  if (label.front() == '-' || label.back() == '-') return false;
  return std::all_of(label.begin(), label.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet >= 0x80 || std::isalnum(octet) || c == '-' || c == '_';
  });
}

// Names of hosts, and literals such as [192.0.2.1] (RFC 5321 4.1.3).
bool is_domain(std::string_view domain) {
  if (domain.size() > 4 && domain.front() == '[' && domain.back() == ']') {
    const auto inside = domain.substr(1, domain.size() - 2);
    return std::all_of(inside.begin(), inside.end(), [](char c) {
      return std::isxdigit(static_cast<unsigned char>(c)) || c == '.' || c == ':' ||
             std::isalpha(static_cast<unsigned char>(c));
    });
  }
  while (true) {
    const auto dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

Result<Address> parse_address(std::string_view text) {
  const auto bad = [&](const std::string& why) {
    return Failure{"not a mail address: " + why, "write it as name@example.org, without angle brackets"};
  };
  if (std::any_of(text.begin(), text.end(), is_control)) return bad("it has control characters");
  const auto at = text.rfind('@');
  if (at == std::string_view::npos) return bad("\"" + std::string(text) + "\" has no @");
  const auto local = text.substr(0, at);
  auto domain = text.substr(at + 1);
  if (!domain.empty() && domain.back() == '.') domain.remove_suffix(1);
  if (text.size() > max_octets || local.size() > max_local_octets)
    return bad("it is too long (RFC 5321 4.5.3.1)");
  // RFC 2047 5 forbids encoded words here; readers that decode them all the same see another address.
  if (local.find("=?") != local.npos) return bad("\"" + std::string(text) + "\" reads as an encoded word");
  if (!is_dot_atom(local) && !is_quoted_string(local)) return bad("\"" + std::string(text) + "\"");
  if (!is_domain(domain)) return bad("\"" + std::string(text) + "\" has no valid domain");
  return Address{std::string(local), lower(domain)};
}

std::string text(const Address& address) { return address.local + "@" + address.domain; }

std::string address_key(const Address& address) { return lower(address.local) + "@" + address.domain; }

std::string_view address_tag(const Address& address) {
  const auto plus = address.local.find('+');
  return plus == std::string::npos ? std::string_view{} : std::string_view(address.local).substr(plus + 1);
}

}  // namespace tertius
