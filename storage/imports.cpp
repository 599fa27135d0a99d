#include "storage/imports.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "storage/columns.hpp"
#include "storage/gone.hpp"
#include "storage/names.hpp"
#include "storage/old_editions.hpp"
#include "storage/storable.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns = std::to_array<std::string_view>(
    {"id",      "owner", "file_name",  "state",      "format",      "what",     "hint",
     "total",   "done",  "added",      "merged",     "unchanged",   "hidden",   "skipped_count",
     "skipped", "gone",  "left_alone", "created_at", "finished_at", "ready_at", "book"});

constexpr std::array<std::string_view, 5> states{"waiting", "running", "done", "failed", "undone"};
static_assert(static_cast<std::size_t>(ImportState::undone) + 1 == states.size());

std::optional<ImportState> find_import_state(std::string_view name) {
  const auto* found = std::ranges::find(states, name);
  if (found == states.end()) return std::nullopt;
  return static_cast<ImportState>(found - states.begin());
}

std::string skipped_json(const std::vector<SkippedRow>& skipped) {
  boost::json::array rows;
  for (const SkippedRow& row : skipped) {
    if (rows.size() >= most_skipped_kept) break;
    rows.push_back(boost::json::array{static_cast<std::int64_t>(row.row), make_storable(row.why)});
  }
  return boost::json::serialize(rows);
}

std::vector<SkippedRow> read_skipped(const std::string& json) {
  boost::json::error_code error;
  const auto value = boost::json::parse(json, error);
  if (error || !value.is_array())
    throw StorageError(StorageTrouble::broken, "an import's skipped rows are damaged");
  std::vector<SkippedRow> rows;
  for (const auto& entry : value.get_array()) {
    const auto& pair = entry.as_array();
    rows.push_back(
        {static_cast<std::size_t>(pair.at(0).as_int64()), std::string(pair.at(1).as_string().c_str())});
  }
  return rows;
}

ImportRow read_import(const Row& found) {
  RowReader row(found);
  ImportRow import;
  import.id = row.id<ImportId>();
  import.owner = row.id<PersonId>();
  import.file_name = row.text();
  import.state = row.named(find_import_state);
  import.format = row.text();
  import.what = row.text();
  import.hint = row.text();
  import.total = row.integer();
  import.done = row.integer();
  import.report.read = import.done;
  import.report.added = row.integer();
  import.report.merged = row.integer();
  import.report.unchanged = row.integer();
  import.hidden = row.integer();
  import.skipped_count = row.integer();
  import.skipped = read_skipped(row.text());
  import.gone = row.integer();
  import.left_alone = row.integer();
  import.created_at = row.time();
  import.finished_at = row.optional_time();
  import.ready_at = row.optional_time();
  import.book = row.optional_id<BookId>();
  return import;
}

std::vector<ImportRow> select(Database& db, std::string_view tail, const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(columns) + " FROM imports ";
  std::vector<ImportRow> imports;
  for (const Row& row : db.rows(head + std::string(tail), arguments)) imports.push_back(read_import(row));
  return imports;
}

std::optional<ImportRow> select_one(Database& db, std::string_view tail,
                                    const std::vector<Value>& arguments) {
  auto found = select(db, tail, arguments);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

void drop_file(Database& db, ImportId id) {
  db.run("DELETE FROM import_files WHERE import = $1", {value_of(id)});
}

void keep_ties_before(Database& db, ImportId id, const std::vector<TieBefore>& ties) {
  for (const auto& [contact, source, tie] : ties)
    db.run(
        "INSERT INTO import_ties (import, contact, source, had, strength, since, evidence) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
        {value_of(id), value_of(contact), value_of(tie_source_name(source)), value_of(tie.has_value()),
         tie ? tie->strength : 0.0, tie ? value_of(tie->since) : Value(nullptr), tie ? tie->evidence : ""});
}

void keep_words_before(Database& db, ImportId id, const std::vector<WordsBefore>& all) {
  for (const auto& [contact, words] : all)
    db.run(
        "INSERT INTO import_words (import, contact, name, organisation, title) VALUES ($1, $2, $3, $4, $5) "
        "ON CONFLICT DO NOTHING",
        {value_of(id), value_of(contact), words.name, words.organisation, words.title});
}

void finish(Database& db, ImportId id, Time now) {
  db.run("UPDATE imports SET state = 'done', ready_at = NULL, finished_at = $2 WHERE id = $1",
         {value_of(id), value_of(now)});
  drop_file(db, id);
}

void import_from(Database& db, const ImportRow& row, std::span<const Contact> contacts, ImportMemory& memory,
                 Time now, const IdSource& ids) {
  const auto rows = import_rows(db, row.owner, contacts, memory, ids);
  keep_ties_before(db, row.id, rows.ties);
  keep_words_before(db, row.id, rows.words);
  // Two daemons at one file, where a lease ran out too early: the later one has done nothing.
  const auto& report = rows.report;
  const auto saved = db.run(
      "UPDATE imports SET done = done + $3, added = added + $4, merged = merged + $5, "
      "unchanged = unchanged + $6, ready_at = $7 WHERE id = $1 AND done = $2 AND state = 'running'",
      {value_of(row.id), row.done, report.read, report.added, report.merged, report.unchanged,
       value_of(now + import_lease)});
  if (saved == 0) throw StorageError(StorageTrouble::busy, "another daemon has gone on with this import");
}

// `taken`: of the slice's `most`, what the last rows took.
void go_to_the_end(Database& db, const ImportRow& row, std::size_t taken, std::size_t most, Time now) {
  if (taken > 0 || row.total == 0) supersede_earlier(db, row);
  const std::size_t room = std::max<std::size_t>(most - taken, 1);
  if (let_go_of_missing(db, row, room, now) < room) {
    forget_old_editions(db, row, now - gone_can_return);
    return finish(db, row.id, now);
  }
  db.run("UPDATE imports SET ready_at = $2 WHERE id = $1", {value_of(row.id), value_of(now + import_lease)});
}

}  // namespace

std::string_view import_state_name(ImportState state) { return states[static_cast<std::size_t>(state)]; }

void add_import(Database& db, const ImportRow& row, std::string_view content) {
  static const std::string sql = insert_sql("imports", columns);
  const bool waits = row.state == ImportState::waiting;
  db.run(sql, {value_of(row.id),
               value_of(row.owner),
               row.file_name,
               value_of(import_state_name(row.state)),
               row.format,
               row.what,
               row.hint,
               row.total,
               row.done,
               row.report.added,
               row.report.merged,
               row.report.unchanged,
               row.hidden,
               row.skipped_count,
               skipped_json(row.skipped),
               row.gone,
               row.left_alone,
               value_of(row.created_at),
               value_of(row.finished_at),
               waits ? value_of(row.created_at) : Value(nullptr),
               value_of(row.book)});
  if (waits)
    db.run("INSERT INTO import_files (import, content) VALUES ($1, $2)",
           {value_of(row.id), blob_of(content)});
}

std::optional<ImportRow> find_import(Database& db, PersonId owner, ImportId id) {
  return select_one(db, "WHERE id = $1 AND owner = $2", {value_of(id), value_of(owner)});
}

std::vector<ImportRow> imports_of(Database& db, PersonId owner, int limit) {
  return select(db, "WHERE owner = $1 ORDER BY created_at DESC, id DESC LIMIT $2",
                {value_of(owner), value_of(limit)});
}

std::int64_t count_unfinished_imports(Database& db, PersonId owner) {
  return db
      .row("SELECT COUNT(*) FROM imports WHERE owner = $1 AND state IN ('waiting', 'running')",
           {value_of(owner)})
      ->integer(0);
}

std::optional<ImportRow> claim_import(Database& db, Time now) {
  const auto found = select_one(db, "WHERE ready_at <= $1 ORDER BY ready_at, id LIMIT 1", {value_of(now)});
  if (!found) return std::nullopt;
  // Another daemon may have been quicker.
  const auto taken = db.run("UPDATE imports SET ready_at = $3 WHERE id = $1 AND ready_at = $2",
                            {value_of(found->id), value_of(found->ready_at), value_of(now + import_lease)});
  return taken == 1 ? found : std::nullopt;
}

std::string load_import_file(Database& db, ImportId id) {
  const auto row = db.row("SELECT content FROM import_files WHERE import = $1", {value_of(id)});
  return row ? row->bytes(0) : std::string();
}

void begin_import(Database& db, ImportId id, const ContactFile& file) {
  db.run(
      "UPDATE imports SET state = 'running', format = $2, total = $3, hidden = $4, skipped_count = $5, "
      "skipped = $6 WHERE id = $1 AND state = 'waiting'",
      {value_of(id), file.format, static_cast<std::int64_t>(file.contacts.size()),
       static_cast<std::int64_t>(file.hidden), static_cast<std::int64_t>(file.skipped.size()),
       skipped_json(file.skipped)});
}

void fail_import(Database& db, ImportId id, const Failure& why, Time now) {
  db.run(
      "UPDATE imports SET state = 'failed', what = $2, hint = $3, finished_at = $4, ready_at = NULL "
      "WHERE id = $1 AND state IN ('waiting', 'running')",
      {value_of(id), why.what, why.hint, value_of(now)});
  drop_file(db, id);
}

std::optional<ImportRow> import_slice(Database& db, ImportId id, const ContactFile& file, std::size_t most,
                                      ImportMemory& memory, Time now, const IdSource& ids) {
  const auto row = select_one(db, "WHERE id = $1 AND state = 'running'", {value_of(id)});
  if (!row) return std::nullopt;
  const std::size_t all = file.contacts.size(), from = std::min(static_cast<std::size_t>(row->done), all);
  const std::size_t count = std::min(most, all - from);
  if (count > 0 || all == 0)
    import_from(db, *row, std::span(file.contacts).subspan(from, count), memory, now, ids);
  if (from + count == all) go_to_the_end(db, *row, count, most, now);
  return select_one(db, "WHERE id = $1", {value_of(id)});
}

ImportRow import_at_once(Database& db, ImportRow row, const ContactFile& file, Time now,
                         const IdSource& ids) {
  row.state = ImportState::running;
  row.format = file.format;
  row.total = static_cast<std::int64_t>(file.contacts.size());
  row.hidden = static_cast<std::int64_t>(file.hidden);
  row.skipped_count = static_cast<std::int64_t>(file.skipped.size());
  row.skipped = file.skipped;
  row.created_at = now;
  add_import(db, row, {});
  ImportMemory memory;
  constexpr std::size_t rows_at_once = 20'000;  // whose words are held in memory
  do row = import_slice(db, row.id, file, rows_at_once, memory, now, ids).value();
  while (row.state == ImportState::running);
  return row;
}

}  // namespace tertius::storage
