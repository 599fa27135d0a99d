#pragma once
// Everything that storage/ says to the database, in a database that is used for it: but for what is there to
// read everything (all_ties), and the lists of what is few.

#include <set>
#include <string>

#include "storage/db.hpp"

namespace tertius::storage {

std::set<std::string> every_statement(Database& db);

}  // namespace tertius::storage
