#pragma once
// A database that was moved away has its sending stopped, and `why` says where it went, behind what was there
// before if it had been stopped already. That word is this database's own: the copy has what there was
// without it, so that nothing is stopped in it for having been moved. Throws StorageError.

#include <string>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

void note_moved(Database& from, const std::string& to_name, Time now);

// True where the copy is stopped.
bool copy_stop(Database& from, Database& to, const std::string& to_name);

}  // namespace tertius::storage
