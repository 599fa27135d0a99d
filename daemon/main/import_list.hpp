#pragma once
// import --format members | ties: an operator's list, all of it in one transaction.

#include <string>

namespace tertius::daemon {

int import_list(const std::string& config, const std::string& file, const std::string& format, bool json);

}  // namespace tertius::daemon
