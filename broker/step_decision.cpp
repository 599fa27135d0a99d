// Decisions: refused, held, undone, contradicted, and taking effect.
#include <algorithm>
#include <array>

#include "broker/step_parts.hpp"

namespace tertius::steps {

namespace {

struct MayDecide {
  Role role;
  DecisionKind kind;
};
constexpr auto may_decide = std::to_array<MayDecide>({
    {Role::connector, DecisionKind::forward},
    {Role::connector, DecisionKind::decline},
    {Role::connector, DecisionKind::revise},
    {Role::connector, DecisionKind::redirect},
    {Role::connector, DecisionKind::later},
    {Role::target, DecisionKind::accept},
    {Role::target, DecisionKind::decline},
    {Role::target, DecisionKind::later},
});

bool is_theirs(Role role, DecisionKind kind) {
  return std::any_of(may_decide.begin(), may_decide.end(),
                     [&](const MayDecide& row) { return row.role == role && row.kind == kind; });
}

bool is_complete(const Decision& decision, Time now) {
  switch (decision.kind) {
    case DecisionKind::forward:
    case DecisionKind::accept:
    case DecisionKind::decline: return true;
    case DecisionKind::revise: return !decision.note.empty();
    case DecisionKind::redirect: return !decision.redirect_to.empty();
    case DecisionKind::later: return decision.until && *decision.until > now;
  }
  return false;
}

// Which answers carry words of the person's own; a redirect's are the other person's name.
bool has_words(DecisionKind kind) {
  return kind == DecisionKind::forward || kind == DecisionKind::decline || kind == DecisionKind::revise;
}

std::optional<Refusal> refuse(const Scene& scene, const Decided& event) {
  const Introduction& intro = scene.before;
  if (is_final(intro.state)) return Refusal::already_ended;
  if (!is_theirs(event.by, event.decision.kind)) return Refusal::not_yours;
  if (decider(intro.state) != event.by) {
    const bool had_their_turn = event.by == Role::connector || intro.introduced_at || intro.forwarded_at;
    return had_their_turn ? Refusal::already_answered : Refusal::not_now;
  }
  if (!is_complete(event.decision, scene.now)) return Refusal::incomplete;
  if (event.decision.kind == DecisionKind::revise && intro.revision > scene.policy.max_revisions) {
    return Refusal::too_many_rounds;
  }
  if (event.decision.kind == DecisionKind::later && intro.snoozes >= scene.policy.max_snoozes) {
    return Refusal::too_many_rounds;
  }
  if (event.decision.kind == DecisionKind::forward && is_closed_to(scene.facts))
    return Refusal::target_unavailable;
  return std::nullopt;
}

seconds hold_of(Channel channel, const Policy& policy) {
  switch (channel) {
    case Channel::bound_browser: return policy.hold_bound;
    case Channel::unbound_browser: return policy.hold_unbound;
    case Channel::reply: return policy.hold_reply;
    case Channel::command: return seconds{0};
  }
  return policy.hold_unbound;
}

// The same answer again: a second click, a reply sent twice. One that says more replaces the first.
bool repeats(const Held& held, const Decided& event) {
  const Decision &first = held.decision, &again = event.decision;
  if (held.by != event.by || held.visit == event.visit || first.kind != again.kind) return false;
  const bool adds = (!again.note.empty() && again.note != first.note) || (again.silent && !first.silent) ||
                    again.until != first.until || again.redirect_to != first.redirect_to;
  return !adds;
}

bool contradicts(const Held& held, const Decided& event) {
  return held.by == event.by && held.visit != event.visit && held.decision.kind != event.decision.kind;
}

// Scanners open every link of a mail, so that their decisions cancel each other here.
Step contradict(const Scene& scene, const Decided& event) {
  Step out = move_to(scene, scene.before.state, Trigger::contradict);
  out.next.held.reset();
  (event.by == Role::connector ? out.next.connector_must_press : out.next.target_must_press) = true;
  const Wording first{std::string(decision_name(scene.before.held->decision.kind))};
  const Wording both =
      wording("first {}, then {}", first, Wording{std::string(decision_name(event.decision.kind))});
  out.remark = say(both);
  out.notices = {{NoticeKind::conflict, event.by, std::nullopt, {both}}};
  return out;
}

Step hold(const Scene& scene, const Decided& event) {
  Step out = move_to(scene, scene.before.state, Trigger::hold);
  out.next.held = Held{event.by, event.decision, event.channel, event.visit,
                       scene.now + hold_of(event.channel, scene.policy)};
  out.remark = std::string(decision_name(event.decision.kind)) + " by " +
               std::string(channel_name(event.channel)) + ", held until " +
               time_text(out.next.held->effective_at);
  if (event.channel != Channel::bound_browser) out.notices = {{NoticeKind::receipt, event.by}};
  return out;
}

// ---- what each decision does once it takes effect ----

Step introduce(const Scene& scene, Trigger trigger) {
  Step out = move_to(scene, State::introduced, trigger);
  out.next.introduced_at = scene.now;
  out.next.reminders = 0;
  out.notices = {{NoticeKind::introduction, Role::requester},
                 {NoticeKind::introduction, Role::target},
                 {NoticeKind::introduction, Role::connector}};
  return out;
}

// Whoever knows T is asked as R would have asked them: T hears nothing before they have agreed as well.
Step pass_on(const Scene& scene, PersonId next, const std::string& words) {
  const bool has_said_no = has_been_asked(scene.before, next);
  if (has_said_no || refuse_connector(scene, next))
    return next_or_end(scene, Trigger::expire, State::expired,
                       {wording("The connector agreed, but whom they know cannot be asked just now.")});
  Step out = ask(scene, next, Trigger::pass_on);
  out.next.vouching = words;
  return out;
}

Step forward(const Scene& scene, const Decision& decision) {
  Introduction endorsed = scene.before;
  endorsed.endorsement = decision.note;
  const Scene on{endorsed, scene.facts, scene.policy, scene.now};
  if (is_closed_to(scene.facts)) {
    Step out = move_to(on, State::expired, Trigger::expire);
    tell_end(out, {target_unavailable()});
    return out;
  }
  if (const auto next = next_on_way(scene.before, scene.before.asks.back().connector))
    return pass_on(scene, *next, decision.note);
  if (scene.facts.target_consent == Consent::straight) return introduce(on, Trigger::forward);
  Step out = move_to(on, State::forwarded, Trigger::forward);
  out.next.forwarded_at = scene.now;
  out.next.paused_until.reset();
  out.next.reminders = out.next.snoozes = 0;
  out.notices = {{NoticeKind::pitch, Role::target}, {NoticeKind::status_forwarded, Role::requester}};
  return out;
}

Step decline(const Scene& scene, Role by, const Decision& decision) {
  // A target who gives no reason need not be heard to say no.
  const bool silent = decision.silent || (by == Role::target && decision.note.empty());
  if (silent) return move_to(scene, State::declined_silently, Trigger::decline_silently);
  const Wording reason =
      decision.note.empty() ? wording("No reason was given.") : wording("They wrote: {}", decision.note);
  if (by == Role::connector)
    return next_or_end(scene, Trigger::decline, State::declined,
                       {wording("The connector declined."), reason});
  Step out = move_to(scene, State::target_declined, Trigger::decline);
  tell_end(out, {wording("The person you wanted to meet declined."), reason});
  return out;
}

Step revise(const Scene& scene, const Decision& decision) {
  Step out = move_to(scene, State::revising, Trigger::revise);
  out.next.question = decision.note;
  out.notices = {{NoticeKind::changes_wanted, Role::requester}};
  return out;
}

Step redirect(const Scene& scene, const Decision& decision) {
  Step out = move_to(scene, State::redirected, Trigger::redirect);
  out.next.question = decision.note;
  out.remark = decision.redirect_to;
  out.notices = {
      {NoticeKind::redirect_suggested, Role::requester, std::nullopt, {verbatim(decision.redirect_to)}}};
  return out;
}

Step snooze(const Scene& scene, Role by, const Decision& decision) {
  const State to = by == Role::connector ? State::snoozed : State::forwarded;
  Step out = move_to(scene, to, Trigger::snooze);
  out.next.paused_until = std::min(*decision.until, scene.now + scene.policy.longest_snooze);
  // Silence after the wake would end then; so does a silent no, whenever it is said.
  if (by == Role::connector)
    out.next.asks.back().expires_at = *out.next.paused_until + scene.policy.connector_expiry;
  out.next.snoozes += 1;
  out.next.reminders = 0;
  out.remark = "until " + date_text(*out.next.paused_until);
  return out;
}

Step effect_of(const Scene& scene, Role by, const Decision& decision) {
  switch (decision.kind) {
    case DecisionKind::forward: return forward(scene, decision);
    case DecisionKind::accept: return introduce(scene, Trigger::accept);
    case DecisionKind::decline: return decline(scene, by, decision);
    case DecisionKind::revise: return revise(scene, decision);
    case DecisionKind::redirect: return redirect(scene, decision);
    case DecisionKind::later: return snooze(scene, by, decision);
  }
  return move_to(scene, scene.before.state, Trigger::hold);
}

}  // namespace

Step take_effect(const Scene& scene, Role by, const Decision& decision) {
  Introduction settled = scene.before;
  settled.held.reset();
  if (by == Role::connector && decision.kind != DecisionKind::later) {
    settled.asks.back().decided_at = scene.now;
    settled.asks.back().decision = decision.kind;
  }
  Step out = effect_of({settled, scene.facts, scene.policy, scene.now}, by, decision);
  out.cancels_unsent = true;
  return out;
}

StepResult decide(const Scene& scene, const Decided& event) {
  if (const auto refusal = refuse(scene, event)) return *refusal;
  const auto& held = scene.before.held;
  if (held && contradicts(*held, event)) return contradict(scene, event);
  if (held && repeats(*held, event)) return move_to(scene, scene.before.state, Trigger::hold);
  if (hold_of(event.channel, scene.policy) == seconds{0}) return take_effect(scene, event.by, event.decision);
  return hold(scene, event);
}

StepResult undo(const Scene& scene, const Undone& event) {
  if (is_final(scene.before.state)) return Refusal::already_ended;
  if (!scene.before.held || scene.before.held->by != event.by) return Refusal::nothing_held;
  Step out = move_to(scene, scene.before.state, Trigger::undo);
  out.remark = std::string(decision_name(scene.before.held->decision.kind));
  out.next.held.reset();
  return out;
}

StepResult hurry(const Scene& scene, const Hurried& event) {
  if (is_final(scene.before.state)) return Refusal::already_ended;
  if (!scene.before.held || scene.before.held->by != event.by) return Refusal::nothing_held;
  return take_effect(scene, event.by, scene.before.held->decision);
}

// The hold begins anew: the new words can be undone as long as the first ones could. Nobody is told, since
// only whoever sees the answer's own page can come here, and that page shows them.
StepResult reword(const Scene& scene, const Reworded& event) {
  if (is_final(scene.before.state)) return Refusal::already_ended;
  if (!scene.before.held || scene.before.held->by != event.by) return Refusal::nothing_held;
  Decision decision = scene.before.held->decision;
  if (!has_words(decision.kind)) return Refusal::not_now;
  decision.note = event.note;
  if (decision.kind == DecisionKind::decline) decision.silent = event.silent.value_or(decision.silent);
  if (!is_complete(decision, scene.now)) return Refusal::incomplete;
  Step out = move_to(scene, scene.before.state, Trigger::hold);
  Held& held = *out.next.held;
  held.decision = std::move(decision);
  held.effective_at = scene.now + hold_of(held.channel, scene.policy);
  out.remark = std::string(decision_name(held.decision.kind)) + " in other words, held until " +
               time_text(held.effective_at);
  return out;
}

}  // namespace tertius::steps
