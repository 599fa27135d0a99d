#pragma once
// All sending can be stopped, and stays so through restarts until somebody lets it go on; everything else
// goes on meanwhile, and what is posted waits. It holds for every daemon of this database.

#include <optional>
#include <string>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct SendingStop {
  Time since{};
  std::string why;
};

std::optional<SendingStop> find_sending_stop(Database& db);

// False where it has stopped already: the first reason stays.
bool stop_sending(Database& db, const std::string& why, Time now);

// False where it had not stopped.
bool resume_sending(Database& db);

}  // namespace tertius::storage
