#pragma once
// The two engines behind storage/db.hpp. Each stands alone in the file that includes its library.

#include <memory>
#include <string>

#include "storage/db.hpp"

namespace tertius::storage {

std::unique_ptr<Driver> open_sqlite(const std::string& path, bool exclusive);
std::unique_ptr<Driver> open_postgres(const std::string& url);

}  // namespace tertius::storage
