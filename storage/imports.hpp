#pragma once
// Contact files that members have uploaded: kept until they are read, imported slice by slice under a lease
// (a daemon that dies leaves the rest to the next), reported, and taken back on wish. Whoever asks names the
// owner, so that nobody reaches another member's imports. Callers hold a transaction.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/contact.hpp"
#include "broker/result.hpp"
#include "storage/import_contacts.hpp"

namespace tertius::storage {

enum class ImportId : std::int64_t {};
enum class BookId : std::int64_t {};  // storage/address_books.hpp

enum class ImportState { waiting, running, done, failed, undone };

std::string_view import_state_name(ImportState state);

struct ImportRow {
  ImportId id{};
  PersonId owner{};
  std::string file_name;
  ImportState state = ImportState::waiting;
  std::string format, what, hint;
  std::int64_t total = 0, done = 0;
  ImportReport report;  // `read` is not kept: it is `done`
  std::int64_t hidden = 0, skipped_count = 0;
  std::vector<SkippedRow> skipped;  // the first of them
  std::int64_t gone = 0;            // contacts of the list's earlier file whom this one no longer names
  std::int64_t left_alone = 0;      // contacts of other files of the kind whom this one does not name
  Time created_at{};
  std::optional<Time> finished_at;
  std::optional<Time> ready_at;
  std::optional<BookId> book;  // the linked address book that it is an edition of
};

inline constexpr std::size_t most_skipped_kept = 100;
inline constexpr std::chrono::seconds import_lease{60};

void add_import(Database& db, const ImportRow& row, std::string_view content);
std::optional<ImportRow> find_import(Database& db, PersonId owner, ImportId id);
std::vector<ImportRow> imports_of(Database& db, PersonId owner, int limit);  // newest first
std::int64_t count_unfinished_imports(Database& db, PersonId owner);

// The one that has waited longest; nobody else gets it before now + import_lease.
std::optional<ImportRow> claim_import(Database& db, Time now);
std::string load_import_file(Database& db, ImportId id);

// The file has been read: so many rows are to come. No effect on one that was taken back meanwhile.
void begin_import(Database& db, ImportId id, const ContactFile& file);
void fail_import(Database& db, ImportId id, const Failure& why, Time now);
// Up to `most` rows more, or of what the list's earlier file named and this one does not (gone.hpp), and the
// lease prolonged. The row as it now stands; none where somebody else has gone on with it, or its owner took
// it back.
std::optional<ImportRow> import_slice(Database& db, ImportId id, const ContactFile& file, std::size_t most,
                                      ImportMemory& memory, Time now, const IdSource& ids);

// All of a file in this transaction: `row` has id, owner and file name.
ImportRow import_at_once(Database& db, ImportRow row, const ContactFile& file, Time now, const IdSource& ids);

// What stood there before this import stands there again, but where a later one speaks of it; what it only
// confirmed stays. Once more changes nothing. False where the owner has no such import.
bool undo_import(Database& db, PersonId owner, ImportId id, Time now);

}  // namespace tertius::storage
