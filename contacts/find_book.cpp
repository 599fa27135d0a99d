#include "contacts/find_book.hpp"

#include <algorithm>
#include <vector>

#include "contacts/text_file.hpp"

namespace tertius::contacts {
namespace {

constexpr std::size_t longest_name = 200;
constexpr std::size_t most_named = 10;

constexpr auto what_is_it =
    R"(<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:" )"
    R"(xmlns:c="urn:ietf:params:xml:ns:carddav" xmlns:s="http://calendarserver.org/ns/"><d:prop>)"
    "<d:resourcetype/><d:displayname/><d:sync-token/><s:getctag/><d:current-user-principal/>"
    "<c:addressbook-home-set/></d:prop></d:propfind>";

using Books = std::vector<FoundBook>;

FoundBook book_at(const std::string& url, const DavResource& resource) {
  return {url, one_line(resource.name.substr(0, longest_name)), resource.sync_token, resource.ctag};
}

// Those directly below a home.
Done add_books_of(DavTalk& talk, const std::string& home, Books& books) {
  auto listed = talk.ask({"PROPFIND", home, 1, what_is_it});
  if (!listed) return listed.error();
  const std::string base = talk.last_url;
  for (const DavResource& one : listed.value().resources) {
    if (one.status != 0 || !one.is_address_book) continue;
    FoundBook book = book_at(talk.absolute(one.href, base), one);
    const bool is_new = std::ranges::find(books, book.collection, &FoundBook::collection) == books.end();
    if (is_new) books.push_back(std::move(book));
  }
  return std::monostate{};
}

Done add_books_of_all(DavTalk& talk, const DavResource& owner, const std::string& base, Books& books) {
  for (const std::string& home : owner.homes)
    if (auto done = add_books_of(talk, talk.absolute(home, base), books); !done) return done;
  return std::monostate{};
}

// What a reply leads to: the book itself, or the books of whoever is logged in.
Done add_found(DavTalk& talk, const Multistatus& answer, Books& books) {
  if (answer.resources.empty()) return std::monostate{};
  const std::string base = talk.last_url;
  const DavResource& one = answer.resources.front();
  if (one.is_address_book) {
    books.push_back(book_at(base, one));
    return std::monostate{};
  }
  if (!one.homes.empty()) return add_books_of_all(talk, one, base, books);
  if (one.principal.empty()) return std::monostate{};
  auto principal = talk.ask({"PROPFIND", talk.absolute(one.principal, base), 0, what_is_it});
  if (!principal) return principal.error();
  if (principal.value().resources.empty()) return std::monostate{};
  return add_books_of_all(talk, principal.value().resources.front(), talk.last_url, books);
}

std::vector<std::string> places_to_look(const DavTalk& talk) {
  const std::string root = talk.absolute("/", talk.typed);
  const std::string typed = talk.absolute(talk.typed, "");
  std::vector<std::string> places{root + ".well-known/carddav", root};
  if (typed != root && typed + "/" != root) places.insert(places.begin(), typed);
  return places;
}

Failure several(const Books& books) {
  std::string all;
  for (std::size_t i = 0; i < std::min(books.size(), most_named); ++i)
    all += (i == 0 ? "" : ", ") + books[i].collection +
           (books[i].name.empty() ? "" : " (" + books[i].name + ")");
  return {"There are several address books there.", "Link each by its own address: " + all};
}

}  // namespace

Result<FoundBook> find_book(DavTalk& talk, const std::string& known) {
  std::vector<std::string> places = places_to_look(talk);
  if (!known.empty()) places.insert(places.begin(), known);
  std::optional<Failure> first;
  for (const std::string& place : places) {
    const DavReply reply = talk.send({"PROPFIND", place, 0, what_is_it});
    if (const auto failure = talk.login_or_network(reply)) return *failure;
    if (reply.status >= 500) return talk.failure(reply);
    Books books;
    Done done = std::monostate{};
    if (reply.status == 207) {
      auto answer = read_multistatus(reply.body);
      done = answer ? add_found(talk, answer.value(), books) : Done(answer.error());
    } else {
      done = talk.failure(reply);
    }
    if (books.size() == 1) return std::move(books.front());
    if (books.size() > 1) return several(books);
    if (!done && !first) first = done.error();
  }
  return first.value_or(Failure{"There is no address book at this address.",
                                "Link the address that your server shows for CardDAV."});
}

}  // namespace tertius::contacts
