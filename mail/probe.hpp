#pragma once
// Asks a server whether it would serve us, as far as that can be asked without sending anything: a relay
// through TLS and login up to NOOP, a mailbox up to the folder, a page by GET. Blocking, `patience` at most.
// By libcurl.

#include <chrono>
#include <optional>
#include <string>

#include "broker/time.hpp"
#include "mail/door.hpp"

namespace tertius::mail {

struct Probe {
  std::string failure;                    // what is wrong; empty: it serves us
  int status = 0;                         // HTTP's, or the code of SMTP's last reply
  std::string body;                       // the first 4 KB of a page
  std::optional<Time> certificate_until;  // of the server's own certificate, where there was one
};

// NOOP after the login (RFC 5321 4.1.1.9).
Probe probe_relay(const DoorSettings& settings);

// EXAMINE after the login (RFC 3501 6.3.2), which changes nothing there; `folder` is imap_folder()'s.
Probe probe_mailbox(const DoorSettings& settings, const std::string& folder);

// `url` is http or https; `ca_file` is PEM, empty: the system's.
Probe probe_page(const std::string& url, const std::string& ca_file = {},
                 std::chrono::milliseconds patience = std::chrono::seconds{10});

}  // namespace tertius::mail
