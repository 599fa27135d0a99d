#pragma once
// A linked address book is imported anew whenever a card has changed. What was before each of its editions is
// kept as long as taking one back brings anybody back, and then handed to the next one. Callers hold a
// transaction.

#include "storage/imports.hpp"

namespace tertius::storage {

// Of the book that `import` is an edition of, those that were superseded before `before`.
void forget_old_editions(Database& db, const ImportRow& import, Time before);

}  // namespace tertius::storage
