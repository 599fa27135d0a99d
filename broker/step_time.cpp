// What time alone does.
#include "broker/step_parts.hpp"

namespace tertius::steps {

namespace {

const std::vector<Wording> no_answer{wording("No answer came in time.")};

// What nobody waits for comes in hours that suit whoever gets it.
NoticeOrder in_civil_hours(const Scene& scene, NoticeKind kind, Role to) {
  const Preferences& theirs = scene.facts.preferences[static_cast<std::size_t>(to)];
  return {kind, to, next_civil_time(scene.now, quiet_hours_of(theirs, scene.policy)), {}};
}

Step remind(const Scene& scene, NoticeKind kind, Role to) {
  Step out = move_to(scene, scene.before.state, Trigger::remind);
  out.next.reminders += 1;
  out.notices = {in_civil_hours(scene, kind, to)};
  return out;
}

Step end(const Scene& scene, State to) {
  Step out = move_to(scene, to, Trigger::expire);
  out.cancels_unsent = true;
  return out;
}

Step end_and_tell(const Scene& scene) {
  Step out = end(scene, State::expired);
  tell_end(out, no_answer);
  return out;
}

Step asked_deadline(const Scene& scene) {
  if (scene.now >= scene.before.asks.back().expires_at) {
    return next_or_end(scene, Trigger::expire, State::expired, no_answer);
  }
  return remind(scene, NoticeKind::reminder, Role::connector);
}

Step wake(const Scene& scene) {
  Step out = move_to(scene, State::asked, Trigger::wake);
  Ask& ask = out.next.asks.back();
  ask.asked_at = scene.now;
  ask.expires_at = scene.now + scene.policy.connector_expiry;
  out.next.paused_until.reset();
  out.notices = {in_civil_hours(scene, NoticeKind::reminder, Role::connector)};
  return out;
}

Step silent_deadline(const Scene& scene) {
  if (scene.before.forwarded_at) return end_and_tell(scene);
  return next_or_end(scene, Trigger::expire, State::expired, no_answer);
}

Step forwarded_deadline(const Scene& scene) {
  if (scene.before.reminders > 0) return end_and_tell(scene);
  return remind(scene, NoticeKind::target_reminder, Role::target);
}

Step introduced_deadline(const Scene& scene) {
  if (scene.before.outcome_asked) return end(scene, State::closed);
  Step out = move_to(scene, State::introduced, Trigger::ask_outcome);
  out.next.outcome_asked = true;
  out.notices = {in_civil_hours(scene, NoticeKind::outcome_question, Role::requester)};
  return out;
}

// A draft that nobody confirmed may be a forgery: its supposed writer hears no more of it.
Step drafted_deadline(const Scene& scene) {
  return scene.before.confirmed ? end_and_tell(scene) : end(scene, State::expired);
}

}  // namespace

StepResult meet_deadline(const Scene& scene) {
  if (is_final(scene.before.state)) return Refusal::already_ended;
  const auto deadline = next_deadline(scene.before, scene.policy);
  if (!deadline || *deadline > scene.now) return Refusal::not_now;
  if (const auto& held = scene.before.held) return take_effect(scene, held->by, held->decision);
  switch (scene.before.state) {
    case State::drafted: return drafted_deadline(scene);
    case State::asked: return asked_deadline(scene);
    case State::revising:
    case State::redirected: return end_and_tell(scene);
    case State::snoozed: return wake(scene);
    case State::declined_silently: return silent_deadline(scene);
    case State::forwarded: return forwarded_deadline(scene);
    case State::introduced: return introduced_deadline(scene);
    case State::closed:
    case State::declined:
    case State::target_declined:
    case State::expired:
    case State::withdrawn: return Refusal::already_ended;
  }
  return Refusal::not_now;
}

// R is told the same whatever C has said or done in the meantime: a silent no, an answer that is held, a
// "later". Only where C has said nothing does a mail go, in place of our own next reminder.
StepResult nudge(const Scene& scene) {
  const Introduction& before = scene.before;
  if (is_final(before.state)) return Refusal::already_ended;
  if (state_shown_to_requester(before) != State::asked) return Refusal::not_now;
  if (scene.facts.last_called && scene.now < *scene.facts.last_called + scene.policy.nudge_pause)
    return Refusal::too_soon;
  Step out = move_to(scene, before.state, Trigger::nudge);
  const bool away = before.paused_until && *before.paused_until > scene.now;
  if (before.state != State::asked || before.held || away) return out;
  out.next.reminders += 1;
  out.notices = {in_civil_hours(scene, NoticeKind::reminder, Role::connector)};
  return out;
}

}  // namespace tertius::steps
