#include "storage/address_books.hpp"

#include <array>

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns = std::to_array<std::string_view>(
    {"id", "owner", "url", "user_name", "sealed_password", "name", "collection", "sync_token", "ctag",
     "cards", "created_at", "tried_at", "synced_at", "what", "hint", "lease_until", "ready_at"});

LinkedBook read_book(const Row& found) {
  RowReader row(found);
  LinkedBook book;
  book.id = row.id<BookId>();
  book.owner = row.id<PersonId>();
  book.url = row.text();
  book.user_name = row.text();
  book.sealed_password = row.text();
  book.name = row.text();
  book.collection = row.text();
  book.sync_token = row.text();
  book.ctag = row.text();
  book.cards = row.integer();
  book.created_at = row.time();
  book.tried_at = row.optional_time();
  book.synced_at = row.optional_time();
  book.what = row.text();
  book.hint = row.text();
  book.lease_until = row.optional_time();
  book.ready_at = row.time();
  return book;
}

std::vector<LinkedBook> select(Database& db, const std::string& tail, const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(columns) + " FROM address_books ";
  std::vector<LinkedBook> books;
  for (const Row& row : db.rows(head + tail, arguments)) books.push_back(read_book(row));
  return books;
}

bool put_card(Database& db, BookId book, const SyncedCard& card) {
  return db.run(
             "INSERT INTO address_book_cards (book, href, etag, card) VALUES ($1, $2, $3, $4) ON CONFLICT "
             "(book, href) DO UPDATE SET etag = excluded.etag, card = excluded.card WHERE "
             "address_book_cards.card <> excluded.card OR address_book_cards.etag <> excluded.etag",
             {value_of(book), card.href, card.etag, card.card}) > 0;
}

bool drop_card(Database& db, BookId book, const std::string& href) {
  return db.run("DELETE FROM address_book_cards WHERE book = $1 AND href = $2", {value_of(book), href}) > 0;
}

}  // namespace

void add_book(Database& db, const LinkedBook& book) {
  db.run(insert_sql("address_books", columns),
         {value_of(book.id), value_of(book.owner), book.url, book.user_name, book.sealed_password, book.name,
          book.collection, book.sync_token, book.ctag, book.cards, value_of(book.created_at),
          value_of(book.tried_at), value_of(book.synced_at), book.what, book.hint, value_of(book.lease_until),
          value_of(book.ready_at)});
}

std::optional<LinkedBook> find_book(Database& db, BookId id) {
  auto books = select(db, "WHERE id = $1", {value_of(id)});
  return books.empty() ? std::nullopt : std::optional(std::move(books.front()));
}

std::vector<LinkedBook> books_of(Database& db, PersonId owner) {
  return select(db, "WHERE owner = $1 ORDER BY id", {value_of(owner)});
}

std::vector<LinkedBook> recent_books(Database& db, int limit) {
  return select(db, "ORDER BY created_at DESC, id DESC LIMIT $1", {value_of(limit)});
}

bool remove_book(Database& db, PersonId owner, BookId id) {
  return db.run("DELETE FROM address_books WHERE id = $1 AND owner = $2", {value_of(id), value_of(owner)}) >
         0;
}

bool make_book_due(Database& db, PersonId owner, BookId id, Time now) {
  const auto book = find_book(db, id);
  if (!book || book->owner != owner) return false;
  db.run(
      "UPDATE address_books SET ready_at = $2 WHERE id = $1 AND (lease_until IS NULL OR lease_until <= $2)",
      {value_of(id), value_of(now)});
  return true;
}

std::optional<LinkedBook> claim_book(Database& db, Time now) {
  auto due = select(db, "WHERE ready_at <= $1 ORDER BY ready_at, id LIMIT 1", {value_of(now)});
  if (due.empty()) return std::nullopt;
  // Another daemon may have been quicker.
  const auto taken = db.run(
      "UPDATE address_books SET ready_at = $3, lease_until = $3, tried_at = $4 WHERE id = $1 AND ready_at = "
      "$2",
      {value_of(due[0].id), value_of(due[0].ready_at), value_of(now + book_lease), value_of(now)});
  return taken == 1 ? std::optional(std::move(due.front())) : std::nullopt;
}

bool claim_this_book(Database& db, BookId id, Time now) {
  return db.run(
             "UPDATE address_books SET ready_at = $3, lease_until = $3, tried_at = $2 WHERE id = $1 AND "
             "(lease_until IS NULL OR lease_until <= $2)",
             {value_of(id), value_of(now), value_of(now + book_lease)}) > 0;
}

void release_books(Database& db, Time now) {
  db.run(
      "UPDATE address_books SET ready_at = $1, lease_until = NULL WHERE ready_at > $1 AND lease_until IS NOT "
      "NULL",
      {value_of(now)});
}

std::map<std::string, std::string> etags_of(Database& db, BookId id) {
  std::map<std::string, std::string> etags;
  for (const Row& row : db.rows("SELECT href, etag FROM address_book_cards WHERE book = $1", {value_of(id)}))
    etags.emplace(row.text(0), row.text(1));
  return etags;
}

bool save_synced(Database& db, BookId id, const SyncedBook& news, Time now, Time next) {
  if (!find_book(db, id)) return false;
  bool changed = false;
  for (const SyncedCard& card : news.changed) changed = put_card(db, id, card) || changed;
  for (const std::string& href : news.gone) changed = drop_card(db, id, href) || changed;
  db.run(
      "UPDATE address_books SET name = $2, collection = $3, sync_token = $4, ctag = $5, synced_at = $6, "
      "tried_at = $6, what = '', hint = '', lease_until = NULL, ready_at = $7, cards = (SELECT COUNT(*) FROM "
      "address_book_cards WHERE book = $1) WHERE id = $1",
      {value_of(id), news.name, news.collection, news.sync_token, news.ctag, value_of(now), value_of(next)});
  return changed;
}

void save_failed_sync(Database& db, BookId id, const Failure& why, Time now, Time next) {
  db.run(
      "UPDATE address_books SET what = $2, hint = $3, tried_at = $4, lease_until = NULL, ready_at = $5 WHERE "
      "id = $1",
      {value_of(id), why.what, why.hint, value_of(now), value_of(next)});
}

std::string load_cards(Database& db, BookId id) {
  std::string all;
  for (const Row& row :
       db.rows("SELECT card FROM address_book_cards WHERE book = $1 ORDER BY href", {value_of(id)})) {
    all += row.text(0);
    if (!row.text(0).empty() && !all.ends_with('\n')) all += "\r\n";
  }
  return all;
}

std::string shown_name(const LinkedBook& book) {
  const auto from = book.url.find("://");
  const std::string place = from == book.url.npos ? book.url : book.url.substr(from + 3);
  const std::string host = place.substr(0, place.find_first_of("/?#"));
  return book.name.empty() ? host : book.name + " (" + host + ")";
}

void import_book(Database& db, const LinkedBook& book, ImportId id, Time now, bool forget) {
  ImportRow row;
  row.id = id;
  row.owner = book.owner;
  row.file_name = shown_name(book);
  row.created_at = now;
  row.book = book.id;
  add_import(db, row, forget ? std::string() : load_cards(db, book.id));
}

}  // namespace tertius::storage
