#pragma once
// The two engines behind storage/db.hpp. Each stands alone in the file that includes its library.

#include <memory>
#include <string>

#include "storage/db.hpp"

namespace tertius::storage {

std::unique_ptr<Driver> open_sqlite(const std::string& path, bool exclusive);
// `greeting` is run at the start of each session, the one after a lost connection too; "" is none.
std::unique_ptr<Driver> open_postgres(const std::string& url, const std::string& greeting);

}  // namespace tertius::storage
