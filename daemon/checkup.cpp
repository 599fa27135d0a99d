#include "daemon/checkup.hpp"

#include <array>

namespace tertius::daemon {

namespace {

constexpr auto table = std::to_array<Checkup>({
    {"link key", look_at_key},
    {"templates", look_at_templates},
    {"database", look_at_database},
    {"disk", look_at_disk},
    {"clock", look_at_clock},
    {"relay", look_at_relay},
    {"letters in", look_at_lmtp},
    {"mailbox", look_at_mailbox},
    {"pages", look_at_pages},
    {"MX", look_at_mx},
    {"SPF", look_at_spf},
    {"DKIM", look_at_dkim},
    {"DMARC", look_at_dmarc},
    {"PTR", look_at_ptr},
});

}  // namespace

std::string_view health_name(Health health) {
  switch (health) {
    case Health::good: return "ok";
    case Health::doubtful: return "look";
    case Health::bad: return "bad";
    case Health::unknown: return "?";
  }
  return "";
}

std::span<const Checkup> checkups() { return table; }

}  // namespace tertius::daemon
