#include "broker/step.hpp"

#include <algorithm>

#include "broker/step_parts.hpp"

namespace tertius {

namespace steps {

namespace {

const ConnectorFacts* find_facts(const Facts& facts, PersonId connector) {
  const auto found = std::find_if(facts.connectors.begin(), facts.connectors.end(),
                                  [&](const ConnectorFacts& f) { return f.person == connector; });
  return found == facts.connectors.end() ? nullptr : &*found;
}

std::optional<PersonId> find_next_connector(const Scene& scene) {
  for (const PersonId connector : scene.before.connectors) {
    if (!has_been_asked(scene.before, connector) && !refuse_way(scene, connector)) return connector;
  }
  return std::nullopt;
}

}  // namespace

bool has_been_asked(const Introduction& introduction, PersonId connector) {
  return std::any_of(introduction.asks.begin(), introduction.asks.end(),
                     [&](const Ask& ask) { return ask.connector == connector; });
}

Step move_to(const Scene& scene, State to, Trigger trigger) {
  Step out{.next = scene.before, .trigger = trigger};
  if (out.next.state != to) out.next.state_since = scene.now;
  out.next.state = to;
  return out;
}

std::optional<Refusal> refuse_person(const Scene& scene, PersonId connector) {
  const ConnectorFacts* facts = find_facts(scene.facts, connector);
  if (!facts || facts->stopped || !facts->has_address || facts->unwilling)
    return Refusal::connector_unavailable;
  if (connector == scene.before.requester || connector == scene.before.target)
    return Refusal::connector_unavailable;
  return std::nullopt;
}

std::optional<Refusal> refuse_connector(const Scene& scene, PersonId connector) {
  if (const auto refusal = refuse_person(scene, connector)) return refusal;
  const ConnectorFacts* facts = find_facts(scene.facts, connector);
  const bool cooling =
      facts->last_ask_by_requester && scene.now < *facts->last_ask_by_requester + scene.policy.pair_cooldown;
  if (facts->open_with_requester >= scene.policy.max_open_per_pair ||
      facts->this_year_with_requester >= scene.policy.max_yearly_per_pair || cooling) {
    return Refusal::pair_budget_spent;
  }
  if (facts->max_open_asks && facts->open_asks >= *facts->max_open_asks) return Refusal::connector_busy;
  return std::nullopt;
}

std::optional<Refusal> refuse_way(const Scene& scene, PersonId connector) {
  if (const auto refusal = refuse_connector(scene, connector)) return refusal;
  const auto next = next_on_way(scene.before, connector);
  if (!next) return std::nullopt;
  return has_been_asked(scene.before, *next) ? Refusal::already_answered : refuse_connector(scene, *next);
}

bool is_closed_to(const Facts& facts) {
  return facts.target_stopped || facts.target_consent == Consent::never || facts.target_unwilling;
}

std::optional<Refusal> refuse_target(const Scene& scene) {
  const Facts& facts = scene.facts;
  if (is_closed_to(facts) || !facts.target_has_address) return Refusal::target_unavailable;
  if (facts.target_is_being_asked && scene.policy.one_open_ask_per_target)
    return Refusal::target_is_being_asked;
  if (facts.open_by_requester >= scene.policy.max_open_per_requester) return Refusal::too_many_open;
  return std::nullopt;
}

Step ask(const Scene& scene, PersonId connector, Trigger trigger) {
  Step out = move_to(scene, State::asked, trigger);
  Introduction& next = out.next;
  if (std::find(next.connectors.begin(), next.connectors.end(), connector) == next.connectors.end()) {
    next.connectors.push_back(connector);
  }
  next.asks.push_back({.round = static_cast<int>(next.asks.size()) + 1,
                       .connector = connector,
                       .asked_at = scene.now,
                       .expires_at = scene.now + scene.policy.connector_expiry});
  if (!passed_on_by(next)) next.vouching.clear();
  next.held.reset();
  next.paused_until.reset();
  next.reminders = next.snoozes = 0;
  next.connector_must_press = false;
  out.cancels_unsent = true;
  out.notices = {{NoticeKind::request, Role::connector}, {NoticeKind::status_asked, Role::requester}};
  return out;
}

void tell_end(Step& out, std::vector<Wording> remark) {
  out.remark = say_list(remark);
  out.notices = {{NoticeKind::status_ended, Role::requester, std::nullopt, std::move(remark)}};
}

Wording target_unavailable() {
  return wording("The person you wanted to meet takes no introductions any more.");
}

Step next_or_end(const Scene& scene, Trigger trigger, State end, std::vector<Wording> remark) {
  if (const auto connector = find_next_connector(scene); connector && !refuse_target(scene)) {
    Step out = ask(scene, *connector, trigger);
    out.remark = say_list(remark);
    out.notices.back().remark = std::move(remark);
    return out;
  }
  Step out = move_to(scene, end, trigger);
  out.next.held.reset();
  out.cancels_unsent = true;
  tell_end(out, std::move(remark));
  return out;
}

namespace {

StepResult not_possible(const Scene& scene) {
  return is_final(scene.before.state) ? Refusal::already_ended : Refusal::not_now;
}

// The draft goes out as soon as it is R's own and names somebody who can be asked.
StepResult send_draft(const Scene& scene, Trigger trigger) {
  if (const auto refusal = refuse_target(scene)) return *refusal;
  if (!scene.before.confirmed) {
    Step out = move_to(scene, State::drafted, Trigger::draft);
    out.notices = {{NoticeKind::confirm_request, Role::requester}};
    return out;
  }
  if (scene.before.connectors.empty()) {
    Step out = move_to(scene, State::drafted, trigger);
    out.notices = {{NoticeKind::connector_choices, Role::requester}};
    return out;
  }
  if (const auto connector = find_next_connector(scene)) return ask(scene, *connector, Trigger::ask);
  return refuse_way(scene, scene.before.connectors.front()).value_or(Refusal::no_connector);
}

StepResult submit(const Scene& scene) {
  if (scene.before.state != State::drafted) return not_possible(scene);
  return send_draft(scene, Trigger::draft);
}

StepResult confirm(const Scene& scene) {
  if (scene.before.state != State::drafted || scene.before.confirmed) return not_possible(scene);
  Introduction confirmed = scene.before;
  confirmed.confirmed = true;
  return send_draft({confirmed, scene.facts, scene.policy, scene.now}, Trigger::confirm);
}

StepResult choose(const Scene& scene, const ConnectorChosen& event) {
  const State state = scene.before.state;
  if (state != State::drafted && state != State::redirected) return not_possible(scene);
  if (!scene.before.confirmed) return Refusal::unconfirmed;
  if (const auto refusal = refuse_target(scene)) return *refusal;
  Introduction chosen = scene.before;
  chosen.relay.clear();
  if (event.onward) chosen.relay = {event.connector, *event.onward};
  const Scene on{chosen, scene.facts, scene.policy, scene.now};
  if (const auto refusal = refuse_way(on, event.connector)) return *refusal;
  if (has_been_asked(chosen, event.connector)) return Refusal::already_answered;
  return ask(on, event.connector, Trigger::ask);
}

StepResult resubmit(const Scene& scene, const Resubmitted& event) {
  if (scene.before.state != State::revising) return not_possible(scene);
  if (event.pitch.empty()) return Refusal::incomplete;
  if (is_closed_to(scene.facts)) return Refusal::target_unavailable;
  if (const auto refusal = refuse_person(scene, scene.before.asks.back().connector)) return *refusal;
  Step out = ask(scene, scene.before.asks.back().connector, Trigger::resubmit);
  out.next.revision += 1;
  out.next.pitch = event.pitch;
  out.next.cover_note = event.cover_note.empty() ? note_to_connector(scene.before) : event.cover_note;
  return out;
}

StepResult withdraw(const Scene& scene) {
  if (is_final(scene.before.state) || scene.before.state == State::introduced) return not_possible(scene);
  Step out = move_to(scene, State::withdrawn, Trigger::withdraw);
  out.next.held.reset();
  out.cancels_unsent = true;
  if (scene.before.confirmed)
    out.notices = {{NoticeKind::status_ended, Role::requester, std::nullopt, {wording("You withdrew it.")}}};
  return out;
}

StepResult bounce(const Scene& scene, const Bounced& event) {
  if (decider(scene.before.state) != event.role) return not_possible(scene);
  if (event.role == Role::connector) {
    return next_or_end(scene, Trigger::bounce, State::expired,
                       {wording("Our mail to the connector could not be delivered.")});
  }
  Step out = move_to(scene, State::expired, Trigger::bounce);
  out.next.held.reset();
  out.cancels_unsent = true;
  tell_end(out, {wording("Our mail to the person you wanted to meet could not be delivered.")});
  return out;
}

// Their absence stops the clock: reminders wait, and the end comes later by as much.
StepResult pause(const Scene& scene, const Away& event) {
  if (decider(scene.before.state) != event.role) return not_possible(scene);
  constexpr days when_no_date_is_given{3};
  const Time until = std::min(event.until.value_or(scene.now + when_no_date_is_given),
                              scene.now + scene.policy.longest_pause);
  if (until <= scene.now) return Refusal::not_now;
  if (scene.before.paused_until && until <= *scene.before.paused_until) return Refusal::not_now;
  Step out = move_to(scene, scene.before.state, Trigger::pause);
  const Time resumed = std::max(scene.now, scene.before.paused_until.value_or(scene.now));
  if (event.role == Role::connector) out.next.asks.back().expires_at += until - resumed;
  out.next.paused_until = until;
  out.remark = std::string(role_name(event.role)) + " is away until " + date_text(until);
  return out;
}

StepResult clarify(const Scene& scene, const Unclear& event) {
  if (decider(scene.before.state) != event.by) return not_possible(scene);
  Step out = move_to(scene, scene.before.state, Trigger::clarify);
  std::vector<Wording> remark{event.understood};
  // "Forward", and a minute later "Wait, please cancel that": what is not clear lets nothing go out.
  if (event.theirs && scene.before.held && scene.before.held->by == event.by) {
    const std::string before(decision_name(scene.before.held->decision.kind));
    out.remark = before + " taken back: the next words were not clear";
    remark.push_back(wording("Your answer before that ({}) is taken back.", Wording{before}));
    out.next.held.reset();
  }
  out.notices = {{NoticeKind::could_not_tell, event.by, std::nullopt, std::move(remark)}};
  return out;
}

StepResult report(const Scene& scene, const OutcomeReported& event) {
  if (scene.before.state != State::introduced) return not_possible(scene);
  Step out = move_to(scene, State::closed, Trigger::report);
  out.next.outcome = event.outcome;
  out.next.outcome_asked = true;
  if (event.outcome != Outcome::spoke) return out;
  out.notices = {{NoticeKind::thanks, Role::connector}};
  if (const auto before = passed_on_by(scene.before))
    out.notices.push_back({NoticeKind::thanks, Role::connector, std::nullopt, {}, before});
  return out;
}

// C's or T's stop is a silent no; R's withdraws. Who the person is, the engine keeps from then on.
StepResult stop(const Scene& scene, const Stopped& event) {
  const State state = scene.before.state;
  if (is_final(state) || state == State::introduced) return not_possible(scene);
  if (event.role != Role::requester && decider(state) != event.role) return Refusal::not_now;
  const State to = event.role == Role::requester ? State::withdrawn : State::declined_silently;
  Step out = move_to(scene, to, Trigger::stop);
  out.next.held.reset();
  out.cancels_unsent = true;
  out.stopped = event.role;
  return out;
}

// Nobody is to be asked, or reminded, for the sake of somebody who is not here. Of a draft that nobody has
// confirmed nobody is told. A target's silent no stays one: an end now would tell it.
StepResult leave(const Scene& scene) {
  const State state = scene.before.state;
  const bool has_pitch = scene.before.forwarded_at.has_value();
  if (is_final(state) || state == State::introduced || has_pitch) return not_possible(scene);
  Step out = move_to(scene, State::expired, Trigger::expire);
  out.next.held.reset();
  out.cancels_unsent = true;
  if (scene.before.confirmed) tell_end(out, {target_unavailable()});
  return out;
}

}  // namespace

}  // namespace steps

StepResult step(const Introduction& introduction, const Event& event, const Facts& facts,
                const Policy& policy, Time now) {
  using namespace steps;
  const Scene scene{introduction, facts, policy, now};
  struct Visitor {
    const Scene& scene;
    StepResult operator()(const Submitted&) { return submit(scene); }
    StepResult operator()(const Confirmed&) { return confirm(scene); }
    StepResult operator()(const ConnectorChosen& e) { return choose(scene, e); }
    StepResult operator()(const Decided& e) { return decide(scene, e); }
    StepResult operator()(const Undone& e) { return undo(scene, e); }
    StepResult operator()(const Hurried& e) { return hurry(scene, e); }
    StepResult operator()(const Reworded& e) { return reword(scene, e); }
    StepResult operator()(const DeadlineReached&) { return meet_deadline(scene); }
    StepResult operator()(const Resubmitted& e) { return resubmit(scene, e); }
    StepResult operator()(const Withdrawn&) { return withdraw(scene); }
    StepResult operator()(const Bounced& e) { return bounce(scene, e); }
    StepResult operator()(const Away& e) { return pause(scene, e); }
    StepResult operator()(const Unclear& e) { return clarify(scene, e); }
    StepResult operator()(const OutcomeReported& e) { return report(scene, e); }
    StepResult operator()(const Stopped& e) { return stop(scene, e); }
    StepResult operator()(const TargetLeft&) { return leave(scene); }
    StepResult operator()(const Nudged&) { return nudge(scene); }
  };
  return std::visit(Visitor{scene}, event);
}

std::vector<PersonId> connectors_in_question(const Introduction& introduction,
                                             const std::vector<PersonId>& also) {
  std::vector<PersonId> out;
  const auto add = [&](PersonId person) {
    if (std::ranges::find(out, person) == out.end()) out.push_back(person);
  };
  for (const auto& list : {introduction.connectors, introduction.relay})
    for (const PersonId one : list)
      if (!steps::has_been_asked(introduction, one)) add(one);
  for (const PersonId one : also) add(one);
  if (introduction.state == State::revising && !introduction.asks.empty())
    add(introduction.asks.back().connector);
  return out;
}

}  // namespace tertius
