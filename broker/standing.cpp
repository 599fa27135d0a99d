#include "broker/standing.hpp"

#include <algorithm>

namespace tertius {

namespace {

using enum Standing;

bool is_held_by(const Introduction& introduction, Role role) {
  return introduction.held && introduction.held->by == role;
}

bool is_put_off(const Introduction& introduction, Time now) {
  return introduction.snoozes > 0 && introduction.paused_until && *introduction.paused_until > now;
}

Standing of_requester(const Introduction& introduction) {
  switch (state_shown_to_requester(introduction)) {
    case State::drafted: return introduction.confirmed ? to_choose : to_confirm;
    case State::revising: return to_revise;
    case State::redirected: return to_choose;
    case State::asked:
    case State::snoozed:
    case State::declined_silently: return with_connector;
    case State::forwarded: return with_target;
    case State::introduced: return introduction.outcome_asked ? to_report : introduced;
    case State::closed: return introduced;
    case State::declined: return declined;
    case State::target_declined: return target_declined;
    case State::expired: return expired;
    case State::withdrawn: return withdrawn;
  }
  return expired;
}

Standing of_own_answer(const Ask& ask, Standing otherwise) {
  if (!ask.decision) return otherwise;
  switch (*ask.decision) {
    case DecisionKind::decline: return answered_no;
    case DecisionKind::redirect: return passed_to;
    case DecisionKind::forward:
    case DecisionKind::revise:
    case DecisionKind::later:
    case DecisionKind::accept: return otherwise;
  }
  return otherwise;
}

// What the next on a long way says is not told; that the two have met, is.
Standing of_earlier_connector(const Introduction& introduction, const Ask& ask) {
  if (!has_passed_on(introduction, ask)) return of_own_answer(ask, not_theirs);
  return introduction.introduced_at && passed_on_by(introduction) == ask.connector ? introduced : passed_on;
}

// Where it ended before their time was over it was not for want of their answer.
Standing of_end(const Introduction& introduction, const Ask& ask) {
  if (introduction.forwarded_at) return expired;
  if (ask.decision) return of_own_answer(ask, expired);
  return introduction.state_since < ask.expires_at ? not_theirs : not_answered;
}

// Their own no, silent or not, is what a connector sees of it to the end.
Standing of_connector(const Introduction& introduction, const Ask& ask, bool current) {
  if (!current) return of_earlier_connector(introduction, ask);
  switch (introduction.state) {
    case State::asked: return is_held_by(introduction, Role::connector) ? recorded : to_answer;
    case State::snoozed: return is_held_by(introduction, Role::connector) ? recorded : put_off;
    case State::drafted:
    case State::revising: return with_requester;
    case State::redirected: return passed_to;
    case State::declined_silently: return introduction.forwarded_at ? with_target : answered_no;
    case State::forwarded: return with_target;
    case State::introduced:
    case State::closed: return introduced;
    case State::declined: return answered_no;
    case State::target_declined: return target_declined;
    case State::expired: return of_end(introduction, ask);
    case State::withdrawn: return of_own_answer(ask, withdrawn);
  }
  return not_theirs;
}

Standing of_target(const Introduction& introduction, Time now) {
  switch (introduction.state) {
    case State::forwarded:
      if (is_held_by(introduction, Role::target)) return recorded;
      return is_put_off(introduction, now) ? put_off : to_answer;
    case State::introduced:
    case State::closed: return introduced;
    case State::declined_silently:
    case State::target_declined: return answered_no;
    case State::withdrawn: return withdrawn;
    case State::drafted:
    case State::asked:
    case State::revising:
    case State::redirected:
    case State::snoozed:
    case State::declined:
    case State::expired: return expired;
  }
  return expired;
}

Group group_of(Standing standing) {
  switch (standing) {
    case to_confirm:
    case to_choose:
    case to_revise:
    case to_report:
    case to_answer: return Group::waiting;
    case recorded:
    case put_off:
    case with_connector:
    case with_requester:
    case with_target: return Group::open;
    case introduced:
    case answered_no:
    case passed_to:
    case passed_on:
    case not_answered:
    case declined:
    case target_declined:
    case expired:
    case withdrawn:
    case not_theirs: return Group::ended;
  }
  return Group::ended;
}

}  // namespace

const Ask* last_ask_of(const Introduction& introduction, PersonId connector) {
  const auto& asks = introduction.asks;
  const auto found =
      std::find_if(asks.rbegin(), asks.rend(), [&](const Ask& ask) { return ask.connector == connector; });
  return found == asks.rend() ? nullptr : &*found;
}

bool is_current(const Introduction& introduction, PersonId connector) {
  return current_connector(introduction) == connector;
}

bool has_passed_on(const Introduction& introduction, const Ask& ask) {
  const auto next = next_on_way(introduction, ask.connector);
  return ask.decision == DecisionKind::forward && next && last_ask_of(introduction, *next);
}

Introduction as_last_asked(Introduction introduction, PersonId connector) {
  const Ask* last = last_ask_of(introduction, connector);
  if (!last || is_current(introduction, connector)) return introduction;
  introduction.asks.resize(static_cast<std::size_t>(last->round));
  // They may have been changed since, for somebody else.
  introduction.cover_note = introduction.vouching = introduction.endorsement = "";
  return introduction;
}

std::optional<Role> role_of(const Introduction& introduction, PersonId person) {
  if (introduction.requester == person) return Role::requester;
  if (introduction.target == person) {
    const bool has_heard = introduction.forwarded_at || introduction.introduced_at;
    return has_heard ? std::optional(Role::target) : std::nullopt;
  }
  return last_ask_of(introduction, person) ? std::optional(Role::connector) : std::nullopt;
}

std::optional<Role> role_shown_to(const Introduction& introduction, PersonId person) {
  const auto role = role_of(introduction, person);
  return role == Role::connector && !is_current(introduction, person) ? std::nullopt : role;
}

State state_shown_to(const Introduction& introduction, Role role) {
  if (role == Role::requester) return state_shown_to_requester(introduction);
  if (introduction.state != State::declined_silently) return introduction.state;
  const bool own = role == (introduction.forwarded_at ? Role::target : Role::connector);
  return own ? State::declined : state_shown_to_requester(introduction);
}

bool may_be_withdrawn(State state) { return !is_final(state) && state != State::introduced; }

std::optional<Seat> seat_of(const Introduction& introduction, PersonId person, Time now) {
  const auto role = role_of(introduction, person);
  if (!role) return std::nullopt;
  Standing standing{};
  switch (*role) {
    case Role::requester: standing = of_requester(introduction); break;
    case Role::connector:
      standing =
          of_connector(introduction, *last_ask_of(introduction, person), is_current(introduction, person));
      break;
    case Role::target: standing = of_target(introduction, now); break;
  }
  return Seat{*role, standing, group_of(standing)};
}

}  // namespace tertius
