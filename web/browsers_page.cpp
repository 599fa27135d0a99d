// The browsers that whoever is signed in is known in, and forgetting them.
#include "storage/api_tokens.hpp"
#include "web/audited.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr std::size_t most_shown = 50;

struct StatusWords {
  std::string text, kind;
};

StatusWords status_of(const storage::Browser& browser, Time now) {
  if (!browser.pending_visit.empty()) return {"known once your answer takes effect", "wait"};
  const bool signed_in = browser.signed_in_until && *browser.signed_in_until > now;
  return signed_in ? StatusWords{"signed in", "good"} : StatusWords{"known", "plain"};
}

Fields entry(const Call& call, const storage::Browser& browser) {
  const StatusWords status = status_of(browser, call.desk.now);
  Fields out = row({{"NAME", browser.name},
                    {"STATE", status.text},
                    {"STATE_KIND", status.kind},
                    {"SINCE", date_text(browser.created_at)},
                    {"SEEN", date_text(browser.seen_at)},
                    {"VALUE", browser.key_hash}});
  if (browser.key_hash == call.member->browser.key_hash) out.sections["HERE"] = {Fields{}};
  return out;
}

}  // namespace

void sign_out_everywhere(const Call& call) {
  const PersonId person = call.member->person.id;
  storage::forget_browsers_of(call.desk.db, person);
  // Whoever was signed in elsewhere may have made one for later.
  if (call.form.contains("keep_tokens")) return;
  if (storage::revoke_api_tokens_of(call.desk.db, person, call.desk.now) > 0)
    note(call, AuditAct::token_revoked, "all of " + storage::by_person(person));
}

HttpResponse show_browsers(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  Fields fields = row({{"ACTION_URL", "/browsers"}, {"NONCE", member_nonce(call)}});
  const auto browsers = storage::browsers_of(call.desk.db, call.member->person.id, call.desk.now);
  for (std::size_t i = 0; i < std::min(browsers.size(), most_shown); ++i)
    fields.sections["BROWSERS"].push_back(entry(call, browsers[i]));
  if (browsers.size() > most_shown)
    fields.sections["MORE"] = {
        row({{"SENTENCE", "And " + std::to_string(browsers.size() - most_shown) + " older ones."}})};
  if (storage::count_live_api_tokens(call.desk.db, call.member->person.id, call.desk.now) > 0)
    fields.sections["PROGRAMS"] = {Fields{}};
  return page(call, "browsers", "Browsers that know you", std::move(fields));
}

// Forgotten, the browser at hand is signed out, too.
HttpResponse post_browsers(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (const auto refusal = refuse_member_post(call)) return *refusal;
  const PersonId person = call.member->person.id;
  const std::string action = field(call.form, "action");
  if (action == "forget_all")
    sign_out_everywhere(call);
  else if (action == "forget")
    storage::forget_browser(call.desk.db, field(call.form, "browser"), person);
  else
    return bad_link(call);
  const bool is_gone = action == "forget_all" || field(call.form, "browser") == call.member->browser.key_hash;
  return see_other(is_gone ? "/" : "/browsers");
}

}  // namespace tertius::web
