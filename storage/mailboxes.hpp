#pragma once
// How far IMAP folders have been read: what a daemon that is started again, or another one that takes over,
// goes on from. Whoever begins too early takes letters again, which are known. Callers hold a transaction.

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct MailboxPlace {
  std::int64_t validity = 0;  // UIDVALIDITY
  std::int64_t done = 0;      // all UIDs up to here are dealt with, but for
  std::set<std::int64_t> later = {};
  std::int64_t fresh = 1;  // below it only what nobody had seen is ours
  Time changed_at = {};    // as save_mailbox_place() was told, which does not look here
  friend bool operator==(const MailboxPlace&, const MailboxPlace&) = default;
};

// `name`: user@host/folder
std::optional<MailboxPlace> find_mailbox_place(Database& db, const std::string& name);
void save_mailbox_place(Database& db, const std::string& name, const MailboxPlace& place, Time changed_at);

}  // namespace tertius::storage
