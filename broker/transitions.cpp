// The drawing of the state machine as data: what may follow what, and the words for it.
#include <algorithm>
#include <array>

#include "broker/step.hpp"

namespace tertius {

namespace {

using enum State;
using T = Trigger;

constexpr auto table = std::to_array<Transition>({
    {drafted, T::draft, drafted},
    {drafted, T::confirm, drafted},
    {drafted, T::ask, asked},
    {drafted, T::expire, expired},
    {drafted, T::withdraw, withdrawn},
    {drafted, T::stop, withdrawn},

    {asked, T::hold, asked},
    {asked, T::undo, asked},
    {asked, T::contradict, asked},
    {asked, T::forward, forwarded},
    {asked, T::forward, introduced},  // the target's policy is `straight`
    {asked, T::pass_on, asked},       // the next on a long way
    {asked, T::decline, declined},
    {asked, T::decline, asked},  // the next connector of R's list
    {asked, T::decline_silently, declined_silently},
    {asked, T::revise, revising},
    {asked, T::redirect, redirected},
    {asked, T::snooze, snoozed},
    {asked, T::remind, asked},
    {asked, T::expire, expired},
    {asked, T::expire, asked},
    {asked, T::bounce, expired},
    {asked, T::bounce, asked},
    {asked, T::pause, asked},
    {asked, T::clarify, asked},
    {asked, T::withdraw, withdrawn},
    {asked, T::stop, declined_silently},
    {asked, T::stop, withdrawn},  // R stopped all mail
    {asked, T::nudge, asked},

    {snoozed, T::hold, snoozed},
    {snoozed, T::undo, snoozed},
    {snoozed, T::contradict, snoozed},
    {snoozed, T::forward, forwarded},
    {snoozed, T::forward, introduced},
    {snoozed, T::decline, declined},
    {snoozed, T::decline, asked},
    {snoozed, T::pass_on, asked},
    {snoozed, T::decline_silently, declined_silently},
    {snoozed, T::revise, revising},
    {snoozed, T::redirect, redirected},
    {snoozed, T::snooze, snoozed},
    {snoozed, T::wake, asked},
    {snoozed, T::expire,
     expired},  // the target, or the next on the way, stopped before a forward took effect
    {snoozed, T::expire, asked},
    {snoozed, T::bounce, expired},
    {snoozed, T::bounce, asked},
    {snoozed, T::pause, snoozed},
    {snoozed, T::clarify, snoozed},
    {snoozed, T::withdraw, withdrawn},
    {snoozed, T::stop, declined_silently},
    {snoozed, T::stop, withdrawn},
    {snoozed, T::nudge, snoozed},

    {revising, T::resubmit, asked},
    {revising, T::expire, expired},
    {revising, T::withdraw, withdrawn},
    {revising, T::stop, withdrawn},

    {redirected, T::ask, asked},
    {redirected, T::expire, expired},
    {redirected, T::withdraw, withdrawn},
    {redirected, T::stop, withdrawn},

    {declined_silently, T::expire, expired},
    {declined_silently, T::expire, asked},
    {declined_silently, T::withdraw, withdrawn},
    {declined_silently, T::stop, withdrawn},
    {declined_silently, T::nudge, declined_silently},  // or R would learn of the no

    {forwarded, T::hold, forwarded},
    {forwarded, T::undo, forwarded},
    {forwarded, T::contradict, forwarded},
    {forwarded, T::accept, introduced},
    {forwarded, T::decline, target_declined},
    {forwarded, T::decline_silently, declined_silently},
    {forwarded, T::snooze, forwarded},
    {forwarded, T::remind, forwarded},
    {forwarded, T::expire, expired},
    {forwarded, T::bounce, expired},
    {forwarded, T::pause, forwarded},
    {forwarded, T::clarify, forwarded},
    {forwarded, T::withdraw, withdrawn},
    {forwarded, T::stop, declined_silently},
    {forwarded, T::stop, withdrawn},

    {introduced, T::ask_outcome, introduced},
    {introduced, T::report, closed},
    {introduced, T::expire, closed},
});

constexpr bool has_way_out(State from) {
  for (const auto& row : table) {
    if (row.from == from && row.to != from) return true;
  }
  return false;
}

// An open state that only waits for somebody could be waited in for ever.
constexpr bool has_way_out_by_time(State from) {
  for (const auto& row : table) {
    if (row.from == from && row.to != from && (row.trigger == T::expire || row.trigger == T::wake))
      return true;
  }
  return false;
}

constexpr bool every_open_state_ends_and_no_final_one_does() {
  for (int i = 0; i < state_count; ++i) {
    const auto state = static_cast<State>(i);
    const bool open = state < closed;
    if (has_way_out(state) != open || has_way_out_by_time(state) != open) return false;
  }
  return true;
}
static_assert(every_open_state_ends_and_no_final_one_does());

constexpr auto triggers = std::to_array<std::string_view>(
    {"draft",       "confirm",          "ask",      "hold",     "undo",   "contradict", "forward",
     "decline",     "decline_silently", "revise",   "redirect", "snooze", "accept",     "remind",
     "wake",        "expire",           "resubmit", "withdraw", "bounce", "pause",      "clarify",
     "ask_outcome", "report",           "stop",     "nudge",    "pass_on"});
static_assert(triggers.size() == static_cast<std::size_t>(T::pass_on) + 1);

constexpr auto events = std::to_array<std::string_view>(
    {"submitted", "confirmed", "connector_chosen", "decided", "undone", "hurried", "reworded",
     "deadline_reached", "resubmitted", "withdrawn", "bounced", "away", "unclear", "outcome_reported",
     "stopped", "target_left", "nudged"});
static_assert(events.size() == std::variant_size_v<Event>);

using enum Refusal;
constexpr auto refusals = std::to_array<RefusalText>({
    {not_now, "That is not possible in the state this introduction is in.",
     "Open its page to see what is awaited."},
    {already_ended, "This introduction has already ended.",
     "Nothing has been changed; a new request starts a new one."},
    {already_answered, "This request has already been answered.", "Nothing has been changed."},
    {no_connector, "There is nobody left to ask for this introduction.",
     "Name another connector in a new request."},
    {connector_unavailable, "This connector cannot be asked through us.", "Choose another connector."},
    {target_unavailable, "This person cannot be introduced through us.",
     "They take no introductions, or no address of theirs is known."},
    {target_is_being_asked, "This person is being asked for another introduction just now.",
     "Try again in two weeks."},
    {too_many_open, "You have as many open requests as one member may have.",
     "Wait for an answer, or withdraw one."},
    {pair_budget_spent, "You have asked this connector as often as one member may.",
     "Choose another connector, or wait a month."},
    {unconfirmed, "This request has not been confirmed.",
     "Press the link in the mail that asks whether it was you."},
    {nothing_held, "There is nothing to undo: no answer is waiting.",
     "An answer can be undone only until it takes effect."},
    {not_yours, "That answer is not yours to give.",
     "A connector forwards or declines; a target accepts or declines."},
    {too_many_rounds, "This request has been changed or put off as often as it may be.",
     "Forward it or decline it as it is."},
    {incomplete, "Something is missing from this answer.",
     "Say until when, whom to ask instead, or what to change."},
    {connector_busy, "As many requests wait for this connector as they want to have at once.",
     "Choose another connector, or try again in a week."},
    {too_soon, "The connector has been asked or reminded only a short while ago.",
     "Give them some days; a reminder a week is plenty."},
});

constexpr bool refusals_stand_in_order() {
  for (std::size_t i = 0; i < refusals.size(); ++i) {
    if (static_cast<std::size_t>(refusals[i].refusal) != i) return false;
  }
  return refusals.size() == static_cast<std::size_t>(too_soon) + 1;
}
static_assert(refusals_stand_in_order());

}  // namespace

std::span<const Transition> transitions() { return table; }

bool is_allowed(State from, Trigger trigger, State to) {
  return std::any_of(table.begin(), table.end(), [&](const Transition& row) {
    return row.from == from && row.trigger == trigger && row.to == to;
  });
}

std::string_view trigger_name(Trigger trigger) { return triggers[static_cast<std::size_t>(trigger)]; }
std::string_view event_name(const Event& event) { return events[event.index()]; }
std::span<const RefusalText> refusal_table() { return refusals; }
const RefusalText& refusal_text(Refusal refusal) { return refusals[static_cast<std::size_t>(refusal)]; }

}  // namespace tertius
