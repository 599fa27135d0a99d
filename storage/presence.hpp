#pragma once
// Which daemons are at work on a PostgreSQL database. Each holds a shared advisory lock for as long as its
// session lasts, numbered by the newest schema that it knows: it dies with the daemon, however that dies, and
// comes back with its connection. It keeps nobody waiting; it is there to be seen, by whoever wants the
// database for itself or wants to take something away from it. An SQLite file has a lock file for that
// (lock_file.hpp). Throws StorageError.

#include <cstdint>
#include <string>
#include <vector>

#include "storage/db.hpp"

namespace tertius::storage {

// What a daemon says at the start of each session.
std::string presence_sql(std::int64_t newest_known_schema);

// The newest schema that each other daemon knows; empty for SQLite.
std::vector<std::int64_t> schemas_of_daemons(Database& db);

// Of those that do not know this schema, whoever does not go within a second: one that was stopped just now
// is seen until the server has heard of it.
std::vector<std::int64_t> lasting_daemons(Database& db, std::int64_t that_do_not_know);

// Throws StorageTrouble::taken while a daemon is at work. For SQLite being opened `exclusive` is enough.
void require_unused(Database& db);

}  // namespace tertius::storage
