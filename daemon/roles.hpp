#pragma once
// Which part of the work this host does; all of it where nobody says otherwise. Several daemons on one
// database (PostgreSQL) may each do everything, or a part: pages here, mail there.

#include <array>
#include <bitset>
#include <optional>
#include <string>
#include <string_view>

namespace tertius::daemon {

enum class DaemonRole { web, lmtp, send, clock, imap };

struct RoleTraits {
  DaemonRole role{};
  std::string_view name;
  std::string_view what;  // it does
};

inline constexpr auto daemon_roles = std::to_array<RoleTraits>({
    {DaemonRole::web, "web", "serves the pages and the API"},
    {DaemonRole::lmtp, "lmtp", "takes letters from a mail server"},
    {DaemonRole::send, "send", "sends mail to the relay"},
    {DaemonRole::clock, "clock",
     "meets deadlines, reads files and address books, tells webhooks, looks after it all"},
    {DaemonRole::imap, "imap", "fetches letters from a mailbox or a Maildir"},
});

using DaemonRoles = std::bitset<daemon_roles.size()>;

inline bool has_role(const DaemonRoles& roles, DaemonRole role) {
  return roles.test(static_cast<std::size_t>(role));
}

inline DaemonRoles every_role() { return DaemonRoles().set(); }

inline std::optional<DaemonRole> find_daemon_role(std::string_view name) {
  for (const RoleTraits& traits : daemon_roles)
    if (traits.name == name) return traits.role;
  return std::nullopt;
}

// "web lmtp"
inline std::string text(const DaemonRoles& roles) {
  std::string out;
  for (const RoleTraits& traits : daemon_roles)
    if (has_role(roles, traits.role)) out += (out.empty() ? "" : " ") + std::string(traits.name);
  return out;
}

}  // namespace tertius::daemon
