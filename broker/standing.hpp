#pragma once
// How an introduction stands for one of its three people, as far as that one may know: R and C see neither a
// held answer nor a silent no of somebody else, T nothing before the forward, and a connector who is not
// asked any more only what they said themselves. Pure.

#include <optional>

#include "broker/introduction.hpp"

namespace tertius {

enum class Group { waiting, open, ended };  // waits for this person; for somebody else; is over for them

// What this person sees. For R they are State's own; C and T have words for their own answers.
enum class Standing {
  to_confirm,      // R: is this yours?
  to_choose,       // R: a connector is to be chosen
  to_revise,       // R: changes are wanted
  to_report,       // R: did you speak?
  to_answer,       // C, T
  recorded,        // C, T: their own answer, that can be undone
  put_off,         // C, T: by themselves
  with_connector,  // R
  with_requester,  // C: waits for the new version
  with_target,     // R, C
  introduced,
  answered_no,   // C, T: they declined
  passed_to,     // C: they suggested somebody else
  passed_on,     // C: whoever they know is asked in turn, or was
  not_answered,  // C, T: their time is over
  declined,      // R: by the connector
  target_declined,
  expired,
  withdrawn,
  not_theirs,  // C: somebody else is asked now
};

struct Seat {
  Role role{};
  Standing standing{};
  Group group{};
};

// R, T once it was forwarded, C if ever asked; else none: for everybody else it does not exist.
std::optional<Role> role_of(const Introduction& introduction, PersonId person);
// The same, a connector as long as nobody else is asked: what programs are told of.
std::optional<Role> role_shown_to(const Introduction& introduction, PersonId person);
// A silent no is known to whoever gave it: the connector does not learn the target's, and tells nobody.
State state_shown_to(const Introduction& introduction, Role role);
bool may_be_withdrawn(State state);
// The connector who is asked now, not one of an earlier round.
bool is_current(const Introduction& introduction, PersonId connector);
// This person's last ask; none where they were never asked.
const Ask* last_ask_of(const Introduction& introduction, PersonId connector);
// On a long way: they agreed, and the next was asked.
bool has_passed_on(const Introduction& introduction, const Ask& ask);
// As this connector knows it: whoever was asked after them is not there.
Introduction as_last_asked(Introduction introduction, PersonId connector);

std::optional<Seat> seat_of(const Introduction& introduction, PersonId person, Time now);

}  // namespace tertius
