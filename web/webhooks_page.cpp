// The webhooks of whoever is signed in: made (the secret shown once), listed with what became of the newest
// deliveries, removed. The operator sees the operator's too.
#include "web/api_json.hpp"
#include "web/audited.hpp"
#include "web/parts.hpp"
#include "web/webhooks.hpp"

namespace tertius::web {

namespace {

constexpr int most_deliveries = 5;

std::string reply_of(const storage::Delivery& delivery) {
  if (delivery.last_reply.empty()) return delivery.attempts == 0 ? "waiting for its turn" : "on its way";
  const std::string attempts =
      delivery.attempts == 1 ? "1 attempt, " : std::to_string(delivery.attempts) + " attempts, ";
  if (delivery.taken) return attempts + delivery.last_reply;
  return attempts + (delivery.settled_at ? "given up: " : "will be tried again: ") + delivery.last_reply;
}

Fields delivery_row(const storage::Delivery& delivery) {
  return row({{"STATE", delivery.shown_state},
              {"WHEN", time_text(delivery.created_at)},
              {"REPLY", reply_of(delivery)}});
}

Fields entry(const Call& call, const storage::Webhook& hook) {
  const WebhookStanding state = standing_of(hook);
  Fields out = row({{"URL", hook.url},
                    {"STATE", state.text},
                    {"STATE_KIND", std::string(state.kind)},
                    {"SINCE", date_text(hook.created_at)},
                    {"WAITING", std::to_string(storage::count_waiting(call.desk.db, hook.id))},
                    {"VALUE", id_text(hook.id)}});
  if (!hook.person) out.sections["EVERYBODYS"] = {Fields{}};
  if (hook.failing_since && !hook.disabled_at)
    out.sections["FAILING"] = {row({{"WHEN", time_text(*hook.failing_since)}})};
  if (hook.disabled_at) out.sections["WHY"] = {row({{"SENTENCE", hook.disabled_why}})};
  if (hook.disabled_at) out.sections["OFF"] = {Fields{}};
  if (hook.dropped > 0) out.sections["DROPPED"] = {row({{"COUNT", std::to_string(hook.dropped)}})};
  for (const auto& delivery : storage::recent_deliveries(call.desk.db, hook.id, most_deliveries))
    out.sections["DELIVERIES"].push_back(delivery_row(delivery));
  return out;
}

HttpResponse webhooks_page(const Call& call, const std::string& secret, const Failure& wrong) {
  Fields fields = row({{"ACTION_URL", "/webhooks"},
                       {"NONCE", member_nonce(call)},
                       {"URL", wrong.what.empty() && !call.kept ? "" : field(call.form, "url")}});
  if (!secret.empty()) fields.sections["NEW"] = {row({{"SECRET", secret}})};
  if (!wrong.what.empty())
    fields.sections["BAD"] = {row({{"SENTENCE", wrong.what + (wrong.hint.empty() ? "" : " " + wrong.hint)}})};
  for (const auto& hook : storage::webhooks_of(call.desk.db, call.member->person.id))
    fields.sections["HOOKS"].push_back(entry(call, hook));
  if (call.member->is_operator) {
    fields.sections["OPERATOR"] = {Fields{}};
    for (const auto& hook : storage::webhooks_of(call.desk.db, std::nullopt))
      fields.sections["HOOKS"].push_back(entry(call, hook));
  }
  return page(call, "webhooks", "Webhooks", std::move(fields), wrong.what.empty() ? 200 : 422);
}

HttpResponse add(const Call& call) {
  const bool everything = call.member->is_operator && call.form.contains("everything");
  const auto owner = everything ? std::nullopt : std::optional(call.member->person.id);
  const auto made = make_webhook(call.desk, owner, field(call.form, "url"));
  if (!made) return webhooks_page(call, "", made.error());
  note(call, AuditAct::webhook_added, "webhook " + id_text(made.value().id));
  return webhooks_page(call, made.value().secret, {});
}

HttpResponse change(const Call& call, const std::string& action) {
  const auto id = find_id<storage::WebhookId>(field(call.form, "webhook"));
  const auto hook = id ? storage::find_webhook(call.desk.db, *id) : std::nullopt;
  const bool is_theirs =
      hook && (hook->person ? *hook->person == call.member->person.id : call.member->is_operator);
  if (!is_theirs) return bad_link(call);
  if (action == "enable") {
    storage::enable_webhook(call.desk.db, *id);
  } else if (storage::remove_webhook(call.desk.db, *id)) {
    note(call, AuditAct::webhook_removed, "webhook " + id_text(*id));
  }
  return see_other("/webhooks");
}

}  // namespace

HttpResponse show_webhooks(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  return webhooks_page(call, "", {});
}

HttpResponse post_webhooks(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (const auto refusal = refuse_member_post(call)) return *refusal;
  const std::string action = field(call.form, "action");
  if (action == "add") return add(call);
  return action == "remove" || action == "enable" ? change(call, action) : bad_link(call);
}

}  // namespace tertius::web
