#pragma once
// A mail program and a browser as far as `tertius try` needs them: one letter over LMTP, one page over HTTP,
// blocking. They go the whole way through our own servers, as everybody's would.

#include <string>
#include <vector>

#include "daemon/listen_address.hpp"

namespace tertius::daemon {

// The final reply line for the recipient ("250 2.1.5 ..."), or the line that refused it, or what failed.
std::string send_lmtp(const ListenAddress& server, const std::string& sender, const std::string& recipient,
                      const std::string& letter);

// The same up to RCPT, and then goodbye.
std::string ask_lmtp(const ListenAddress& server, const std::string& recipient);

struct FetchedPage {
  int status = 0;
  std::string location;
  std::string body;
};
// `form` is url-encoded; empty: GET. Throws boost::system::system_error where nobody listens.
FetchedPage fetch(const std::string& host, unsigned short port, const std::string& path,
                  const std::string& origin, const std::string& form = {});

// A form's hidden value on a page of ours.
std::string hidden_value(const std::string& html, const std::string& name);

}  // namespace tertius::daemon
