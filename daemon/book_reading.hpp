#pragma once
// One look at a linked address book: dials, and waits for its server. For a thread of its own.

#include <functional>
#include <map>
#include <string>

#include "broker/link.hpp"
#include "broker/result.hpp"
#include "storage/address_books.hpp"

namespace tertius::daemon {

struct BookReading {
  storage::LinkedBook book;
  std::map<std::string, std::string> etags;  // of the cards that we have
};

struct BookReadingSettings {
  LinkKeys keys;
  std::string user_agent;
  bool allow_private = false;
  std::string ca_file = {};  // PEM; empty: the system's
};

// `is_given_up` may be asked from this thread at any time.
Result<storage::SyncedBook> read_linked_book(const BookReading& reading, const BookReadingSettings& settings,
                                             std::function<bool()> is_given_up);

}  // namespace tertius::daemon
