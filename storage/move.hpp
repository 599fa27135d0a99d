#pragma once
// A whole database moved to another, of the other engine or the same: tables in the order of their
// references, rows in the order of their keys, some thousands to a transaction that also says how far it has
// come, so that a move that was killed at any point goes on from there. Then both are read again and compared
// by count and checksum; until that is done the copy is nobody's to use (moving.hpp). FROM is held still
// meanwhile and no row of it changes, but that at the end its sending is stopped, with a word about where it
// went: a daemon that is started on it by mistake sends nothing twice. Throws StorageError: taken where
// either is in use, broken where the two differ or do not fit, with FROM as it was. One thread, for as long
// as it takes.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/time.hpp"
#include "storage/db.hpp"
#include "storage/tables.hpp"

namespace tertius::storage {

enum class Moving { copying, comparing };

struct MoveStep {
  Moving doing = Moving::copying;
  std::string_view table;
  std::int64_t rows = 0, of_rows = 0;  // in this table; when comparing both sides are counted
  std::int64_t done = 0, total = 0;    // in all that is to be done
};

struct MoveOptions {
  bool start_over = false;  // where TO has an unfinished copy, empty it first
  // In one transaction: each is forced to the disk, which takes longer than to write them.
  int rows_at_once = 16 * 512;
  std::function<void(const MoveStep&)> on_step = {};
};

struct MovedTable {
  std::string name;
  std::int64_t rows = 0;
};

struct MoveReport {
  std::vector<MovedTable> tables;  // those with rows
  std::int64_t rows = 0;
  bool was_resumed = false;
  bool was_stopped = false;  // sending had been stopped before, and is so in the copy
};

MoveReport move_storage(const std::string& from, const std::string& to, Time now,
                        const MoveOptions& options = {});

// The same for what is open already and in use by nobody else. `to_name` is what FROM will say of where it
// went.
MoveReport move_storage(Database& from, Database& to, const std::string& to_name, Time now,
                        const MoveOptions& options = {});

// All but those that are a database's own: how far its schema is, which daemons are at work, where it went.
const std::vector<Table>& moved_tables();

}  // namespace tertius::storage
