#pragma once
// What `tertius doctor` looks at: a table of checks, each a sentence of what was found and one of what mends
// it. Nothing is changed, and nothing is sent. Blocking.

#include <span>
#include <string>
#include <string_view>

#include "daemon/config.hpp"
#include "mail/dns.hpp"

namespace tertius::daemon {

enum class Health { good, doubtful, bad, unknown };  // unknown: it cannot be seen from here
std::string_view health_name(Health health);         // "ok", "look", "bad", "?"

struct Diagnosis {
  Health health = Health::unknown;
  std::string what;
  std::string advice = {};
};

struct CheckupScene {
  const Config& config;
  std::string dkim_selector;   // empty: not known
  std::string public_address;  // the numeric address mail leaves from; empty: not known
  std::string ca_file;         // PEM, trusted for the pages; empty: the system's
  mail::DnsServer dns;
  Time now{};
};

struct Checkup {
  std::string_view name;  // "link key"
  Diagnosis (*look)(const CheckupScene& scene);
};
std::span<const Checkup> checkups();

// checkup_machine.cpp
Diagnosis look_at_key(const CheckupScene& scene);
Diagnosis look_at_templates(const CheckupScene& scene);
Diagnosis look_at_database(const CheckupScene& scene);
Diagnosis look_at_disk(const CheckupScene& scene);
Diagnosis look_at_clock(const CheckupScene& scene);
// checkup_servers.cpp
Diagnosis look_at_relay(const CheckupScene& scene);
Diagnosis look_at_mailbox(const CheckupScene& scene);
Diagnosis look_at_lmtp(const CheckupScene& scene);
Diagnosis look_at_pages(const CheckupScene& scene);
// checkup_dns.cpp
Diagnosis look_at_mx(const CheckupScene& scene);
Diagnosis look_at_spf(const CheckupScene& scene);
Diagnosis look_at_dkim(const CheckupScene& scene);
Diagnosis look_at_dmarc(const CheckupScene& scene);
Diagnosis look_at_ptr(const CheckupScene& scene);

}  // namespace tertius::daemon
