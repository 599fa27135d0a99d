#pragma once
// Address books that members have linked by CardDAV, and their cards as the server last gave them. Whoever
// asks for a member names the owner. Callers hold a transaction.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "broker/ids.hpp"
#include "broker/result.hpp"
#include "broker/time.hpp"
#include "storage/db.hpp"
#include "storage/imports.hpp"

namespace tertius::storage {

struct LinkedBook {
  BookId id{};
  PersonId owner{};
  std::string url;  // as the member gave it
  std::string user_name;
  std::string sealed_password;  // web/sealed_password.hpp
  std::string name = {};        // the server's; empty until it is found, and so is the next
  std::string collection = {};
  std::string sync_token = {}, ctag = {};
  std::int64_t cards = 0;
  Time created_at{};
  std::optional<Time> tried_at = {}, synced_at = {};
  std::string what = {}, hint = {};  // why the last try failed
  std::optional<Time> lease_until = {};
  Time ready_at{};
};

void add_book(Database& db, const LinkedBook& book);
std::optional<LinkedBook> find_book(Database& db, BookId id);
std::vector<LinkedBook> books_of(Database& db, PersonId owner);
std::vector<LinkedBook> recent_books(Database& db, int limit);
bool remove_book(Database& db, PersonId owner, BookId id);
// Due now, unless somebody is at it. False where the owner has no such book.
bool make_book_due(Database& db, PersonId owner, BookId id, Time now);

// The one that has been due longest; nobody else gets it before now + book_lease.
std::optional<LinkedBook> claim_book(Database& db, Time now);
// This one, due or not. False where somebody is at it.
bool claim_this_book(Database& db, BookId id, Time now);
// What a daemon that is no more had claimed is due now. For SQLite, whose one daemon we are.
void release_books(Database& db, Time now);
inline constexpr std::chrono::minutes book_lease{15};

std::map<std::string, std::string> etags_of(Database& db, BookId id);  // by href

struct SyncedCard {
  std::string href, etag, card;
};
struct SyncedBook {
  std::string name, collection, sync_token, ctag;
  std::vector<SyncedCard> changed;
  std::vector<std::string> gone;  // hrefs
};
// Whether any card has changed. No effect on a book that was removed meanwhile.
bool save_synced(Database& db, BookId id, const SyncedBook& news, Time now, Time next);
void save_failed_sync(Database& db, BookId id, const Failure& why, Time now, Time next);
// All its cards, as one file.
std::string load_cards(Database& db, BookId id);

std::string shown_name(const LinkedBook& book);  // "Contacts (dav.example.org)"
// Its cards wait to become contacts, as a file does; with `forget`, as if there were none.
void import_book(Database& db, const LinkedBook& book, ImportId id, Time now, bool forget = false);

}  // namespace tertius::storage
