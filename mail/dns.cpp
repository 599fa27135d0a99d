#include "mail/dns.hpp"

#include <arpa/inet.h>
#include <arpa/nameser.h>
#include <netdb.h>
#include <netinet/in.h>
#include <resolv.h>

#include <algorithm>
#include <array>
#include <memory>

namespace tertius::mail {

namespace {

// What a UDP answer and its repetition over TCP may have (RFC 1035 4.2.2).
constexpr std::size_t longest_answer = 65'535;

struct Resolver {
  struct __res_state state {};
  bool good = false;

  explicit Resolver(const DnsServer& server) {
    if (res_ninit(&state) != 0) return;
    good = true;
    state.retrans = 2;  // seconds
    state.retry = 2;
    if (server.address.empty()) return;
    state.nscount = 1;
    state.nsaddr_list[0].sin_family = AF_INET;
    state.nsaddr_list[0].sin_port = htons(server.port);
    good = inet_pton(AF_INET, server.address.c_str(), &state.nsaddr_list[0].sin_addr) == 1;
  }
  ~Resolver() { res_nclose(&state); }
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
};

std::string name_at(const ns_msg& message, const unsigned char* at) {
  std::array<char, NS_MAXDNAME> name{};
  const int length =
      ns_name_uncompress(ns_msg_base(message), ns_msg_end(message), at, name.data(), name.size());
  if (length < 0) return {};
  return name[0] == '\0' ? "." : name.data();
}

// A record's character-strings, each behind its length.
std::string strings_of(const ns_rr& record) {
  std::string out;
  const unsigned char* at = ns_rr_rdata(record);
  const unsigned char* const end = at + ns_rr_rdlen(record);
  while (at < end) {
    const auto length = std::min<std::ptrdiff_t>(*at, end - at - 1);
    out.append(reinterpret_cast<const char*>(at + 1), static_cast<std::size_t>(length));
    at += length + 1;
  }
  return out;
}

std::string numeric(const ns_rr& record) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  const bool is_six = ns_rr_type(record) == ns_t_aaaa;
  if (ns_rr_rdlen(record) != (is_six ? sizeof(in6_addr) : sizeof(in_addr))) return {};
  return inet_ntop(is_six ? AF_INET6 : AF_INET, ns_rr_rdata(record), text.data(), text.size()) ? text.data()
                                                                                               : "";
}

// MX is sorted by its preference, which stands before the name as five digits until then.
std::string text_of(const ns_msg& message, const ns_rr& record) {
  const auto type = ns_rr_type(record);
  if (type == ns_t_txt) return strings_of(record);
  if (type == ns_t_ptr) return name_at(message, ns_rr_rdata(record));
  if (type == ns_t_a || type == ns_t_aaaa) return numeric(record);
  if (type != ns_t_mx || ns_rr_rdlen(record) < 3) return {};
  const std::string preference = std::to_string(ns_get16(ns_rr_rdata(record)));
  return std::string(5 - preference.size(), '0') + preference + name_at(message, ns_rr_rdata(record) + 2);
}

Records read(const std::vector<unsigned char>& answer, int length, ns_type type) {
  ns_msg message;
  if (ns_initparse(answer.data(), length, &message) != 0)
    return Failure{"DNS gave an answer that cannot be read", ""};
  std::vector<std::string> out;
  for (int i = 0; i < ns_msg_count(message, ns_s_an); ++i) {
    ns_rr record;
    if (ns_parserr(&message, ns_s_an, i, &record) != 0) break;
    if (ns_rr_type(record) != type) continue;  // a CNAME on the way
    if (std::string text = text_of(message, record); !text.empty()) out.push_back(std::move(text));
  }
  std::ranges::sort(out);
  return out;
}

Records ask(const std::string& name, ns_type type, const DnsServer& server) {
  Resolver resolver(server);
  if (!resolver.good) return Failure{"there is no resolver", "look at /etc/resolv.conf"};
  std::vector<unsigned char> answer(longest_answer);
  const int length = res_nquery(&resolver.state, name.c_str(), ns_c_in, type, answer.data(), longest_answer);
  if (length >= 0) return read(answer, length, type);
  const int why = resolver.state.res_h_errno;
  if (why == HOST_NOT_FOUND || why == NO_DATA) return std::vector<std::string>{};
  return Failure{"DNS does not answer for " + name, "can this machine reach its name server?"};
}

// RFC 1035 3.5, RFC 3596 2.5
std::string reverse_name(const std::string& address) {
  std::array<unsigned char, sizeof(in6_addr)> bytes{};
  std::string out;
  if (inet_pton(AF_INET, address.c_str(), bytes.data()) == 1) {
    for (int i = 3; i >= 0; --i) out += std::to_string(bytes[static_cast<std::size_t>(i)]) + ".";
    return out + "in-addr.arpa";
  }
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return {};
  constexpr std::string_view digits = "0123456789abcdef";
  for (int i = 15; i >= 0; --i) {
    const unsigned char byte = bytes[static_cast<std::size_t>(i)];
    out += {digits[byte & 15U], '.', digits[byte >> 4U], '.'};
  }
  return out + "ip6.arpa";
}

}  // namespace

Records txt_records(const std::string& name, const DnsServer& server) { return ask(name, ns_t_txt, server); }

Records mx_hosts(const std::string& domain, const DnsServer& server) {
  auto found = ask(domain, ns_t_mx, server);
  if (found)
    for (std::string& host : found.value()) host.erase(0, 5);
  return found;
}

Records addresses_of_host(const std::string& host, const DnsServer& server) {
  auto four = ask(host, ns_t_a, server);
  if (!four) return four;
  auto six = ask(host, ns_t_aaaa, server);
  if (six) four.value().insert(four.value().end(), six.value().begin(), six.value().end());
  return four;
}

Records ptr_names(const std::string& address, const DnsServer& server) {
  const std::string name = reverse_name(address);
  if (name.empty()) return Failure{address + " is no numeric address", ""};
  return ask(name, ns_t_ptr, server);
}

}  // namespace tertius::mail
