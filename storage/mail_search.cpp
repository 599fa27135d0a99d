#include "storage/mail_search.hpp"

#include <algorithm>
#include <array>
#include <limits>

#include "storage/columns.hpp"
#include "storage/keys.hpp"
#include "storage/letter_rows.hpp"
#include "storage/outbox_rows.hpp"

namespace tertius::storage {
namespace {

constexpr std::size_t most_words = 8;

// What differs between the two tables.
struct Searched {
  std::string_view table, time, kind;
  std::string_view haystack;
  std::span<const std::string_view> columns;
  std::string_view exact_address;  // empty: addresses have no index
};

std::string introduction_text() { return "COALESCE(CAST(introduction AS TEXT), '')"; }

Searched letters_table() {
  static const std::string haystack =
      "subject || ' ' || envelope_sender || ' ' || recipient || ' ' || message_id || ' ' || outcome || ' ' "
      "|| " +
      introduction_text();
  return {"letters", "received_at", "kind", haystack, letter_list_columns(), ""};
}

Searched outbox_table() {
  static const std::string haystack =
      "kind || ' ' || recipient || ' ' || message_id || ' ' || last_reply || ' ' || " + introduction_text();
  return {"outbox", "created_at", "state", haystack, outbox_columns(), "recipient_key"};
}

std::string lower(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

// Both engines as lower() above: PostgreSQL would else fold by the server's locale, and the word would not
// match.
std::string stands_in(const Database& db, std::string_view haystack, const std::string& word) {
  return db.is_postgres() ? "strpos(lower((" + std::string(haystack) + ") COLLATE \"C\"), " + word + ") > 0"
                          : "instr(lower(" + std::string(haystack) + "), " + word + ") > 0";
}

std::vector<std::string> words_of(const std::string& text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text + " ") {
    const bool parts = c == ' ' || c == '\t' || c == '<' || c == '>';  // <id@host> is the id
    if (!parts)
      word += c;
    else if (!word.empty() && words.size() < most_words)
      words.push_back(std::move(word)), word.clear();
  }
  return words;
}

bool is_number(const std::string& word) {
  return !word.empty() && word.size() <= 18 &&
         std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// $1 and $2 are the key of the page before, $3 the kind.
std::vector<Value> first_arguments(const MailSearch& search) {
  constexpr auto latest = std::numeric_limits<std::int64_t>::max();
  const auto& before = search.before;
  return {before ? value_of(before->at) : Value(latest), before ? Value(before->id) : Value(latest),
          search.kind};
}

class MailQuery {
 public:
  MailQuery(const Searched& table, const MailSearch& search)
      : table_(table), search_(search), arguments_(first_arguments(search)) {}

  // The rows of one value of an indexed column.
  std::vector<Row> exact(Database& db, std::string_view column, const Value& value) {
    const std::string where =
        std::string(column) + " = " + argument(value) + " AND " + before() + " AND " + of_kind();
    return db.rows(head(table_.table) + "WHERE " + where + order() + " LIMIT " + argument(limit()),
                   arguments_);
  }

  // The rows of the window in which every word stands.
  std::vector<Row> window(Database& db, const std::vector<std::string>& words) {
    const std::string looked = "(" + head(table_.table) + "WHERE " + before() + order() + " LIMIT " +
                               argument(std::int64_t{search_.window}) + ") AS looked ";
    std::string where = of_kind();
    for (const std::string& word : words)
      where += " AND " + stands_in(db, table_.haystack, argument(lower(word)));
    return db.rows(head(looked) + "WHERE " + where + order() + " LIMIT " + argument(limit()), arguments_);
  }

  // The last row of the window, where there is anything behind it.
  std::optional<PageKey> window_end(Database& db) {
    const std::string t(table_.time);
    const auto row = db.row("SELECT " + t + ", id FROM " + std::string(table_.table) + " WHERE (" + t +
                                ", id) < ($1, $2) ORDER BY " + t + " DESC, id DESC LIMIT 1 OFFSET $3",
                            {arguments_[0], arguments_[1], std::int64_t{search_.window - 1}});
    if (!row) return std::nullopt;
    return PageKey{from_unix_seconds(row->integer(0)), row->integer(1)};
  }

 private:
  std::string argument(const Value& value) {
    arguments_.push_back(value);
    return "$" + std::to_string(arguments_.size());
  }
  Value limit() const { return std::int64_t{search_.limit + 1}; }  // one more tells that there is more
  std::string head(std::string_view from) const {
    return "SELECT " + column_list(table_.columns) + " FROM " + std::string(from) + " ";
  }
  std::string before() const { return "(" + std::string(table_.time) + ", id) < ($1, $2)"; }
  std::string of_kind() const { return "($3 = '' OR " + std::string(table_.kind) + " = $3)"; }
  std::string order() const { return " ORDER BY " + std::string(table_.time) + " DESC, id DESC"; }

  const Searched& table_;
  const MailSearch& search_;
  std::vector<Value> arguments_;
};

// What a word that stands alone may be by itself.
std::vector<Row> exact_rows(Database& db, const Searched& table, const MailSearch& search,
                            const std::string& word) {
  if (is_number(word))
    return MailQuery(table, search).exact(db, "introduction", std::int64_t{std::stoll(word)});
  if (word.find('@') == word.npos) return {};
  if (auto rows = MailQuery(table, search).exact(db, "message_id", word); !rows.empty()) return rows;
  if (table.exact_address.empty()) return {};
  return MailQuery(table, search).exact(db, table.exact_address, recipient_key(word));
}

struct FoundRows {
  std::vector<Row> rows;
  std::optional<PageKey> window_end;
};

FoundRows find_rows(Database& db, const Searched& table, const MailSearch& search) {
  const auto words = words_of(search.words);
  if (words.size() == 1) {
    if (auto rows = exact_rows(db, table, search, words.front()); !rows.empty()) return {std::move(rows), {}};
  }
  FoundRows out{MailQuery(table, search).window(db, words), {}};
  if (static_cast<int>(out.rows.size()) <= search.limit)
    out.window_end = MailQuery(table, search).window_end(db);
  return out;
}

// `key_of` gives the key of one row.
template <class MailRow, class Read, class KeyOf>
MailPage<MailRow> page_of(const FoundRows& found, int limit, Read read, KeyOf key_of) {
  MailPage<MailRow> out;
  for (const Row& row : found.rows) out.rows.push_back(read(row));
  if (static_cast<int>(out.rows.size()) > limit) {
    out.rows.resize(static_cast<std::size_t>(limit));
    out.next = key_of(out.rows.back());
  } else {
    out.next = found.window_end;
    out.looked_only_so_far = found.window_end.has_value();
  }
  return out;
}

}  // namespace

MailPage<LetterRow> search_letters(Database& db, const MailSearch& search) {
  const Searched table = letters_table();
  return page_of<LetterRow>(find_rows(db, table, search), search.limit, read_letter_list_row,
                            [](const LetterRow& row) {
                              return PageKey{row.received_at, number(row.id)};
                            });
}

MailPage<OutboxRow> search_notices(Database& db, const MailSearch& search) {
  const Searched table = outbox_table();
  return page_of<OutboxRow>(find_rows(db, table, search), search.limit, read_outbox_row,
                            [](const OutboxRow& row) {
                              return PageKey{row.created_at, number(row.id)};
                            });
}

}  // namespace tertius::storage
