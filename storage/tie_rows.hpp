#pragma once
// Ties for the files of this folder that read one member's.

#include <vector>

#include "broker/person.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

std::vector<Tie> ties_between(Database& db, PersonId owner, PersonId contact);

}  // namespace tertius::storage
