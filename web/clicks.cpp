#include "web/clicks.hpp"

#include <algorithm>

#include "storage/letters.hpp"
#include "storage/preferences.hpp"
#include "web/actions.hpp"
#include "web/robots.hpp"

namespace tertius::web {

namespace {

// The same for the links of the request and of the receipt.
std::string name_of_link(const Linked& linked) {
  const Token& token = linked.token;
  return std::to_string(token.subject) + "-" + std::string(role_name(token.role)) + "-" +
         std::to_string(token.round);
}

bool must_press(const Linked& linked) {
  return linked.token.role == Role::connector ? linked.introduction.connector_must_press
                                              : linked.introduction.target_must_press;
}

// Speculation rules, <link rel=prefetch>, old Firefox: the page may be shown to somebody later, or never.
bool is_prefetched(const HttpRequest& request) {
  constexpr std::array names = {"sec-purpose", "purpose", "x-purpose", "x-moz"};
  return std::ranges::any_of(names, [&](const char* name) {
    const auto header = request.headers.find(name);
    return header != request.headers.end() && (header->second.find("prefetch") != std::string::npos ||
                                               header->second.find("prerender") != std::string::npos ||
                                               header->second.find("preview") != std::string::npos);
  });
}

// The others need words or a choice; a word on the outcome is not held, so that nobody could take it back.
bool is_one_click(const Action& action) {
  return action.decision == DecisionKind::forward || action.decision == DecisionKind::accept ||
         action.decision == DecisionKind::decline;
}

// A session in the same browser goes on.
void put_browser(const Call& call, const Clicker& clicker, const std::string& pending, HttpResponse& out) {
  const std::string key = keep_browser(call.request, call.desk, out);
  const auto before = storage::find_browser(call.desk.db, key, clicker.person);
  storage::put_browser(call.desk.db, {.key_hash = key,
                                      .person = clicker.person,
                                      .name = browser_name(call.request),
                                      .created_at = call.desk.now,
                                      .seen_at = call.desk.now,
                                      .expires_at = call.desk.now + browser_life,
                                      .signed_in_until = before ? before->signed_in_until : std::nullopt,
                                      .pending_visit = pending});
}

// A robot at these buttons presses them all: the held answer may be its own, of whatever profile. A reply is
// not.
void doubt_held(const Call& call, const Linked& linked, const std::string& visit) {
  const auto& held = linked.introduction.held;
  const Role role = linked.token.role;
  if (!held || held->by != role || held->channel == Channel::reply) return;
  const DecisionKind other =
      held->decision.kind == DecisionKind::decline ? DecisionKind::later : DecisionKind::decline;
  const Decision all{.kind = other, .note = {}, .until = call.desk.now + days{1}, .redirect_to = {}};
  const auto applied =
      call.desk.apply(linked.introduction.id, Decided{role, all, Channel::unbound_browser, visit + "-robot"});
  if (std::holds_alternative<Refusal>(applied)) call.desk.apply(linked.introduction.id, Undone{role});
}

HttpResponse doubt_all(const Call& call, const Linked& linked, const std::string& token) {
  HttpResponse out = answer_robot(call, name_of_link(linked));
  doubt_held(call, linked,
             find_visit(field(call.form, "nonce"), token, call.desk.now, call.desk.links.keys).value_or(""));
  return out;
}

void see_this_browser(const Call& call, const Clicker& clicker) {
  if (const auto browser = find_browser_of(call.request, call.desk, clicker.person))
    storage::see_browser(call.desk.db, *browser, call.desk.now);
}

// Gone back to, and written anew: no double click.
bool says_more(const Call& call, const Linked& linked) {
  const std::string note = field(call.form, "note");
  const auto& held = linked.introduction.held;
  return !note.empty() && !(held && held->decision.note == note);
}

}  // namespace

Clicker find_clicker(const Call& call, const Linked& linked) {
  Clicker out;
  out.person = person_in(linked.introduction, linked.token.role).value_or(PersonId{});
  out.policy = click_policy_of(storage::load_preferences(call.desk.db, out.person), call.desk.policy);
  if (must_press(linked)) out.policy = std::max(out.policy, ClickPolicy::bound);
  out.known = is_known_browser(call.request, call.desk, out.person);
  out.robot = is_robot(call, name_of_link(linked), out.known, call.desk.policy.hold_unbound);
  return out;
}

Answering answering(const HttpRequest& request, const Clicker& clicker, const Action& action) {
  if (clicker.policy == ClickPolicy::reply_only && action.decision) return Answering::by_mail;
  if (clicker.policy >= ClickPolicy::strict || clicker.robot || !is_one_click(action) ||
      is_prefetched(request))
    return Answering::press;
  if (clicker.known) return Answering::at_once;
  return clicker.policy == ClickPolicy::one_click ? Answering::first_sign : Answering::press;
}

std::variant<std::string, HttpResponse> take_click(const Call& call, const Linked& linked,
                                                   const std::string& token, const Clicker& clicker) {
  auto visit = take_visit(call, token);
  const auto* why = std::get_if<Unfit>(&visit);
  if (why && *why == Unfit::again && !says_more(call, linked))
    return see_other(token_url(call.desk.links, "held", linked.token));
  if (why && *why == Unfit::robot) return doubt_all(call, linked, token);
  if (why) return unfit(call, *why);
  if (clicker.robot) return unfit(call, Unfit::robot);
  if (clicker.known) see_this_browser(call, clicker);
  return std::get<std::string>(visit);
}

HttpResponse wants_mail(const Call& call) {
  return message(call, 403, "Nothing was changed", "Answers are taken by mail alone.",
                 "Reply to the mail that brought you here; one word is enough.");
}

void expect_browser(const Call& call, const Clicker& clicker, const std::string& visit, HttpResponse& out) {
  put_browser(call, clicker, visit, out);
}

void remember_browser(const Call& call, const Clicker& clicker, HttpResponse& out) {
  put_browser(call, clicker, "", out);
}

}  // namespace tertius::web
