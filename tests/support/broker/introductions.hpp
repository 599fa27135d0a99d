#pragma once
// Introductions in any state, and facts under which everything is allowed, for the tests of step().

#include "broker/step.hpp"

namespace tertius::testing {

inline constexpr PersonId alice{1}, christine{2}, gail{3}, bob{4}, dora{5};
inline const Time monday_noon = from_unix_seconds(1'773'057'600);  // 2026-03-09 12:00 UTC

inline Facts open_facts() {
  Facts facts;
  facts.connectors = {{.person = christine, .last_ask_by_requester = {}},
                      {.person = bob, .last_ask_by_requester = {}},
                      {.person = dora, .last_ask_by_requester = {}}};
  return facts;
}

inline Introduction drafted_introduction() {
  Introduction out;
  out.id = IntroductionId{77};
  out.requester = alice;
  out.target = gail;
  out.connectors = {christine};
  out.cover_note = "Could you pass this on?";
  out.pitch = "Gail, may I ask you twenty minutes about email for small shops?";
  out.confirmed = true;
  out.created_at = out.state_since = monday_noon;
  return out;
}

// As step() itself would have left it in `state`.
inline Introduction introduction_in(State state) {
  Introduction out = drafted_introduction();
  out.state = state;
  if (state == State::drafted) return out;
  out.asks = {
      {.round = 1, .connector = christine, .asked_at = monday_noon, .expires_at = monday_noon + days{14}}};
  if (state == State::snoozed) out.paused_until = monday_noon + days{20};
  const bool after_forward = state == State::forwarded || state == State::introduced ||
                             state == State::closed || state == State::target_declined;
  if (after_forward) out.forwarded_at = monday_noon;
  if (state == State::introduced || state == State::closed) out.introduced_at = monday_noon;
  return out;
}

}  // namespace tertius::testing
