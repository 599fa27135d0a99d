#pragma once
// Finding letters and notices by what the operator remembers of them, newest first, a page at a time. Words
// are looked for in all that a listing shows, capitals alike; a number alone is an introduction, an address
// or a Message-ID alone is looked up by index first. Other words are looked for in the next `window` rows
// and no more, so that no search reads years: `next` then goes on behind them.

#include <optional>
#include <string>
#include <vector>

#include "storage/letters.hpp"
#include "storage/outbox.hpp"

namespace tertius::storage {

struct PageKey {
  Time at{};
  std::int64_t id = 0;

  friend bool operator==(const PageKey&, const PageKey&) = default;
};

struct MailSearch {
  std::string words;
  std::string kind;  // of letters: the kind; of notices: the state; empty: any
  std::optional<PageKey> before = std::nullopt;
  int limit = 50;
  int window = 10'000;
};

template <class MailRow>
struct MailPage {
  std::vector<MailRow> rows;
  std::optional<PageKey> next;      // there is more, or may be
  bool looked_only_so_far = false;  // the window ended before the page was full
};

MailPage<LetterRow> search_letters(Database& db, const MailSearch& search);  // without raw
MailPage<OutboxRow> search_notices(Database& db, const MailSearch& search);  // without fields

}  // namespace tertius::storage
