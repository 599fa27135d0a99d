#pragma once
// What is kept for a time and then forgotten: the octets of letters, the words of mails that have gone out,
// the mails themselves, the words of introductions that have ended, sign-ins that nobody can use any more.
// What came of it all stays, and so does what a letter is known by when it comes twice. A pass goes from the
// oldest to the youngest that is due in batches of a few milliseconds, each a transaction of the caller's.

#include <array>
#include <chrono>
#include <string_view>

#include "broker/time.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

struct RetentionTimes {  // 0: for ever
  std::chrono::days letters{90};
  std::chrono::days notice_texts{90};  // of introductions that have ended, and of mails about none
  std::chrono::days notices{730};      // that were sent, given up or cancelled
  std::chrono::days declined{365};     // words of those that ended without an introduction
  std::chrono::days introduced{0};     // ... with one
  friend bool operator==(const RetentionTimes&, const RetentionTimes&) = default;
};

enum class Retained { letters, notice_texts, notices, declined, introduced, sign_ins };
inline constexpr std::size_t retained_kinds = static_cast<std::size_t>(Retained::sign_ins) + 1;
std::string_view retained_name(Retained what);  // "letters", "notice_texts"

// How far a pass has come, and how much of each it has forgotten.
struct RetentionPass {
  std::size_t kind = 0;
  std::int64_t at = 0, id = 0;  // behind this row
  std::array<std::int64_t, retained_kinds> forgotten{};
};
inline bool is_through(const RetentionPass& pass) { return pass.kind == retained_kinds; }
void forget_a_batch(Database& db, const RetentionTimes& times, Time now, RetentionPass& pass);

// Whether one of the youngest thousand letters older than that has its octets still.
bool has_whole_letters(Database& db, Time before);

}  // namespace tertius::storage
