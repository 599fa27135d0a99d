#pragma once

#include <optional>

#include "storage/db.hpp"

namespace tertius::storage {

// What `body` throws; nothing where it does not.
template <class Body>
std::optional<StorageTrouble> trouble_of(Body body) {
  try {
    body();
  } catch (const StorageError& error) {
    return error.trouble;
  }
  return std::nullopt;
}

}  // namespace tertius::storage
