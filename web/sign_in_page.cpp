// Signing in by a mailed link. Asking for one says the same whether or not the address is known here; opening
// the link shows a button, since mail gateways open every link; pressing it signs in, once.
#include "broker/sha256.hpp"
#include "storage/people.hpp"
#include "web/audited.hpp"
#include "web/limits.hpp"
#include "web/parts.hpp"
#include "web/robots.hpp"
#include "web/session.hpp"

namespace tertius::web {

namespace {

constexpr std::chrono::minutes link_life{30};
constexpr std::chrono::hours rate_window{1};
constexpr int links_per_window = 3;  // to one person
constexpr std::string_view form_token = "sign-in";

HttpResponse address_form(const Call& call) {
  Fields fields = row({{"MESSAGE", "We mail you a link. It works once, for half an hour."},
                       {"ACTION_URL", "/sign-in"},
                       {"NONCE", new_nonce(call, std::string(form_token))},
                       {"BUTTON", "Mail me a link"}});
  fields.sections["ADDRESS"] = {row({{"WRITTEN", call.kept ? field(call.form, "address") : ""}})};
  return page(call, "sign_in", "Sign in", std::move(fields));
}

void mail_link(const Call& call, const Address& address) {
  const auto person = storage::find_person_by_address(call.desk.db, address);
  if (!person || !person->address) return;
  if (storage::count_sign_ins(call.desk.db, person->id, call.desk.now - rate_window) >= links_per_window)
    return;
  const std::string secret = call.desk.new_visit() + call.desk.new_visit();
  const Time until = call.desk.now + link_life;
  storage::add_sign_in(call.desk.db, hex_sha256(secret), person->id, call.desk.now, until);
  call.desk.mail_sign_in(*person, call.desk.links.public_url + "/sign-in/" + secret, until);
}

HttpResponse press_form(const Call& call, PersonId id) {
  const Person person = storage::load_person(call.desk.db, id);
  return page(call, "sign_in", "Sign in",
              row({{"MESSAGE", "Sign in as " + person_label(person) + " on this browser?"},
                   {"ACTION_URL", "/sign-in/" + call.parts[1]},
                   {"NONCE", new_nonce(call, hex_sha256(call.parts[1]))},
                   {"BUTTON", "Sign in"}}));
}

HttpResponse dead_link(const Call& call) {
  return message(call, 410, "This link does not work any more", "It works once, and for half an hour.",
                 "Ask for another one at " + call.desk.links.public_url + "/sign-in.");
}

HttpResponse signed_in(const Call& call, PersonId person) {
  HttpResponse out = see_other("/me");
  // A new secret: whoever knew the old one (somebody else's computer) is not signed in with it.
  const std::string key = renew_browser(call.request, call.desk, out);
  storage::sign_out(call.desk.db, key);
  storage::put_browser(call.desk.db, {.key_hash = key,
                                      .person = person,
                                      .name = browser_name(call.request),
                                      .created_at = call.desk.now,
                                      .seen_at = call.desk.now,
                                      .expires_at = call.desk.now + browser_life,
                                      .signed_in_until = call.desk.now + session_life});
  if (is_operator(call.desk, storage::load_person(call.desk.db, person)))
    storage::note_audit(call.desk.db, call.desk.now, storage::by_operator, storage::AuditAct::signed_in,
                        storage::by_person(person));
  return out;
}

HttpResponse post_link(const Call& call) {
  const std::string key = hex_sha256(call.parts[1]);
  const auto whose = storage::find_sign_in(call.desk.db, key, call.desk.now);
  if (!whose) return dead_link(call);
  const auto visit = take_press(call, key, *whose);
  if (const auto* refusal = std::get_if<HttpResponse>(&visit)) return *refusal;
  const auto person = storage::take_sign_in(call.desk.db, key, call.desk.now);
  return person ? signed_in(call, *person) : dead_link(call);
}

}  // namespace

HttpResponse show_sign_in(const Call& call) {
  if (call.parts.size() < 2) return address_form(call);
  const auto person = storage::find_sign_in(call.desk.db, hex_sha256(call.parts[1]), call.desk.now);
  return person ? press_form(call, *person) : dead_link(call);
}

HttpResponse post_sign_in(const Call& call) {
  if (call.parts.size() >= 2) return post_link(call);
  const auto visit = take_visit(call, std::string(form_token));
  if (const auto* why = std::get_if<Unfit>(&visit)) return unfit(call, *why);
  if (auto refusal = refuse_haste_for_named(call)) return *std::move(refusal);
  const auto address = parse_address(field(call.form, "address"));
  if (!address)
    return message(call, 422, "No link was mailed", "That is no mail address.",
                   "Go back and look at it again.");
  mail_link(call, address.value());
  return message(call, 200, "Look into your mailbox",
                 "If " + text(address.value()) + " is known here, a mail with a link is on its way to it.",
                 "The link works once, for half an hour.");
}

HttpResponse show_sign_out(const Call& call) {
  const auto& member = call.member;
  if (!member) return see_other("/");
  return page(call, "sign_in", "Sign out",
              row({{"MESSAGE", "You are signed in as " + person_label(member->person) + "."},
                   {"ACTION_URL", "/sign-out"},
                   {"NONCE", member_nonce(call)},
                   {"BUTTON", "Sign out"}}));
}

// "everywhere" forgets every browser of this person, the known ones too, and their programs' tokens.
HttpResponse post_sign_out(const Call& call) {
  const auto& member = call.member;
  if (!member) return see_other("/");
  if (const auto refusal = refuse_member_post(call)) return *refusal;
  if (field(call.form, "action") == "everywhere")
    sign_out_everywhere(call);
  else
    storage::sign_out(call.desk.db, member->browser.key_hash);
  return see_other("/");
}

}  // namespace tertius::web
