// The tokens for programs of whoever is signed in: made (and shown once), listed, revoked.
#include <algorithm>
#include <array>

#include "broker/sha256.hpp"
#include "storage/api_tokens.hpp"
#include "web/api_json.hpp"
#include "web/api_secret.hpp"
#include "web/audited.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr int most_live = 20;
constexpr std::size_t most_shown = 50, longest_name = 80;
constexpr int longest_days = 3650;

StateWords standing(const storage::ApiToken& token, Time now) {
  if (token.revoked_at) return {"revoked", "bad"};
  if (token.expires_at && *token.expires_at <= now) return {"expired", "plain"};
  return {token.expires_at ? "until " + date_text(*token.expires_at) : "good", "good"};
}

bool is_live(const storage::ApiToken& token, Time now) {
  return !token.revoked_at && (!token.expires_at || *token.expires_at > now);
}

Fields entry(const Call& call, const storage::ApiToken& token) {
  const StateWords state = standing(token, call.desk.now);
  Fields out = row({{"NAME", token.name},
                    {"STATE", state.text},
                    {"STATE_KIND", state.kind},
                    {"ALLOWS", text(token.scopes)},
                    {"SINCE", date_text(token.created_at)},
                    {"SEEN", token.used_at ? date_text(*token.used_at) : "never"},
                    {"VALUE", id_text(token.id)}});
  if (is_live(token, call.desk.now)) out.sections["REVOKE"] = {Fields{}};
  return out;
}

// The operator's are for whoever signed in with the operator's own address.
bool may_give(const Call& call, ApiScope scope) { return !is_operators(scope) || call.member->is_operator; }

struct Life {
  std::string_view days, label;
};
constexpr auto lives =
    std::to_array<Life>({{"30", "A month"}, {"365", "A year"}, {"0", "Until I revoke it"}});

void put_choices(Fields& fields, const Call& call, const Form& typed) {
  for (const ApiScopeRow& scope : api_scopes()) {
    if (!may_give(call, scope.scope)) continue;
    Fields box = row({{"VALUE", std::string(scope.name)}, {"LABEL", std::string(scope.allows)}});
    if (typed.contains(std::string(scope.name))) box.sections["CHECKED"] = {Fields{}};
    fields.sections["SCOPES"].push_back(std::move(box));
  }
  const std::string chosen = typed.contains("days") ? field(typed, "days") : "365";
  for (const Life& life : lives) {
    Fields option = row({{"VALUE", std::string(life.days)}, {"LABEL", std::string(life.label)}});
    if (chosen == life.days) option.sections["SELECTED"] = {Fields{}};
    fields.sections["LIVES"].push_back(std::move(option));
  }
}

HttpResponse tokens_page(const Call& call, const std::string& secret, const std::string& wrong) {
  const bool keeps = call.kept || !wrong.empty();
  const Form typed = keeps ? call.form : Form{};
  Fields fields =
      row({{"ACTION_URL", "/tokens"}, {"NONCE", member_nonce(call)}, {"NEW_NAME", field(typed, "name")}});
  if (!secret.empty()) fields.sections["NEW"] = {row({{"SECRET", secret}})};
  if (!wrong.empty()) fields.sections["BAD"] = {row({{"SENTENCE", wrong}})};
  const auto tokens = storage::api_tokens_of(call.desk.db, call.member->person.id);
  for (std::size_t i = 0; i < std::min(tokens.size(), most_shown); ++i)
    fields.sections["TOKENS"].push_back(entry(call, tokens[i]));
  put_choices(fields, call, typed);
  return page(call, "tokens", "Tokens for programs", std::move(fields), wrong.empty() ? 200 : 422);
}

ApiScopes wanted_scopes(const Call& call) {
  ApiScopes out;
  for (const ApiScopeRow& scope : api_scopes()) {
    if (call.form.contains(std::string(scope.name)) && may_give(call, scope.scope)) out.add(scope.scope);
  }
  return out;
}

HttpResponse add_token(const Call& call) {
  const PersonId person = call.member->person.id;
  const ApiScopes scopes = wanted_scopes(call);
  std::string name = field(call.form, "name");
  std::ranges::replace(name, '\n', ' ');  // it stands in a mail
  const auto days = find_id<std::int64_t>(field(call.form, "days"));
  if (name.empty() || name.size() > longest_name)
    return tokens_page(call, "", "Say in a few words what the token is for.");
  if (scopes.empty()) return tokens_page(call, "", "Tick at least one thing that it may do.");
  if (storage::count_live_api_tokens(call.desk.db, person, call.desk.now) >= most_live)
    return tokens_page(call, "", "You have twenty tokens. Revoke one that is not used any more.");
  storage::ApiToken token{.id = storage::ApiTokenId{call.desk.new_id()},
                          .person = person,
                          .name = name,
                          .scopes = scopes,
                          .created_at = call.desk.now};
  if (days && *days <= longest_days) token.expires_at = call.desk.now + std::chrono::days{*days};
  const std::string secret = new_api_secret();
  storage::add_api_token(call.desk.db, token, hex_sha256(secret));
  note(call, AuditAct::token_added, "token " + id_text(token.id));
  call.desk.mail_token_made(call.member->person, token);
  return tokens_page(call, secret, "");
}

HttpResponse revoke_token(const Call& call) {
  const auto id = find_id<storage::ApiTokenId>(field(call.form, "token"));
  const auto token = id ? storage::load_api_token(call.desk.db, *id) : std::nullopt;
  if (!token || token->person != call.member->person.id) return bad_link(call);
  if (storage::revoke_api_token(call.desk.db, *id, call.desk.now))
    note(call, AuditAct::token_revoked, "token " + id_text(*id));
  return see_other("/tokens");
}

}  // namespace

HttpResponse show_tokens(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  return tokens_page(call, "", "");
}

HttpResponse post_tokens(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (const auto refusal = refuse_member_post(call)) return *refusal;
  const std::string action = field(call.form, "action");
  if (action == "add") return add_token(call);
  return action == "revoke" ? revoke_token(call) : bad_link(call);
}

}  // namespace tertius::web
