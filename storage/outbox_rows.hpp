#pragma once
// Rows of `outbox`, and of `outbox_fields` beside it, for the files of this folder that read or write them.

#include <span>
#include <string_view>
#include <vector>

#include "storage/outbox.hpp"

namespace tertius::storage {

std::span<const std::string_view> outbox_columns();
OutboxRow read_outbox_row(const Row& row);  // without its fields
Fields load_outbox_fields(Database& db, NoticeId id);
void insert_outbox_row(Database& db, const OutboxRow& row);

// `tail` is what follows FROM outbox.
std::vector<OutboxRow> select_outbox_rows(Database& db, std::string_view tail,
                                          const std::vector<Value>& arguments);
std::optional<OutboxRow> select_outbox_row(Database& db, std::string_view tail,
                                           const std::vector<Value>& arguments);

}  // namespace tertius::storage
