#pragma once
// What DNS says, by the resolver of the C library (RFC 1035). Blocking, a few seconds at most. A name that is
// not there, or has no such record, is an empty answer; a server that does not answer is a Failure.

#include <string>
#include <vector>

#include "broker/result.hpp"

namespace tertius::mail {

struct DnsServer {
  std::string address;  // numeric IPv4; empty: the system's
  std::uint16_t port = 53;
};

using Records = Result<std::vector<std::string>>;

// Each record's strings joined (RFC 7208 3.3).
Records txt_records(const std::string& name, const DnsServer& server = {});
// Host names, best first; "." where the domain takes no mail (RFC 7505).
Records mx_hosts(const std::string& domain, const DnsServer& server = {});
// Numeric, IPv4 and IPv6.
Records addresses_of_host(const std::string& host, const DnsServer& server = {});
// Of a numeric address.
Records ptr_names(const std::string& address, const DnsServer& server = {});

}  // namespace tertius::mail
