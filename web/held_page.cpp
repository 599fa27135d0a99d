// How an answer stands: recorded and still to be undone, taken effect, or cancelled; and the undo and
// send-now buttons.
#include "web/actions.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

std::string held_title(const Held& held) {
  const Action* action = find_action(held.by, held.decision.kind);
  return "Recorded: " + std::string(action ? action->label : decision_name(held.decision.kind));
}

// The undo token of the same person; decision and undo links lead to one page.
Token held_token(const Linked& linked) {
  return {linked.token.subject, linked.token.role, TokenUse::undo, linked.token.round};
}

HttpResponse result_page(const Call& call, const Linked& linked, const std::string& title,
                         const std::string& effect, Fields fields) {
  const Token token = held_token(linked);
  const std::string text = make_token(token, call.desk.links.key());
  const StateWords state =
      linked.introduction.held ? StateWords{"can be undone", "wait"} : state_words(linked.introduction.state);
  for (const auto& [name, value] :
       std::map<std::string, std::string>{{"EFFECT", effect},
                                          {"STATE", state.text},
                                          {"STATE_KIND", state.kind},
                                          {"ACTION_URL", token_url(call.desk.links, "held", token)},
                                          {"NONCE", new_nonce(call, text)}}) {
    fields.values[name] = value;
  }
  return page(call, "decision_result", title, std::move(fields));
}

Fields other_answers(const Call& call, const Linked& linked) {
  Fields fields;
  const Token decision{linked.token.subject, linked.token.role, TokenUse::decision, linked.token.round};
  for (const Action& action : actions()) {
    if (action.role != linked.token.role) continue;
    fields.sections["OTHERS"].push_back(row({{"URL", token_url(call.desk.links, "d", decision, action.word)},
                                             {"LABEL", std::string(action.label)}}));
  }
  return fields;
}

// A silent no is known to whoever gave it: the connector does not learn the target's, and tells nobody.
State state_shown_to(const Linked& linked) {
  const Introduction& introduction = linked.introduction;
  if (introduction.state != State::declined_silently) return introduction.state;
  const bool own = linked.token.role == (introduction.forwarded_at ? Role::target : Role::connector);
  return own ? State::declined : state_shown_to_requester(introduction);
}

// When this person's answer took effect; later changes are other people's.
Time answered_at(const Linked& linked) {
  const Introduction& introduction = linked.introduction;
  if (linked.token.role != Role::connector) return introduction.state_since;
  const auto& asks = introduction.asks;
  return asks.empty() ? introduction.state_since : asks.back().decided_at.value_or(introduction.state_since);
}

HttpResponse closed_page(const Call& call, const Linked& linked) {
  const State shown = state_shown_to(linked);
  if (linked.introduction.outcome != Outcome::unknown && linked.token.role == Role::requester)
    return message(call, 200, "Thank you", "Your answer is recorded.", "");
  if (is_final(shown))
    return message(call, 200, "This introduction has ended", "It ended as: " + state_words(shown).text + ".",
                   "There is nothing more to do.");
  const bool before = linked.token.role == Role::requester ||
                      (linked.token.role == Role::target && !linked.introduction.forwarded_at);
  if (before) return message(call, 409, "Not yet", "Nothing is asked of you at the moment.", "");
  return message(call, 200, "This has been answered",
                 "The answer took effect on " + when(answered_at(linked)) + ".",
                 "There is nothing more to do.");
}

}  // namespace

HttpResponse show_standing(const Call& call, const Linked& linked) {
  const auto& held = linked.introduction.held;
  if (held && held->by == linked.token.role) {
    Fields fields;
    fields.sections["UNDO"] = fields.sections["NOW"] = {Fields{}};
    return result_page(call, linked, held_title(*held),
                       "It takes effect on " + when(held->effective_at) + ". Until then you can undo it.",
                       std::move(fields));
  }
  if (decider(linked.introduction.state) != linked.token.role) return closed_page(call, linked);
  const bool conflict = linked.token.role == Role::connector ? linked.introduction.connector_must_press
                                                             : linked.introduction.target_must_press;
  const std::string why =
      conflict ? "Two different answers came in, so neither counts." : "No answer is recorded at the moment.";
  return result_page(call, linked, "What would you like to answer?", why, other_answers(call, linked));
}

namespace {

// /held/<decision or undo token>, /undo/<token>, /now/<token>
std::optional<Linked> find_held(const Call& call) {
  auto linked = find_linked(call, TokenUse::undo);
  return linked ? linked : find_linked(call, TokenUse::decision);
}

}  // namespace

HttpResponse show_held(const Call& call) {
  const auto linked = find_held(call);
  if (auto refusal = refuse_decision_link(call, linked)) return *refusal;
  return show_standing(call, *linked);
}

HttpResponse post_held(const Call& call) {
  const auto linked = find_held(call);
  if (auto refusal = refuse_decision_link(call, linked)) return *refusal;
  const auto visit = take_visit(call, make_token(held_token(*linked), call.desk.links.key()));
  if (const auto* why = std::get_if<Unfit>(&visit); why && *why != Unfit::again) return unfit(call, *why);
  const std::string action = field(call.form, "action");
  if (action != "undo" && action != "now") return bad_link(call);
  if (std::holds_alternative<std::string>(visit)) {
    const Event event =
        action == "undo" ? Event{Undone{linked->token.role}} : Event{Hurried{linked->token.role}};
    const auto applied = call.desk.apply(linked->introduction.id, event);
    if (const auto* refusal = std::get_if<Refusal>(&applied)) return refused(call, *refusal);
  }
  return see_other(token_url(call.desk.links, "held", held_token(*linked)));
}

}  // namespace tertius::web
