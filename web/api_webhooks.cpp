// The API's webhooks: of the token's person, and where its scopes have `operator` the operator's too.
#include <boost/json/array.hpp>

#include "web/api_call.hpp"
#include "web/api_json.hpp"
#include "web/audited.hpp"
#include "web/webhooks.hpp"

namespace tertius::web {

namespace json = boost::json;

namespace {

json::object webhook_json(const storage::Webhook& hook) {
  return {{"id", id_text(hook.id)},
          {"url", hook.url},
          {"everything", !hook.person.has_value()},
          {"created_at", json_time(hook.created_at)},
          {"failing_since", json_time(hook.failing_since)},
          {"turned_off_at", json_time(hook.disabled_at)},
          {"turned_off_why", hook.disabled_why}};
}

bool is_operators(const ApiCall& call) { return call.token.scopes.has(ApiScope::operate); }

bool is_theirs(const ApiCall& call, const storage::Webhook& hook) {
  return hook.person ? *hook.person == call.person.id : is_operators(call);
}

}  // namespace

HttpResponse api_list_webhooks(const ApiCall& call) {
  json::array items;
  for (const auto& hook : storage::webhooks_of(call.desk.db, call.person.id))
    items.push_back(webhook_json(hook));
  if (is_operators(call))
    for (const auto& hook : storage::webhooks_of(call.desk.db, std::nullopt))
      items.push_back(webhook_json(hook));
  return page_of(call, std::move(items), "");
}

HttpResponse api_add_webhook(const ApiCall& call) {
  const bool everything = truth_in(call.body, "everything");
  if (everything && !is_operators(call))
    return problem(call, wrong_member("everything", "is for tokens that have the scope \"operator\""));
  const auto owner = everything ? std::nullopt : std::optional(call.person.id);
  const auto made = make_webhook(call.desk, owner, text_in(call.body, "url"));
  if (!made) return problem(call, {"wrong_member", made.error().what, made.error().hint});
  note(call, AuditAct::webhook_added, "webhook " + id_text(made.value().id));
  json::object out = webhook_json(made.value());
  out["secret"] = made.value().secret;
  return json_response(201, out);
}

HttpResponse api_remove_webhook(const ApiCall& call) {
  const auto id = find_id<storage::WebhookId>(call.values[0]);
  const auto hook = id ? storage::find_webhook(call.desk.db, *id) : std::nullopt;
  if (!hook || !is_theirs(call, *hook)) return not_found(call);
  if (storage::remove_webhook(call.desk.db, *id))
    note(call, AuditAct::webhook_removed, "webhook " + id_text(*id));
  return nothing_left();
}

}  // namespace tertius::web
