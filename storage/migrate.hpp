#pragma once
// Brings a database to this program's schema: the embedded schema/NNNN_name.sql files that it has not seen,
// in order, each in its own transaction with its row in schema_versions. A newer database is refused
// (StorageTrouble::too_new). What differs between the engines stands behind a `-- sqlite:` or `-- postgres:`
// line prefix in the one file; see schema_sql.hpp.

#include "storage/db.hpp"

namespace tertius::storage {

// Throws too_new where the database is of a newer program; changes nothing.
void require_known_schema(Database& db);

// The number of migrations that were applied.
int migrate(Database& db);

}  // namespace tertius::storage
