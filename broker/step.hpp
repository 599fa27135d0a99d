#pragma once
// The state machine. step() is pure: the same introduction, event, facts, policy and time always give the
// same answer, which is either the next introduction with the notices to send, or a refusal that changes
// nothing. Every change of state is a row of `transitions`; a test walks every State x Event.

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/notice.hpp"
#include "broker/person.hpp"
#include "broker/policy.hpp"
#include "broker/preferences.hpp"

namespace tertius {

// What happened, as the outside saw it.
struct Submitted {};  // R's draft is there; asks at once where it may
struct Confirmed {};  // R pressed the link in the mail to R's own address
struct ConnectorChosen {
  PersonId connector{};
  std::optional<PersonId> onward = std::nullopt;  // a long way: whom they are to pass it on to
};
struct Decided {
  Role by{};
  Decision decision;
  Channel channel{};
  std::string visit;
};
struct Undone {
  Role by{};
};
struct Hurried {
  Role by{};
};  // "send now"
struct Reworded {
  Role by{};
  std::string note;
  std::optional<bool> silent = std::nullopt;  // of a decline; none: as it was
};                                            // other words for the answer that is held
struct DeadlineReached {};
struct Resubmitted {
  std::string cover_note;
  std::string pitch;
};
struct Withdrawn {};
struct Bounced {
  Role role{};
  std::string diagnostic;
};
struct Away {
  Role role{};
  std::optional<Time> until;
};  // an out-of-office reply
struct Unclear {
  Role by{};
  Wording understood;
  bool theirs = true;  // false: perhaps somebody else wrote it; then it takes nothing back
};                     // a reply that could not be told
struct OutcomeReported {
  Outcome outcome{};
};
struct Stopped {
  Role role{};
};                     // "no more mail from you"
struct TargetLeft {};  // and asked for everything about them to be forgotten
struct Nudged {};      // R wants C reminded now

using Event = std::variant<Submitted, Confirmed, ConnectorChosen, Decided, Undone, Hurried, Reworded,
                           DeadlineReached, Resubmitted, Withdrawn, Bounced, Away, Unclear, OutcomeReported,
                           Stopped, TargetLeft, Nudged>;
std::string_view event_name(const Event& event);

// What the engine looked up for this step, in the same transaction.
struct ConnectorFacts {
  PersonId person{};
  bool has_address = true;
  bool stopped = false;
  bool unwilling = false;  // is asked by nobody, or not by R; which of them is nobody's business
  int open_asks = 0;       // other requests that wait for this connector
  std::optional<int> max_open_asks = std::nullopt;
  int open_with_requester = 0;       // other open introductions R asked this connector for
  int this_year_with_requester = 0;  // other asks of this pair in the last 365 days
  std::optional<Time> last_ask_by_requester;
};
struct Facts {
  Consent target_consent = Consent::ask_first;
  bool target_stopped = false;
  bool target_has_address = true;
  bool target_unwilling = false;           // does not want to hear from R
  bool target_is_being_asked = false;      // another open introduction has this target
  int open_by_requester = 0;               // other open introductions of R
  std::vector<ConnectorFacts> connectors;  // those in question
  std::array<Preferences, 3> preferences;  // of each Role; C is the connector being asked
  std::optional<Time> last_called;         // when R last had C asked, or reminded
};

// Why something was not done. Nothing has changed; the sentence goes to the person.
enum class Refusal {
  not_now,  // the event has no meaning in this state
  already_ended,
  already_answered,       // this role has decided, and the hold has passed
  no_connector,           // nobody left to ask
  connector_unavailable,  // stopped, without an address, or not to be asked by R
  target_unavailable,     // never, stopped, without an address, or wants no request of R's
  target_is_being_asked,
  too_many_open,      // R's quota
  pair_budget_spent,  // R has asked this connector enough
  unconfirmed,        // R has to confirm first
  nothing_held,
  not_yours,        // T cannot forward, C cannot accept
  too_many_rounds,  // revisions or snoozes used up
  incomplete,       // later without a date, redirect without a person, revise without words
  connector_busy,   // as many requests wait for this connector as they want to have waiting
  too_soon,         // R has had C asked or reminded a short while ago
};
struct RefusalText {
  Refusal refusal;
  std::string_view what;
  std::string_view hint;
};
std::span<const RefusalText> refusal_table();
const RefusalText& refusal_text(Refusal refusal);

// The finer cause of a change, as it stands in the table and in the history.
enum class Trigger {
  draft,
  confirm,
  ask,
  hold,
  undo,
  contradict,
  forward,
  decline,
  decline_silently,
  revise,
  redirect,
  snooze,
  accept,
  remind,
  wake,
  expire,
  resubmit,
  withdraw,
  bounce,
  pause,
  clarify,
  ask_outcome,
  report,
  stop,
  nudge,
  pass_on,
};
std::string_view trigger_name(Trigger trigger);

struct Transition {
  State from;
  Trigger trigger;
  State to;
};
std::span<const Transition> transitions();
bool is_allowed(State from, Trigger trigger, State to);

struct Step {
  Introduction next;
  Trigger trigger{};
  std::string remark = {};  // for the history
  std::vector<NoticeOrder> notices = {};
  bool cancels_unsent = false;                 // what is still in the outbox for C and T has lost its point
  std::optional<Role> stopped = std::nullopt;  // this person gets no mail from now on
};
using StepResult = std::variant<Step, Refusal>;

StepResult step(const Introduction& introduction, const Event& event, const Facts& facts,
                const Policy& policy, Time now);

// Whose ConnectorFacts step() may look at: those of both lists who could be asked next, whom R chooses now
// (`also`), and who is to see a revised request. The others' answers are in, and most decisions have none to
// ask.
std::vector<PersonId> connectors_in_question(const Introduction& introduction,
                                             const std::vector<PersonId>& also = {});

// When time alone will next change this introduction; none in a final state only.
std::optional<Time> next_deadline(const Introduction& introduction, const Policy& policy);

// When it ends if nobody says anything more; none where it has ended. The same whether a silent no has been
// said, an answer is held, or nobody has answered: everybody may see it.
std::optional<Time> end_without_answer(const Introduction& introduction, const Policy& policy);

// The first time at or after `time` that is not quiet.
Time next_civil_time(Time time, const QuietHours& quiet);

}  // namespace tertius
