#include "storage/move.hpp"

#include <algorithm>
#include <array>
#include <filesystem>

#include "storage/backup.hpp"
#include "storage/migrate.hpp"
#include "storage/moved_note.hpp"
#include "storage/moving.hpp"
#include "storage/presence.hpp"
#include "storage/shown_url.hpp"
#include "storage/table_sum.hpp"

namespace tertius::storage {
namespace {

// What says how the database itself stands, and who is at work on it: not for another one.
constexpr auto its_own = std::to_array<std::string_view>({
    "schema_versions",
    "network_changes",  // the copy's triggers write it
    "sending_stop",     // see moved_note.hpp
    "daemons",
    "leases",
});

bool is_its_own(const Table& table) {
  return std::find(its_own.begin(), its_own.end(), table.name) != its_own.end();
}

bool is_file(const std::string& url) { return url.starts_with("sqlite:"); }

std::int64_t count_rows(Database& db, const Table& table) {
  return db.row("SELECT COUNT(*) FROM " + table.name)->integer(0);
}

StorageError broken(const std::string& what, const std::string& hint) {
  return StorageError(StorageTrouble::broken, what, hint);
}

void require_our_schema(Database& from) {
  require_known_schema(from);
  if (!missing_migrations(from).empty())
    throw broken("the database to move has not this program's schema", "run tertius migrate on it first");
  for (const Row& row : from.rows("SELECT version FROM schema_versions"))
    if (row.integer(0) > newest_known_schema())
      throw StorageError(StorageTrouble::too_new, "the database to move has tables of a newer program",
                         "let the newer program move it");
}

// Nobody writes to it while the transaction lasts, not even somebody who does not look at locks of ours.
void hold_still(Database& from) {
  if (!from.is_postgres()) return;  // BEGIN IMMEDIATE did
  std::string all;
  for (const Table& table : schema_tables()) all += (all.empty() ? "" : ", ") + table.name;
  // Longer than a daemon may be silent in its transaction: while the other database is read or emptied.
  from.run("SET LOCAL idle_in_transaction_session_timeout = 0");
  from.run("LOCK TABLE " + all + " IN SHARE MODE");
}

std::string secret_of(Database& db) {
  const auto row = db.row("SELECT secret FROM address_secret WHERE id = 1");
  return row ? row->text(0) : "";
}

// The secret is drawn when a database is made, and goes with all that moves: it says whose copy this is.
bool is_copy_of(Database& copy, Database& from) { return secret_of(copy) == secret_of(from); }

void require_empty(Database& to, Database& from) {
  for (const Table& table : moved_tables()) {
    if (table.is_seeded || !to.row("SELECT 1 FROM " + table.name + " LIMIT 1")) continue;
    if (is_copy_of(to, from))
      throw broken("the database to move to is this one, or a whole copy of it already",
                   "if it was moved before, set storage.url to it");
    throw broken("the database to move to is not empty: " + table.name + " has rows in it",
                 "move to one of its own that is new");
  }
}

void empty(Database& to) {
  const std::vector<Table>& tables = schema_tables();
  std::string all;
  for (auto table = tables.rbegin(); table != tables.rend(); ++table) {
    if (table->name == "schema_versions") continue;
    if (!to.is_postgres()) to.run("DELETE FROM " + table->name);
    all += (all.empty() ? "" : ", ") + table->name;
  }
  if (to.is_postgres()) to.run("TRUNCATE " + all);
  to.run("DELETE FROM network_changes");  // once more: SQLite's triggers noted who went
}

struct Mover {
  Database& from;
  Database& to;
  const MoveOptions& options;
  MoveStep step;

  void tell(std::int64_t rows) {
    step.rows += rows;
    step.done += rows;
    if (options.on_step) options.on_step(step);
  }
  void go_on_with(Moving doing, const Table& table, std::int64_t of_rows) {
    step.doing = doing;
    step.table = table.name;
    step.rows = 0;
    step.of_rows = of_rows;
  }
};

// All that TO begins with, or nothing of it.
void begin(Mover& mover, bool was_begun) {
  Transaction transaction(mover.to);
  if (was_begun) finish_moving(mover.to);
  empty(mover.to);
  begin_moving(mover.to);
  for (const Table& table : moved_tables()) {
    if (!table.is_seeded) continue;
    each_page(mover.from, table, {},
              [&](std::vector<TableRow> rows) { insert_rows(mover.to, table, std::move(rows)); });
    save_progress(mover.to, table, {.last = {}, .is_whole = true});
  }
  transaction.commit();
}

// True where an unfinished copy is gone on with.
bool begin_or_resume(Mover& mover) {
  const bool was_begun = is_unfinished(mover.to);
  migrate_copy(mover.to);
  if (was_begun && !mover.options.start_over) {
    if (is_copy_of(mover.to, mover.from)) return true;
    throw broken("the database to move to is the unfinished copy of another one",
                 "--start-over empties it, and moves this one there");
  }
  if (!was_begun) require_empty(mover.to, mover.from);
  begin(mover, was_begun);
  return false;
}

void copy_batch(Mover& mover, const Table& table, Progress& progress) {
  Transaction transaction(mover.to);
  const int most = mover.options.rows_at_once;
  int copied = 0;
  while (copied < most && !progress.is_whole) {
    std::vector<TableRow> rows = read_page(mover.from, table, progress.last, std::min(page_rows, most));
    progress.is_whole = rows.empty();
    if (rows.empty()) break;
    progress.last = key_of(table, rows.back());
    copied += static_cast<int>(rows.size());
    insert_rows(mover.to, table, std::move(rows));
  }
  save_progress(mover.to, table, progress);
  transaction.commit();
  mover.tell(copied);
}

void copy_table(Mover& mover, const Table& table, std::int64_t rows) {
  Progress progress = find_progress(mover.to, table);
  mover.go_on_with(Moving::copying, table, rows);
  // What was copied before counts as done.
  if (progress.is_whole || !progress.last.empty())
    mover.tell(progress.is_whole ? rows : count_rows(mover.to, table));
  while (!progress.is_whole) copy_batch(mover, table, progress);
}

std::string differing(const Table& table, const TableSum& from, const TableSum& to) {
  const std::string what = "the copy differs from what was moved in the table " + table.name;
  if (from.rows == to.rows) return what + ", though both have " + std::to_string(from.rows) + " rows";
  return what + ": " + std::to_string(from.rows) + " rows there, and " + std::to_string(to.rows) +
         " in the copy";
}

void compare_table(Mover& mover, const Table& table, std::int64_t rows) {
  mover.go_on_with(Moving::comparing, table, 2 * rows);
  const auto tell = [&](std::int64_t read) { mover.tell(read); };
  const TableSum there = sum_table(mover.from, table, tell), here = sum_table(mover.to, table, tell);
  if (there == here) return;
  throw broken(
      differing(table, there, here),
      "what was moved is whole and as it was. Where somebody wrote to it between two runs of the move, "
      "--start-over makes the copy anew");
}

}  // namespace

const std::vector<Table>& moved_tables() {
  static const std::vector<Table> tables = [] {
    std::vector<Table> all = schema_tables();
    std::erase_if(all, is_its_own);
    return all;
  }();
  return tables;
}

MoveReport move_storage(Database& from, Database& to, const std::string& to_name, Time now,
                        const MoveOptions& options) {
  require_our_schema(from);
  Transaction still(from);
  hold_still(from);
  require_unused(from);
  Mover mover{from, to, options, {}};
  MoveReport report;
  require_unused(to);
  report.was_resumed = begin_or_resume(mover);
  require_unused(to);  // whoever came meanwhile shows itself before it looks for the table `moving`
  std::vector<std::int64_t> counts;
  for (const Table& table : moved_tables()) counts.push_back(count_rows(from, table));
  for (const std::int64_t rows : counts) mover.step.total += 3 * rows;
  for (std::size_t i = 0; i < counts.size(); ++i) copy_table(mover, moved_tables()[i], counts[i]);
  for (std::size_t i = 0; i < counts.size(); ++i) {
    compare_table(mover, moved_tables()[i], counts[i]);
    report.rows += counts[i];
    if (counts[i] > 0) report.tables.push_back({moved_tables()[i].name, counts[i]});
  }
  // Whole from here on: FROM is out of use before the copy is in use.
  report.was_stopped = copy_stop(from, to, to_name);
  note_moved(from, to_name, now);
  still.commit();
  Transaction transaction(to);
  finish_moving(to);
  transaction.commit();
  return report;
}

MoveReport move_storage(const std::string& from, const std::string& to, Time now,
                        const MoveOptions& options) {
  if (from == to)
    throw broken("both are the same database", "name the one that is, and the one that it shall become");
  if (is_file(from) && !std::filesystem::exists(sqlite_path(from)))
    throw broken(from + " is not there", "is the name right?");
  // On PostgreSQL this would say that we are a daemon.
  Database source = open_database(from, is_file(from)), target = open_database(to, is_file(to));
  return move_storage(source, target, shown_url(to), now, options);
}

}  // namespace tertius::storage
