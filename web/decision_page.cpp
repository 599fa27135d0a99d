// The page behind Forward, Decline and the other links. Opening it changes nothing, whoever opens it; a POST
// of it records a held decision. It shows word for word what will go out.
#include "broker/sha256.hpp"
#include "storage/introductions.hpp"
#include "templates/render.hpp"
#include "web/actions.hpp"
#include "web/clicks.hpp"
#include "web/parts.hpp"
#include "web/preview.hpp"

namespace tertius::web {

namespace {

struct Snooze {
  std::string_view value;
  std::string_view label;
  days length;
};
constexpr std::array snoozes = {Snooze{"1w", "In a week", days{7}}, Snooze{"2w", "In two weeks", days{14}},
                                Snooze{"1m", "In a month", days{30}},
                                Snooze{"3m", "In three months", days{91}}};

std::string title_of(const Action& action, const Cast& cast) {
  const std::string requester = first_name(cast.requester);
  if (!action.decision) return "Did you and " + person_label(cast.target) + " speak?";
  switch (*action.decision) {
    case DecisionKind::forward:
      return "Forward " + requester + "'s note to " + person_label(receiver(cast)) + "?";
    case DecisionKind::accept: return "Meet " + person_label(cast.requester) + "?";
    case DecisionKind::decline: return "Decline " + requester + "'s request?";
    case DecisionKind::revise: return "Ask " + requester + " for changes?";
    case DecisionKind::redirect: return "Suggest somebody else to " + requester + "?";
    case DecisionKind::later: return "Be asked again later?";
  }
  return {};
}

std::string length_text(seconds length) {
  const auto minutes = std::chrono::duration_cast<std::chrono::minutes>(length);
  if (minutes != length || minutes.count() == 0) return std::to_string(length.count()) + " seconds";
  return minutes.count() == 1 ? "1 minute" : std::to_string(minutes.count()) + " minutes";
}

std::string effect_of(const Action& action, const Cast& cast, Answering how, const Clicker& clicker,
                      const Policy& policy) {
  const std::string length = length_text(clicker.known ? policy.hold_bound : policy.hold_unbound);
  if (!action.decision)
    return "Your answer goes to nobody but us; " + first_name(cast.connector) + " is thanked if you did.";
  if (how == Answering::at_once)
    return "We know this browser: your answer is recorded at once, and you have " + length +
           " to undo it. If this page stays, press the button.";
  if (how == Answering::first_sign)
    return "Nothing has happened yet. As soon as you move the mouse, touch the page or press the button your "
           "answer is recorded; you then have " +
           length + " to undo it" + (action.note_name.empty() ? "." : ", and to add words of your own.");
  return "Nothing has happened yet. Once you press the button you have " + length +
         " to undo it; then it takes effect, and not before.";
}

void put_others(Fields& fields, const Call& call, const Linked& linked, const Action& chosen) {
  for (const Action& other : actions()) {
    if (other.role != linked.token.role || &other == &chosen) continue;
    Fields entry = row({{"URL", token_url(call.desk.links, "d", linked.token, other.word)},
                        {"LABEL", std::string(other.label)}});
    if (other.danger) entry.sections["DANGER"] = {Fields{}};
    fields.sections["OTHERS"].push_back(std::move(entry));
  }
}

void put_inputs(Fields& fields, const Call& call, const Action& action, const Introduction& introduction) {
  const Form& form = call.form;
  const bool kept = call.kept;
  if (!action.note_name.empty()) {
    const bool forward = action.decision == DecisionKind::forward;
    Fields note = row({{"NOTE_NAME", std::string(action.note_name)},
                       {"NOTE_LABEL", std::string(action.note_label)},
                       {"NOTE_HINT", std::string(action.note_hint)},
                       {"NOTE_TEXT", kept      ? field(form, std::string(action.note_name))
                                     : forward ? introduction.endorsement
                                               : ""}});
    if (action.note_required) note.sections["REQUIRED"] = {Fields{}};
    fields.sections["NOTE"] = {std::move(note)};
  }
  if (action.decision && may_be_silent(action.role, *action.decision)) {
    Fields silent = row({{"SILENT_LABEL", std::string(silent_label)}});
    if (field(form, "silent") == "1") silent.sections["SILENT_CHOSEN"] = {Fields{}};
    fields.sections["SILENT"] = {std::move(silent)};
  }
  if (action.decision != DecisionKind::later) return;
  for (const Snooze& snooze : snoozes) {
    Fields choice = row({{"VALUE", std::string(snooze.value)}, {"LABEL", std::string(snooze.label)}});
    if (kept ? field(form, "until") == snooze.value : &snooze == &snoozes.front())
      choice.sections["CHECKED"] = {Fields{}};
    fields.sections["UNTIL"].push_back(std::move(choice));
  }
}

void put_mail(Fields& fields, const Call& call, const Linked& linked, const Cast& cast,
              const Action& action) {
  if (!action.decision) return;
  const Decision plain{
      .kind = *action.decision, .note = linked.introduction.endorsement, .until = {}, .redirect_to = {}};
  if (const auto mail = preview_of_decision(call.desk, linked.introduction, cast, plain))
    fields.sections["MAIL"] = {mail_fields(*mail)};
}

HttpResponse answer_by_mail(const Call& call, const Linked& linked, const Action& action) {
  const Cast cast = call.desk.cast(linked.introduction);
  const std::string address = reply_address(
      call.desk.links, {linked.token.subject, linked.token.role, TokenUse::reply, linked.token.round});
  const std::string word(action.word);
  Fields fields = row(
      {{"MESSAGE",
        "Please answer by mail: reply to the mail that brought you here. Its first line may be the one word "
        "\"" +
            word + "\", and more words if you like."},
       {"WORD", word},
       {"REPLY_ADDRESS", address}});
  put_mail(fields, call, linked, cast, action);
  return page(call, "decision_by_mail", title_of(action, cast), std::move(fields));
}

// Our one inline script, and nothing else that somebody might get onto the page.
void allow_script(HttpResponse& out) {
  static const std::string source =
      "; script-src 'sha256-" + base64_sha256(templates::decision_script()) + "'";
  for (auto& [name, value] : out.headers)
    if (name == "Content-Security-Policy") value += source;
}

HttpResponse decision_form(const Call& call, const Linked& linked, const Action& action) {
  const Clicker clicker = find_clicker(call, linked);
  Answering how = answering(call.request, clicker, action);
  if (call.kept && how != Answering::by_mail) how = Answering::press;
  if (how == Answering::by_mail) return answer_by_mail(call, linked, action);
  const Cast cast = call.desk.cast(linked.introduction);
  Fields fields = row({{"EFFECT", effect_of(action, cast, how, clicker, call.desk.policy)},
                       {"ACTION_URL", token_url(call.desk.links, "d", linked.token)},
                       {"NONCE", new_nonce(call, linked.text)},
                       {"ACTION", std::string(action.word)},
                       {"BUTTON", std::string(action.button)}});
  if (action.danger) fields.sections["DANGER"] = {Fields{}};
  if (how == Answering::at_once) fields.sections["AT_ONCE"] = {Fields{}};
  if (how == Answering::first_sign) fields.sections["ONE_CLICK"] = {Fields{}};
  put_inputs(fields, call, action, linked.introduction);
  put_others(fields, call, linked, action);
  put_mail(fields, call, linked, cast, action);
  HttpResponse out = page(call, "decision", title_of(action, cast), std::move(fields));
  if (how != Answering::press) allow_script(out);
  return out;
}

std::optional<Time> snooze_end(const Form& form, Time now) {
  for (const Snooze& snooze : snoozes) {
    if (field(form, "until") == snooze.value) return now + snooze.length;
  }
  return std::nullopt;
}

Event event_of(const Call& call, const Linked& linked, const Action& action, bool known,
               const std::string& visit) {
  if (!action.decision)
    return OutcomeReported{action.word == "spoke" ? Outcome::spoke : Outcome::did_not_speak};
  const std::string note =
      std::string(action.note_name).empty() ? "" : field(call.form, std::string(action.note_name));
  Decision decision{.kind = *action.decision,
                    .note = note,
                    .until = snooze_end(call.form, call.desk.now),
                    .redirect_to = {}};
  if (decision.kind == DecisionKind::redirect) decision.redirect_to = note;
  decision.silent = call.form.contains("silent");
  return Decided{linked.token.role, std::move(decision),
                 known ? Channel::bound_browser : Channel::unbound_browser, visit};
}

}  // namespace

std::optional<HttpResponse> refuse_decision_link(const Call& call, const std::optional<Linked>& linked) {
  if (!linked) return bad_link(call);
  if (is_expired(*linked, call.desk.now)) {
    return message(call, 410, "This link has expired", "The introduction it belongs to ended a while ago.",
                   "");
  }
  if (is_outdated(*linked) && is_still_asked(*linked)) {
    return message(call, 410, "There is a newer version of this request",
                   "What this link shows has been changed since.", "Open the link in the newer mail.");
  }
  if (const Ask* ask = find_passed_on(*linked)) {
    return message(call, 200, "You passed this on",
                   "Your answer took effect on " + when(ask->decided_at.value_or(ask->asked_at)) +
                       "; whomever you know has been asked.",
                   "There is nothing more to do.");
  }
  if (is_outdated(*linked)) {
    return message(call, 410, "This request is no longer with you", "Somebody else is being asked now.",
                   "There is nothing to do.");
  }
  return std::nullopt;
}

HttpResponse show_decision(const Call& call) {
  const auto linked = find_linked(call, TokenUse::decision);
  if (auto refusal = refuse_decision_link(call, linked)) return *refusal;
  const std::string word = call.parts.size() > 2 ? call.parts[2] : field(call.form, "action");
  const Action* action = find_action(linked->token.role, word);
  if (!action) return bad_link(call);
  const auto& held = linked->introduction.held;
  const bool same_held = held && held->by == linked->token.role && action->decision == held->decision.kind;
  const bool awaited = action->decision ? decider(linked->introduction.state) == linked->token.role
                                        : linked->introduction.state == State::introduced;
  if (same_held || !awaited) return show_standing(call, *linked);
  return decision_form(call, *linked, *action);
}

namespace {

HttpResponse decide(const Call& call, const Linked& linked, const Action& action, const Clicker& clicker,
                    const std::string& visit) {
  const auto applied =
      call.desk.apply(linked.introduction.id, event_of(call, linked, action, clicker.known, visit));
  if (const auto* refusal = std::get_if<Refusal>(&applied)) return refused(call, *refusal);
  HttpResponse out = see_other(token_url(call.desk.links, "held", linked.token));
  const auto& held = std::get<Introduction>(applied).held;
  if (!clicker.known && held && held->visit == visit) expect_browser(call, clicker, visit, out);
  return out;
}

}  // namespace

HttpResponse post_decision(const Call& call) {
  const auto linked = find_linked(call, TokenUse::decision);
  if (auto refusal = refuse_decision_link(call, linked)) return *refusal;
  // The visit first: the decoy's form names no action, and has to spend it all the same.
  const Clicker clicker = find_clicker(call, *linked);
  const auto visit = take_click(call, *linked, linked->text, clicker);
  if (const auto* refusal = std::get_if<HttpResponse>(&visit)) return *refusal;
  const Action* action = find_action(linked->token.role, field(call.form, "action"));
  if (!action) return bad_link(call);
  if (answering(call.request, clicker, *action) == Answering::by_mail) return wants_mail(call);
  return decide(call, *linked, *action, clicker, std::get<std::string>(visit));
}

}  // namespace tertius::web
