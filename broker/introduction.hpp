#pragma once
// One introduction and its whole life: one request by R (requester), brought by C (connector) to T (target).
// `step` (step.hpp) is the only function that makes the next one; storage loads and saves them whole.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/ids.hpp"
#include "broker/time.hpp"

namespace tertius {

enum class Role { requester, connector, target };

enum class State {
  drafted,            // R has to confirm it, or to choose a connector
  asked,              // C has the request
  revising,           // C wants changes; R is to make them
  redirected,         // C named somebody else; R is to choose
  snoozed,            // C wants to be asked again later
  declined_silently,  // C or T said no and does not want that said; ends as expired, at the same time
  forwarded,          // T has the pitch
  introduced,         // both have the introduction
  closed,             // and R has said, or not said, whether they spoke
  declined,
  target_declined,
  expired,
  withdrawn,
};
inline constexpr int state_count = 13;

enum class DecisionKind { forward, decline, revise, redirect, later, accept };

// Where a decision came from. It sets the hold: a bound browser is known for certain, a reply nearly so.
enum class Channel { bound_browser, unbound_browser, reply, command };

struct Decision {
  DecisionKind kind{};
  std::string note;           // forward: C's endorsement; decline: the reason; revise: what to change
  std::optional<Time> until;  // later
  std::string redirect_to;    // redirect: the person's name or address, as C wrote it
  bool silent = false;        // decline: R is not told
};

// A decision that is recorded and visible, and takes effect at `effective_at` unless undone or contradicted.
struct Held {
  Role by{};
  Decision decision;
  Channel channel{};
  std::string visit;  // one page view or one letter; two visits that differ contradict each other
  Time effective_at{};
};

// One asking of one connector with one wording. Tokens name its round, so that an old mail cannot decide a
// new request; ranking learns from the answers.
struct Ask {
  int round = 0;  // 1, 2, ... over the whole introduction
  PersonId connector{};
  Time asked_at{};
  Time expires_at{};
  std::optional<Time> decided_at = std::nullopt;
  std::optional<DecisionKind> decision = std::nullopt;
};

enum class Outcome { unknown, spoke, did_not_speak };

struct Introduction {
  IntroductionId id{};
  std::int64_t version = 0;  // optimistic lock; storage raises it on each save
  State state = State::drafted;
  PersonId requester{};
  PersonId target{};
  std::string wanted;  // the target as R wrote it: "Gail Goodman, Constant Contact", or an address
  std::vector<PersonId> connectors;  // those R named, in order; the ones already asked included
  std::vector<Ask> asks;             // the last is the open one
  // A long way, where nobody knows both R and T: each of these passes it on to the next, who is asked in
  // turn, and the last forwards it to T. Empty where whoever is asked knows T.
  std::vector<PersonId> relay;

  std::string subject;     // of the mail to T
  std::string cover_note;  // R's private words to C
  std::string pitch;       // R's words to T
  std::string purpose;
  std::string endorsement;  // what C adds for T
  std::string vouching;     // what whoever passed it on to C wrote to C
  std::string question;     // what C wants changed, or whom C suggests instead
  int revision = 1;

  bool confirmed = false;             // provably R's own request
  bool connector_must_press = false;  // after a contradiction no click counts without a press
  bool target_must_press = false;
  std::optional<Held> held;

  int reminders = 0;  // sent in this ask, or to T since the forward
  int snoozes = 0;
  bool outcome_asked = false;
  Outcome outcome = Outcome::unknown;
  std::optional<Time> paused_until;  // an out-of-office or a "later" stops the clock until then

  Time created_at{};
  Time state_since{};
  std::optional<Time> forwarded_at;
  std::optional<Time> introduced_at;
};

std::string_view state_name(State state);  // "declined_silently"
std::string_view role_name(Role role);
std::string_view decision_name(DecisionKind kind);
std::string_view channel_name(Channel channel);
std::string_view outcome_name(Outcome outcome);
std::optional<State> find_state(std::string_view name);
std::optional<Role> find_role(std::string_view name);
std::optional<DecisionKind> find_decision(std::string_view name);
std::optional<Channel> find_channel(std::string_view name);
std::optional<Outcome> find_outcome(std::string_view name);

bool is_final(State state);

// The connector being asked now; none while drafted without one.
std::optional<PersonId> current_connector(const Introduction& introduction);
// On a long way: whom this connector passes it on to; none where they forward it to T.
std::optional<PersonId> next_on_way(const Introduction& introduction, PersonId connector);
// Who has passed it on to the connector being asked now; none where R asked them.
std::optional<PersonId> passed_on_by(const Introduction& introduction);
// R's private words to the connector being asked now. What R wrote to the first is not for the next.
std::string note_to_connector(const Introduction& introduction);
// Whose decision is awaited: connector or target; none in other states.
std::optional<Role> decider(State state);
std::optional<PersonId> person_in(const Introduction& introduction, Role role);
// What R may see: a silent decline looks like waiting until the time an expiry would have come, and a held
// decision like none.
State state_shown_to_requester(const Introduction& introduction);

}  // namespace tertius
