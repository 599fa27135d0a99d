// How an answer stands: recorded and still to be undone, taken effect, or cancelled; and what can be done
// with it while it is held: undo, send now, other words.
#include "broker/standing.hpp"
#include "web/actions.hpp"
#include "web/clicks.hpp"
#include "web/preview.hpp"

namespace tertius::web {

namespace {

std::string held_title(const Held& held) {
  const Action* action = find_action(held.by, held.decision.kind);
  return "Recorded: " + std::string(action ? action->label : decision_name(held.decision.kind)) +
         (held.decision.silent ? ", silently" : "");
}

// An answer that was taken back is forgotten, but for how it was to be given.
constexpr auto chosen_silence = "?silent=1";

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
    const bool was_silent =
        action.decision && may_be_silent(action.role, *action.decision) && field(call.form, "silent") == "1";
    fields.sections["OTHERS"].push_back(row(
        {{"URL", token_url(call.desk.links, "d", decision, action.word) + (was_silent ? chosen_silence : "")},
         {"LABEL", std::string(action.label)}}));
  }
  return fields;
}

// When this person's answer took effect; later changes are other people's.
Time answered_at(const Linked& linked) {
  const Introduction& introduction = linked.introduction;
  if (linked.token.role != Role::connector) return introduction.state_since;
  const auto& asks = introduction.asks;
  return asks.empty() ? introduction.state_since : asks.back().decided_at.value_or(introduction.state_since);
}

HttpResponse closed_page(const Call& call, const Linked& linked) {
  const State shown = state_shown_to(linked.introduction, linked.token.role);
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

namespace {

// Where answers are mailed a page may take back, since nothing goes out by that, and do no more.
bool may_do_more(const Clicker& clicker) {
  return clicker.policy != ClickPolicy::reply_only && !clicker.robot;
}

void put_edit(Fields& fields, const Call& call, const Held& held) {
  const Action* action = find_action(held.by, held.decision.kind);
  if (!action || action->note_name.empty() || held.decision.kind == DecisionKind::redirect) return;
  Fields edit = row({{"NOTE_NAME", std::string(action->note_name)},
                     {"NOTE_LABEL", std::string(action->note_label)},
                     {"NOTE_HINT", std::string(action->note_hint)},
                     {"NOTE_TEXT", call.kept ? field(call.form, "note") : held.decision.note}});
  if (action->note_required) edit.sections["REQUIRED"] = {Fields{}};
  if (may_be_silent(held.by, held.decision.kind)) {
    edit.sections["SILENT"] = {row({{"SILENT_LABEL", std::string(silent_label)}})};
    if (call.kept ? call.form.contains("silent") : held.decision.silent)
      edit.sections["SILENT"].front().sections["SILENT_CHOSEN"] = {Fields{}};
  }
  fields.sections["EDIT"] = {std::move(edit)};
}

HttpResponse held_answer(const Call& call, const Linked& linked, const Held& held) {
  const Clicker clicker = find_clicker(call, linked);
  Fields fields;
  fields.sections["UNDO"] = {Fields{}};
  if (may_do_more(clicker)) {
    fields.sections["NOW"] = {Fields{}};
    if (!clicker.known) fields.sections["REMEMBER"] = {Fields{}};
    put_edit(fields, call, held);
  }
  const Cast cast = call.desk.cast(linked.introduction);
  if (const auto mail = preview_of_decision(call.desk, linked.introduction, cast, held.decision))
    fields.sections["MAIL"] = {mail_fields(*mail)};
  return result_page(call, linked, held_title(held),
                     "It takes effect on " + when(held.effective_at) + ". Until then you can undo it.",
                     std::move(fields));
}

}  // namespace

HttpResponse show_standing(const Call& call, const Linked& linked) {
  const auto& held = linked.introduction.held;
  if (held && held->by == linked.token.role) return held_answer(call, linked, *held);
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

namespace {

std::optional<Event> event_of(const Call& call, Role role) {
  const std::string action = field(call.form, "action");
  if (action == "undo") return Undone{role};
  if (action == "now") return Hurried{role};
  if (action == "edit") {
    // An unticked box is not posted: whether there was one is.
    const bool says = call.form.contains("says_silence");
    return Reworded{role, field(call.form, "note"),
                    says ? std::optional(call.form.contains("silent")) : std::nullopt};
  }
  return std::nullopt;
}

// Typed for longer than the hold: the words are handed back.
HttpResponse too_late(const Call& call, const Linked& linked, Refusal refusal) {
  if (field(call.form, "note").empty()) return refused(call, refusal);
  Fields fields =
      row({{"MESSAGE", "Your words were not saved: your answer has taken effect, or was taken back."},
           {"HINT", ""}});
  put_typed(fields, call);
  fields.sections["LINKS"] = {
      row({{"URL", token_url(call.desk.links, "held", held_token(linked))}, {"LABEL", "See how it stands"}})};
  return page(call, "message", "Too late for these words", std::move(fields), 409);
}

}  // namespace

HttpResponse post_held(const Call& call) {
  const auto linked = find_held(call);
  if (auto refusal = refuse_decision_link(call, linked)) return *refusal;
  const Clicker clicker = find_clicker(call, *linked);
  const auto visit =
      take_click(call, *linked, make_token(held_token(*linked), call.desk.links.key()), clicker);
  if (const auto* refusal = std::get_if<HttpResponse>(&visit)) return *refusal;
  const std::string held_url = token_url(call.desk.links, "held", held_token(*linked));
  HttpResponse standing = see_other(held_url);
  const std::string action = field(call.form, "action");
  if (action != "undo" && !may_do_more(clicker)) return wants_mail(call);
  if (action == "remember") {
    const auto& held = linked->introduction.held;
    if (!held || held->by != linked->token.role) return refused(call, Refusal::nothing_held);
    remember_browser(call, clicker, standing);
    return standing;
  }
  const auto event = event_of(call, linked->token.role);
  if (!event) return bad_link(call);
  const auto applied = call.desk.apply(linked->introduction.id, *event);
  if (const auto* refusal = std::get_if<Refusal>(&applied)) return too_late(call, *linked, *refusal);
  const auto& held = linked->introduction.held;
  const bool took_back_silence = action == "undo" && held && held->decision.silent;
  return took_back_silence ? see_other(held_url + chosen_silence) : standing;
}

}  // namespace tertius::web
