#include "broker/notice.hpp"

#include <algorithm>
#include <array>

namespace tertius {

namespace {

using enum NoticeKind;
using enum AutoSubmitted;

// List-Unsubscribe stands on everything but the first request and the introduction: with it, or with
// Auto-Submitted, polite out-of-office responders stay silent (seen with Sieve vacation), and the connector's
// absence is worth hearing.
constexpr auto table = std::to_array<NoticeTraits>({
    // kind, name, Auto-Submitted, unsubscribe, suppress OOF, priority
    {request, "request", none, false, false, 1},
    {reminder, "reminder", generated, true, true, 3},
    {pitch, "pitch", none, true, false, 1},
    {target_reminder, "target_reminder", generated, true, true, 3},
    {introduction, "introduction", none, false, false, 0},
    {receipt, "receipt", replied, true, true, 0},
    {could_not_tell, "could_not_tell", replied, true, true, 0},
    {conflict, "conflict", generated, true, true, 0},
    {confirm_request, "confirm_request", replied, true, true, 0},
    {connector_choices, "connector_choices", replied, true, true, 0},
    {coach_findings, "coach_findings", replied, true, true, 0},
    {problem, "problem", replied, true, true, 0},
    {changes_wanted, "changes_wanted", none, true, false, 1},
    {redirect_suggested, "redirect_suggested", none, true, false, 1},
    {status_asked, "status_asked", generated, true, true, 2},
    {status_forwarded, "status_forwarded", generated, true, true, 2},
    {status_ended, "status_ended", generated, true, true, 2},
    {outcome_question, "outcome_question", generated, true, true, 3},
    {thanks, "thanks", generated, true, true, 3},
    {stop_confirmation, "stop_confirmation", replied, false, true, 0},
    {sign_in, "sign_in", replied, false, true, 0},
    {token_made, "token_made", generated, false, true, 0},
    {operator_alert, "operator_alert", generated, false, true, 0},
});

constexpr bool stands_in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (static_cast<std::size_t>(table[i].kind) != i) return false;
  }
  return true;
}
static_assert(stands_in_order());

}  // namespace

std::span<const NoticeTraits> notice_table() { return table; }

const NoticeTraits& notice_traits(NoticeKind kind) { return table[static_cast<std::size_t>(kind)]; }

bool asks_something(NoticeKind kind) {
  return kind == request || kind == reminder || kind == pitch || kind == target_reminder;
}

std::string_view notice_name(NoticeKind kind) { return notice_traits(kind).name; }

std::optional<NoticeKind> find_notice_kind(std::string_view name) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const auto& r) { return r.name == name; });
  if (row == table.end()) return std::nullopt;
  return row->kind;
}

}  // namespace tertius
