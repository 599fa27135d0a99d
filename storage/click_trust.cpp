#include "storage/click_trust.hpp"

#include <algorithm>
#include <array>

#include "storage/browsers.hpp"
#include "storage/preferences.hpp"

namespace tertius::storage {

namespace {

constexpr auto effects =
    std::to_array({Trigger::forward, Trigger::accept, Trigger::decline, Trigger::decline_silently,
                   Trigger::revise, Trigger::redirect, Trigger::snooze, Trigger::pass_on});

bool is_effect(Trigger trigger) { return std::ranges::find(effects, trigger) != effects.end(); }

void want_a_known_browser(Database& db, PersonId person) {
  Preferences preferences = load_preferences(db, person);
  if (preferences.click_policy >= ClickPolicy::bound) return;  // none is less than any
  preferences.click_policy = ClickPolicy::bound;
  save_preferences(db, person, preferences);
}

}  // namespace

void learn_from(Database& db, const Introduction& before, const Step& step) {
  const auto& held = before.held;
  if (!held) return;
  const auto& still = step.next.held;
  if (is_effect(step.trigger))
    know_browser(db, held->visit);
  else if (!still || still->visit != held->visit)
    forget_visit(db, held->visit);
  const auto person = person_in(before, held->by);
  if (step.trigger == Trigger::contradict && person) want_a_known_browser(db, *person);
}

}  // namespace tertius::storage
