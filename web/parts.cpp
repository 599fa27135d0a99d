#include "web/parts.hpp"

#include <algorithm>
#include <array>

#include "broker/standing.hpp"
#include "storage/browsers.hpp"
#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "templates/render.hpp"

namespace tertius::web {

namespace {

// What a stranger's markup could do is refused twice: by escaping in the templates, and here.
constexpr auto content_security_policy =
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'";

struct StateRow {
  State state;
  std::string_view text;
  std::string_view kind;
};
constexpr auto state_rows = std::to_array<StateRow>({
    {State::drafted, "waiting for you", "wait"},
    {State::asked, "waiting for the connector", "wait"},
    {State::revising, "changes wanted", "wait"},
    {State::redirected, "somebody else suggested", "wait"},
    {State::snoozed, "put off", "wait"},
    {State::declined_silently, "waiting", "wait"},
    {State::forwarded, "forwarded", "good"},
    {State::introduced, "introduced", "good"},
    {State::closed, "closed", "plain"},
    {State::declined, "declined", "bad"},
    {State::target_declined, "declined", "bad"},
    {State::expired, "no answer", "bad"},
    {State::withdrawn, "withdrawn", "plain"},
});
static_assert(state_rows.size() == state_count);

// What people write themselves, of all forms.
constexpr auto typed_fields = std::to_array<std::string_view>(
    {"note", "target", "subject", "cover_note", "pitch", "deadline_reason", "name", "url", "address"});

bool has_typed(const Form& form) {
  return std::ranges::any_of(typed_fields,
                             [&](std::string_view name) { return !field(form, std::string(name)).empty(); });
}

// The page's own form again, filled in: with a nonce that holds, to be pressed once more.
HttpResponse once_more(const Call& call) {
  Call shown = call;
  shown.kept = true;
  return call.show(shown);
}

void put_why_once_more(const Call& call, std::string_view name, Fields& fields, int& status) {
  if (!call.kept || name == "message") return;
  status = status == 200 ? 409 : status;
  fields.sections["BAD"] = {
      row({{"SENTENCE",
            "Nothing was changed: this page had been open for long, or was used already. What you typed is "
            "still here: look at it once more and press again."}})};
}

constexpr bool state_rows_stand_in_order() {
  for (std::size_t i = 0; i < state_rows.size(); ++i) {
    if (static_cast<std::size_t>(state_rows[i].state) != i) return false;
  }
  return true;
}
static_assert(state_rows_stand_in_order());

struct NavigationRow {
  std::string_view path, label;
  bool (*is_for)(const Call&);
};
// What else there is of one's own (browsers, tokens, data) is reached from the settings.
constexpr auto navigation = std::to_array<NavigationRow>({
    {"/try", "Mailboxes", [](const Call& call) { return call.desk.sandbox; }},
    {"/people", "People", [](const Call& call) { return call.member && call.member->person.member; }},
    {"/ask", "Ask", [](const Call& call) { return call.member && call.member->person.member; }},
    {"/me", "Introductions", [](const Call& call) { return call.member.has_value(); }},
    {"/contacts", "Contacts", [](const Call& call) { return call.member && call.member->person.member; }},
    {"/settings", "Settings", [](const Call& call) { return call.member.has_value(); }},
    {"/dashboard", "Dashboard", [](const Call& call) { return call.member && call.member->is_operator; }},
    {"/sign-out", "Sign out", [](const Call& call) { return call.member.has_value(); }},
});

void put_navigation(const Call& call, Fields& fields) {
  const std::string here = call.parts.empty() ? "/" : "/" + call.parts.front();
  for (const NavigationRow& entry : navigation) {
    if (!entry.is_for(call)) continue;
    Fields link = row({{"URL", std::string(entry.path)}, {"LABEL", std::string(entry.label)}});
    if (entry.path == here) link.sections["CURRENT"] = {Fields{}};
    fields.sections["NAV"].push_back(std::move(link));
  }
}

}  // namespace

Fields row(std::map<std::string, std::string> values) { return {std::move(values), {}}; }

Fields mail_fields(const PreviewMail& mail) {
  return row({{"MAIL_TO", mail.to}, {"MAIL_SUBJECT", mail.subject}, {"MAIL_TEXT", mail.text}});
}

std::string when(Time time) { return date_text(time) + ", " + time_text(time).substr(11); }

StateWords state_words(State state) {
  const StateRow& row = state_rows[static_cast<std::size_t>(state)];
  return {std::string(row.text), std::string(row.kind)};
}

HttpResponse page(const Call& call, std::string_view name, const std::string& title, Fields fields,
                  int status) {
  fields.values["TITLE"] = title;
  fields.values["COMMUNITY"] = call.desk.community;
  put_why_once_more(call, name, fields, status);
  put_navigation(call, fields);
  auto html = templates::render_page(name, fields);
  HttpResponse out;
  if (!html) {
    out.status = 500;
    out.content_type = "text/plain; charset=utf-8";
    out.body = "This page could not be made: " + html.error().what + "\n";
    return out;
  }
  out.status = status;
  out.body = std::move(html.value());
  out.headers = {{"Cache-Control", "no-store"},
                 {"Referrer-Policy", "same-origin"},
                 {"X-Robots-Tag", "noindex"},
                 {"X-Content-Type-Options", "nosniff"},
                 {"Content-Security-Policy", content_security_policy}};
  return out;
}

HttpResponse with_own_scripts(HttpResponse response) {
  for (auto& [name, value] : response.headers) {
    if (name == "Content-Security-Policy") value += "; script-src 'self'; connect-src 'self'";
  }
  return response;
}

HttpResponse message(const Call& call, int status, const std::string& title, const std::string& sentence,
                     const std::string& hint) {
  return page(call, "message", title, row({{"MESSAGE", sentence}, {"HINT", hint}}), status);
}

HttpResponse no_such_page(const Call& call) {
  return message(call, 404, "There is no such page", "Perhaps the address was cut off.", "");
}

HttpResponse refused(const Call& call, Refusal refusal) {
  const auto& words = refusal_text(refusal);
  return message(call, 409, "Nothing was changed", std::string(words.what), std::string(words.hint));
}

HttpResponse bad_link(const Call& call) {
  return message(call, 404, "This link does not work", "It is not one of ours, or it was cut off on its way.",
                 "Open it again from the mail, all of it; or answer the mail with one word.");
}

std::optional<Linked> find_linked(const Call& call, TokenUse use) {
  if (call.parts.size() < 2) return std::nullopt;
  const auto token = find_token(call.parts[1], call.desk.links.keys);
  if (!token || token->use != use) return std::nullopt;
  auto introduction = storage::find_introduction(call.desk.db, IntroductionId{token->subject});
  if (!introduction) return std::nullopt;
  return Linked{make_token(*token, call.desk.links.key()), *token, std::move(*introduction)};
}

bool is_outdated(const Linked& linked) {
  if (linked.token.role != Role::connector) return false;
  const auto& asks = linked.introduction.asks;
  const std::size_t round = linked.token.round;
  return round != asks.size();
}

bool is_still_asked(const Linked& linked) {
  const auto& asks = linked.introduction.asks;
  const std::size_t round = linked.token.round;
  return round >= 1 && round <= asks.size() && asks[round - 1].connector == asks.back().connector;
}

const Ask* find_passed_on(const Linked& linked) {
  const auto& asks = linked.introduction.asks;
  const std::size_t round = linked.token.round;
  if (!is_outdated(linked) || round < 1 || round > asks.size()) return nullptr;
  const Ask* last = last_ask_of(linked.introduction, asks[round - 1].connector);
  return has_passed_on(linked.introduction, *last) ? last : nullptr;
}

bool is_expired(const Linked& linked, Time now) {
  constexpr days memory{60};
  return is_final(linked.introduction.state) && now > linked.introduction.state_since + memory;
}

std::string new_nonce(const Call& call, const std::string& token) {
  return make_nonce(call.desk.new_visit(), token, call.desk.now + nonce_life, call.desk.links.key());
}

std::variant<std::string, Unfit> take_visit(const Call& call, const std::string& token) {
  if (!is_same_origin(call.request, call.desk.links.public_url)) return Unfit::foreign;
  const auto visit = find_visit(field(call.form, "nonce"), token, call.desk.now, call.desk.links.keys);
  if (!visit) return Unfit::stale;
  const bool fresh = storage::spend_nonce(call.desk.db, *visit, call.desk.now);
  // The decoy is hidden from people; whoever presses it has spent the visit, and its other buttons are void.
  if (call.form.contains("decoy")) return Unfit::robot;
  if (!fresh) return Unfit::again;
  return *visit;
}

std::string member_nonce(const Call& call) {
  return make_nonce(call.desk.new_visit(), member_token(*call.member), call.desk.now + member_nonce_life,
                    call.desk.links.key());
}

std::optional<HttpResponse> refuse_member_post(const Call& call) {
  const auto visit = take_visit(call, member_token(*call.member));
  if (const auto* why = std::get_if<Unfit>(&visit)) return unfit(call, *why);
  storage::see_browser(call.desk.db, call.member->browser, call.desk.now);
  return std::nullopt;
}

void put_typed(Fields& fields, const Call& call) {
  if (call.request.method != "POST") return;
  for (const std::string_view name : typed_fields) {
    const std::string words = field(call.form, std::string(name));
    if (!words.empty()) fields.sections["TYPED"].push_back(row({{"TEXT", words}}));
  }
}

HttpResponse wants_sign_in(const Call& call) {
  Fields fields = row({{"MESSAGE", "Sign in to see this page."}, {"HINT", ""}});
  put_typed(fields, call);
  fields.sections["LINKS"] = {row({{"URL", "/sign-in"}, {"LABEL", "Sign in"}})};
  return page(call, "message", "Sign in first", std::move(fields), 401);
}

namespace {

HttpResponse foreign(const Call& call) {
  Fields fields = row({{"MESSAGE", "This did not come from one of our own pages."},
                       {"HINT", "Open the link in the mail and press the button there."}});
  put_typed(fields, call);
  return page(call, "message", "Nothing was changed", std::move(fields), 403);
}

}  // namespace

HttpResponse unfit(const Call& call, Unfit why) {
  const bool late = why == Unfit::stale || (why == Unfit::again && has_typed(call.form));
  if (late && call.show) return once_more(call);
  switch (why) {
    case Unfit::foreign: return foreign(call);
    case Unfit::stale:
      return message(call, 409, "Nothing was changed", "This page has been open for more than half an hour.",
                     "Open the link in the mail again.");
    case Unfit::robot:
      return message(call, 200, "Nothing was changed",
                     "A button that only robots press was pressed in this browser.",
                     "If that was you, please answer the mail instead: one word is enough.");
    case Unfit::again:
      return message(call, 409, "Nothing was changed", "This page has already been used.",
                     "Open the link in the mail again.");
  }
  return bad_link(call);
}

}  // namespace tertius::web
