// The address books that a member has linked, on the page of their contacts: linked, read at once, unlinked.
#include "web/address_books.hpp"
#include "web/api_json.hpp"
#include "web/contacts_parts.hpp"
#include "web/parts.hpp"

namespace tertius::web {
namespace {

std::string cards_text(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " card" : " cards");
}

Fields book_row(const Call& call, const storage::LinkedBook& book) {
  const BookStanding standing = standing_of(book, call.desk.now);
  Fields out = row({{"BOOK", storage::shown_name(book)},
                    {"USER", book.user_name},
                    {"STATE", standing.text},
                    {"STATE_KIND", std::string(standing.kind)},
                    {"VALUE", id_text(book.id)}});
  if (book.synced_at)
    out.sections["SYNCED"] = {row({{"CARDS", cards_text(book.cards)}, {"WHEN", when(*book.synced_at)}})};
  if (!book.what.empty())
    out.sections["FAILED"] = {row({{"WHAT", book.what}, {"HINT", book.hint}, {"NEXT", when(book.ready_at)}})};
  return out;
}

HttpResponse add(const Call& call) {
  const auto made = link_book(call.desk, call.member->person.id, field(call.form, "url"),
                              field(call.form, "user"), field(call.form, "password"));
  if (!made) return contact_list(call, made.error());
  call.desk.wake();
  return see_other("/contacts#books");
}

}  // namespace

bool put_books(Fields& fields, const Call& call, const Failure& wrong) {
  bool under_way = false;
  for (const auto& book : storage::books_of(call.desk.db, call.member->person.id)) {
    fields.sections["BOOKS"].push_back(book_row(call, book));
    under_way = under_way || standing_of(book, call.desk.now).kind == "wait";
  }
  const bool is_typed = !wrong.what.empty() || call.kept;
  fields.values["BOOK_URL"] = is_typed ? field(call.form, "url") : "";
  fields.values["BOOK_USER"] = is_typed ? field(call.form, "user") : "";
  if (is_typed) fields.sections["LINKING"] = {Fields{}};
  if (!wrong.what.empty())
    fields.sections["BAD_BOOK"] = {
        row({{"SENTENCE", wrong.what + (wrong.hint.empty() ? "" : " " + wrong.hint)}})};
  return under_way;
}

HttpResponse post_books(const Call& call) {
  const std::string action = field(call.form, "action");
  if (action == "add") return add(call);
  const PersonId me = call.member->person.id;
  const auto id = find_id<storage::BookId>(field(call.form, "book"));
  const bool done =
      id && (action == "sync" ? storage::make_book_due(call.desk.db, me, *id, call.desk.now)
             : action == "unlink" || action == "forget" ? unlink_book(call.desk, me, *id, action == "forget")
                                                        : false);
  if (!done) return message(call, 404, "This is none of your address books", "Perhaps it was unlinked.", "");
  call.desk.wake();
  return see_other("/contacts#books");
}

}  // namespace tertius::web
