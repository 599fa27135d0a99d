#pragma once
// The two engines behind storage/db.hpp. Each stands alone in the file that includes its library.

#include <memory>
#include <string>

#include "storage/db.hpp"

struct pg_conn;  // libpq's PGconn

namespace tertius::storage {

std::unique_ptr<Driver> open_sqlite(const std::string& path, bool exclusive);
// `greeting` is run at the start of each session, the one after a lost connection too; "" is none.
std::unique_ptr<Driver> open_postgres(const std::string& url, const std::string& greeting);

// Not checked: PQstatus says whether it came about. A server that went silent, as behind a network that is
// cut, is given up after ten seconds, not after the two hours of TCP.
pg_conn* connect_postgres(const std::string& url);

}  // namespace tertius::storage
