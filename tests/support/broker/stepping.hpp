// Short words for stepping an introduction in a test: what must work, what must be refused, what time does.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>

#include "broker/step.hpp"
#include "tests/support/broker/introductions.hpp"

namespace tertius::testing {

inline const Policy policy;

inline Step must(const StepResult& result) {
  if (const auto* refusal = std::get_if<Refusal>(&result)) {
    ADD_FAILURE() << "refused: " << refusal_text(*refusal).what;
    return {};
  }
  return std::get<Step>(result);
}

inline Step run(const Introduction& introduction, const Event& event, Time now = monday_noon,
                Facts facts = open_facts()) {
  return must(step(introduction, event, facts, policy, now));
}

inline Refusal refused(const Introduction& introduction, const Event& event, Time now = monday_noon,
                       Facts facts = open_facts()) {
  const auto result = step(introduction, event, facts, policy, now);
  if (const auto* refusal = std::get_if<Refusal>(&result)) return *refusal;
  ADD_FAILURE() << "not refused: " << trigger_name(std::get<Step>(result).trigger);
  return {};
}

inline Decided decided(Role by, DecisionKind kind, std::string visit = "v1",
                       Channel channel = Channel::unbound_browser) {
  return {
      by,
      {.kind = kind, .note = "because", .until = monday_noon + days{30}, .redirect_to = "bob@example.org"},
      channel,
      visit};
}

inline bool tells(const Step& step, NoticeKind kind, Role to) {
  return std::any_of(step.notices.begin(), step.notices.end(),
                     [&](const NoticeOrder& order) { return order.kind == kind && order.to == to; });
}

inline Time deadline(const Introduction& introduction) { return next_deadline(introduction, policy).value(); }

// Lets time act until the introduction has left `from`.
inline Step wait_out(Introduction introduction, Facts facts = open_facts()) {
  const State from = introduction.state;
  for (int i = 0; i < 10; ++i) {
    Step out = run(introduction, DeadlineReached{}, deadline(introduction), facts);
    if (out.next.state != from) return out;
    introduction = out.next;
  }
  ADD_FAILURE() << "still " << state_name(from);
  return {};
}

}  // namespace tertius::testing
