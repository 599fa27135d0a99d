#pragma once
// imap.url of the configuration (RFC 5092, as much of it as names a folder).

#include <cstdint>
#include <string>
#include <string_view>

#include "broker/result.hpp"
#include "mail/door.hpp"

namespace tertius::daemon {

struct ImapUrl {
  std::string host;
  std::uint16_t port = 993;
  mail::Security security = mail::Security::tls;
  std::string folder{"INBOX"};  // UTF-8
};

// imap:// is STARTTLS (never less) but for this machine itself.
Result<ImapUrl> parse_imap_url(std::string_view url);

}  // namespace tertius::daemon
