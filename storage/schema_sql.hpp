#pragma once
// A migration's one text, as each engine is to read it. Pure.

#include <string>
#include <string_view>

namespace tertius::storage {

// Lines beginning with `-- sqlite:` or `-- postgres:` lose these words for their engine and are left out for
// the other. SQLite's STRICT tables know four types only, so PostgreSQL's names for them are replaced.
std::string schema_sql(std::string_view text, bool for_postgres);

// What schema_sql gives, without the lines that stayed in it as comments for the other engine.
std::string without_other_engine(std::string_view sql, bool for_postgres);

}  // namespace tertius::storage
