#include "web/address_books.hpp"

#include <algorithm>

#include "mail/hook_url.hpp"
#include "web/sealed_password.hpp"

namespace tertius::web {
namespace {

constexpr std::size_t longest_login = 500;

std::string with_scheme(const std::string& typed) {
  const auto first = typed.find_first_not_of(" \t\r\n");
  if (first == typed.npos) return {};
  const std::string url = typed.substr(first, typed.find_last_not_of(" \t\r\n") - first + 1);
  return url.find("://") == url.npos ? "https://" + url : url;
}

// What opens the password: moved to another owner's book or another server, it stays shut.
std::string place_of(const storage::LinkedBook& book) {
  return std::to_string(static_cast<std::int64_t>(book.id)) + " " + std::to_string(number(book.owner)) + " " +
         book.user_name + " " + book.url;
}

// A header is made of the name; a control character would end it.
bool is_login(const std::string& text) {
  const auto is_control = [](unsigned char c) { return c < ' ' || c == 0x7f; };
  return !text.empty() && text.size() <= longest_login && std::ranges::none_of(text, is_control);
}

}  // namespace

Result<storage::LinkedBook> link_book(const Desk& desk, PersonId owner, const std::string& url,
                                      const std::string& user, const std::string& password) {
  storage::LinkedBook book;
  book.url = with_scheme(url);
  if (const Done good = mail::check_book_url(book.url, desk.private_address_books); !good)
    return good.error();
  if (!is_login(user))
    return Failure{"The user name is missing.", "It is the one that you sign in with there."};
  if (!is_login(password))
    return Failure{"The password is missing.",
                   "Where you sign in with a second factor, have the server make a password for programs."};
  const auto books = storage::books_of(desk.db, owner);
  if (books.size() >= most_books)
    return Failure{"There are five address books already.", "Unlink one first."};
  if (std::ranges::find(books, book.url, &storage::LinkedBook::url) != books.end())
    return Failure{"This address book is linked already.", "Unlink it first, to link it with another login."};
  book.id = storage::BookId{desk.new_id()};
  book.owner = owner;
  book.user_name = user;
  book.created_at = book.ready_at = desk.now;
  book.sealed_password = seal_password(password, place_of(book), desk.links.keys);
  storage::add_book(desk.db, book);
  return book;
}

std::optional<std::string> password_of(const storage::LinkedBook& book, const LinkKeys& keys) {
  return open_password(book.sealed_password, place_of(book), keys);
}

bool unlink_book(const Desk& desk, PersonId owner, storage::BookId id, bool forget) {
  const auto book = storage::find_book(desk.db, id);
  if (!book || book->owner != owner) return false;
  if (forget) storage::import_book(desk.db, *book, storage::ImportId{desk.new_id()}, desk.now, true);
  return storage::remove_book(desk.db, owner, id);
}

BookStanding standing_of(const storage::LinkedBook& book, Time now) {
  if (book.lease_until && *book.lease_until > now) return {"being read", "wait"};
  if (!book.what.empty()) return {"failing", "bad"};
  if (book.ready_at <= now || !book.synced_at) return {"waiting", "wait"};
  return {"in step", "good"};
}

}  // namespace tertius::web
