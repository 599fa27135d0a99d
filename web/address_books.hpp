#pragma once
// Linking an address book, for the page and the command line.

#include <string>

#include "broker/result.hpp"
#include "storage/address_books.hpp"
#include "web/desk.hpp"

namespace tertius::web {

inline constexpr std::size_t most_books = 5;  // of one member

// It is due at once. What was typed may lack its "https://".
Result<storage::LinkedBook> link_book(const Desk& desk, PersonId owner, const std::string& url,
                                      const std::string& user, const std::string& password);
// None where the key that sealed it is gone.
std::optional<std::string> password_of(const storage::LinkedBook& book, const LinkKeys& keys);
// What it brought stays, or goes like what a newer file no longer names. False where the owner has no such
// book.
bool unlink_book(const Desk& desk, PersonId owner, storage::BookId id, bool forget);

struct BookStanding {
  std::string text;       // "in step", "being read", "failing"
  std::string_view kind;  // of a pill
};
BookStanding standing_of(const storage::LinkedBook& book, Time now);

}  // namespace tertius::web
