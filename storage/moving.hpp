#pragma once
// How far a copy has come (move.hpp): the table `moving` in it, with a row for each table and the key of the
// last row that is there. While it is there the copy is nobody's to use. Throws StorageError.

#include "storage/table_pages.hpp"

namespace tertius::storage {

bool is_unfinished(Database& db);

// Throws broken for the unfinished copy of another database.
void refuse_unfinished(Database& db);

void begin_moving(Database& copy);  // in the caller's transaction, and so are the next two
void finish_moving(Database& copy);

struct Progress {
  Key last;  // empty: nothing is there yet
  bool is_whole = false;
};
void save_progress(Database& copy, const Table& table, const Progress& progress);

Progress find_progress(Database& copy, const Table& table);

}  // namespace tertius::storage
