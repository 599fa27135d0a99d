#pragma once
// A notice: one mail that Tertius sends. `step` says which and to whom; notice_fields fills in the words; the
// outbox keeps them; templates::render and mail::compose make the bytes.

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/wording.hpp"

namespace tertius {

enum class NoticeKind {
  request,             // to C: will you forward this?
  reminder,            // to C
  pitch,               // to T: forwarded by C; accept or decline
  target_reminder,     // to T, once
  introduction,        // to R and to T, C in Cc
  receipt,             // to the decider: recorded, takes effect at ..., undo
  could_not_tell,      // to the decider: the reply was not clear, here are the buttons
  conflict,            // to the decider: two answers that contradict each other
  confirm_request,     // to R: was it you?
  connector_choices,   // to R: who can introduce you
  coach_findings,      // to R: what to mend
  problem,             // to R: unknown target, unknown member, quota ...
  changes_wanted,      // to R: C asks for changes
  redirect_suggested,  // to R: C names somebody else
  status_asked,        // to R
  status_forwarded,    // to R
  status_ended,        // to R: declined, expired, withdrawn, undeliverable
  outcome_question,    // to R: did you speak?
  thanks,              // to C, with the outcome
  stop_confirmation,   // to anybody
  sign_in,             // to a member: the link that signs in
  token_made,          // to a member: a program can act in their name now
  operator_alert,      // to the operator: what wants a hand
};

// RFC 3834 5: the Auto-Submitted value. A person's own words that we carry have none.
enum class AutoSubmitted { none, generated, replied };

struct NoticeTraits {
  NoticeKind kind;
  std::string_view name;  // of the template files and in the database
  AutoSubmitted auto_submitted;
  bool list_unsubscribe;  // RFC 8058; it silences polite out-of-office replies, so not on the first request
  bool suppress_auto_replies;  // X-Auto-Response-Suppress: OOF, AutoReply
  int priority;                // 0 first: people waiting for an answer go before reminders
};

std::span<const NoticeTraits> notice_table();
const NoticeTraits& notice_traits(NoticeKind kind);
std::string_view notice_name(NoticeKind kind);
// Whose silence or death matters to the introduction: C or T is asked something.
bool asks_something(NoticeKind kind);
std::optional<NoticeKind> find_notice_kind(std::string_view name);

// What a template is filled from. Names are upper case. A section is shown once for each of its elements and
// hidden where it is absent.
struct Fields {
  std::map<std::string, std::string> values;
  std::map<std::string, std::vector<Fields>> sections;

  friend bool operator==(const Fields&, const Fields&) = default;
};

// A notice that step wants sent. `remark` is the one thing the introduction itself does not say.
struct NoticeOrder {
  NoticeKind kind{};
  Role to{};
  std::optional<Time> not_before = std::nullopt;     // quiet hours
  std::vector<Wording> remark = {};                  // one line each
  std::optional<PersonId> connector = std::nullopt;  // where it is not the one asked last

  friend bool operator==(const NoticeOrder&, const NoticeOrder&) = default;
};

}  // namespace tertius
