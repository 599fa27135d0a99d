#include "mail/smtp_wire.hpp"

#include <algorithm>
#include <charconv>

#include "mail/ascii_domain.hpp"

namespace tertius::mail {
namespace {

constexpr std::size_t longest_envelope_id = 100;  // RFC 3461 4.4

// Without a way out in the middle the compiler takes sixteen octets at a time; this reads every mail.
bool has_eight_bit(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all |= static_cast<unsigned char>(c);
  return all >= 0x80;
}

std::string upper(std::string_view text) {
  std::string out(text);
  for (auto& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

// RFC 3461 4: "+" and "=" and all but printable ASCII are written "+XX".
std::string xtext(std::string_view text) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > ' ' && byte < 0x7f && c != '+' && c != '=')
      out += c;
    else
      out.append({'+', hex[byte >> 4], hex[byte & 15]});
  }
  return out;
}

DeliveryResult refused(std::string enhanced, std::string why) {
  return {Delivery::bounced, 0, std::move(enhanced), std::move(why)};
}

// The address as the envelope takes it, if it can be dialled at all.
std::optional<std::string> find_path(const Address& address) {
  if (!parse_address(text(address))) return {};
  const auto domain = ascii_domain(address.domain);
  if (!domain) return {};
  return address.local + "@" + domain.value();
}

std::string mail_command(const OutgoingMail& mail, const std::string& path, bool utf8,
                         const RelayOffer& offer) {
  auto command = "MAIL FROM:<" + path + ">";
  if (offer.size) command += " SIZE=" + std::to_string(mail.bytes.size());
  if (offer.eight_bit_mime && has_eight_bit(mail.bytes)) command += " BODY=8BITMIME";
  if (utf8) command += " SMTPUTF8";
  if (!offer.dsn) return command + "\r\n";
  command += " RET=HDRS";
  const auto id = xtext(mail.envelope_id);
  if (!id.empty() && id.size() <= longest_envelope_id) command += " ENVID=" + id;
  return command + "\r\n";
}

std::string recipient_command(const std::string& path, const RelayOffer& offer) {
  auto command = "RCPT TO:<" + path + ">";
  if (!offer.dsn) return command + "\r\n";
  command += " NOTIFY=FAILURE,DELAY";
  // The bounce of an alias then still names the address we wrote to.
  if (!has_eight_bit(path)) command += " ORCPT=rfc822;" + xtext(path);
  return command + "\r\n";
}

void append_line(std::string& out, std::string_view line) {
  if (line.starts_with('.')) out += '.';
  out.append(line).append("\r\n");
}

}  // namespace

RelayOffer parse_offer(const std::vector<std::string>& ehlo_lines) {
  RelayOffer offer;
  for (const auto& raw : ehlo_lines) {
    auto line = upper(raw);
    line.erase(std::find_if(line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n'; }),
               line.end());
    if (line.size() > 4 && line.starts_with("250")) line.erase(0, 4);
    const auto keyword = line.substr(0, line.find(' '));
    offer.pipelining |= keyword == "PIPELINING";
    offer.eight_bit_mime |= keyword == "8BITMIME";
    offer.smtputf8 |= keyword == "SMTPUTF8";
    offer.dsn |= keyword == "DSN";
    if (keyword != "SIZE") continue;
    std::size_t size = 0;
    const char* end = line.data() + line.size();
    std::from_chars(line.data() + std::min<std::size_t>(5, line.size()), end, size);
    offer.size = size;  // RFC 1870 4: 0 and none are "no fixed limit"
  }
  return offer;
}

std::string_view header_of(std::string_view bytes) { return bytes.substr(0, bytes.find("\r\n\r\n")); }

std::variant<WireMail, DeliveryResult> make_wire_mail(const OutgoingMail& mail, const RelayOffer& offer) {
  const auto to = find_path(mail.recipient);
  if (!to) return refused("5.1.3", "not an address that can be dialled");
  const auto from = mail.sender ? find_path(*mail.sender) : std::string();
  if (!from) return refused("5.1.7", "the envelope sender is no address");
  // The header of an introduction names the others too.
  const bool utf8 = has_eight_bit(*to) || has_eight_bit(*from) || has_eight_bit(header_of(mail.bytes));
  if (utf8 && !offer.smtputf8)
    return refused("5.6.7", "the relay does not offer SMTPUTF8, which an address needs");
  if (offer.size.value_or(0) > 0 && mail.bytes.size() > *offer.size)
    return refused("5.3.4", "larger than the relay takes (" + std::to_string(*offer.size) + " bytes)");
  return WireMail{mail_command(mail, *from, utf8, offer), recipient_command(*to, offer),
                  dot_stuffed(mail.bytes).append(".\r\n")};
}

std::string dot_stuffed(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 64 + 8);
  while (!bytes.empty()) {
    auto line = bytes.substr(0, bytes.find('\n'));
    const bool has_lf = line.size() < bytes.size();
    bytes.remove_prefix(line.size() + (has_lf ? 1 : 0));
    if (has_lf && line.ends_with('\r')) line.remove_suffix(1);
    for (auto cr = line.find('\r'); cr != std::string_view::npos; cr = line.find('\r')) {
      append_line(out, line.substr(0, cr));
      line.remove_prefix(cr + 1);
      if (line.empty() && !has_lf) return out;
    }
    append_line(out, line);
  }
  return out;
}

}  // namespace tertius::mail
