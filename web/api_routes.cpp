// Every operation of the API in one table; web/openapi.json describes them, and a test compares the two.
#include <array>

#include "mail/hook_url.hpp"
#include "web/api_call.hpp"

namespace tertius::web {

namespace {

using Kind = BodyKind;
constexpr std::size_t most_words = 300, most_text = 20'000;

constexpr auto settings_body = std::to_array<BodyMember>({
    {"language", Kind::text, true, 20},
    {"consent", Kind::text, true, 20},
    {"click_policy", Kind::text, true, 20, true},
    {"shown_as_connector", Kind::text, true, 20},
    {"quiet_from", Kind::number, true, 0, true},
    {"quiet_to", Kind::number, true, 0, true},
    {"max_open_asks", Kind::number, true, 0, true},
});

constexpr auto tie_body = std::to_array<BodyMember>({{"strength", Kind::number, true}});

constexpr auto request_body = std::to_array<BodyMember>({
    {"target", Kind::text, true, most_words},
    {"connectors", Kind::texts, false, most_words},
    {"subject", Kind::text, false, most_words},
    {"cover_note", Kind::text, true, most_text},
    {"pitch", Kind::text, true, most_text},
    {"purpose", Kind::text, false, most_words},
    {"send_anyway", Kind::truth},
});

constexpr auto connector_body = std::to_array<BodyMember>({{"connector", Kind::text, true, most_words}});

constexpr auto decision_body = std::to_array<BodyMember>({
    {"decision", Kind::text, true, 20},
    {"note", Kind::text, false, most_text},
    {"silent", Kind::truth},
    {"until", Kind::text, false, 20},
    {"redirect_to", Kind::text, false, most_words},
});

constexpr auto webhook_body = std::to_array<BodyMember>({
    {"url", Kind::text, true, mail::longest_hook_url},
    {"everything", Kind::truth},
});

using S = ApiScope;
constexpr auto table = std::to_array<ApiRoute>({
    {"GET", "/openapi.json", std::nullopt, api_document},
    {"GET", "/people", S::people_read, api_list_people, "q limit cursor"},
    {"GET", "/people/me", S::people_read, api_show_me},
    {"PUT", "/people/me", S::people_write, api_change_me, "", settings_body},
    {"GET", "/ties", S::people_read, api_list_ties, "limit cursor"},
    {"PUT", "/ties/{id}", S::ties_write, api_put_tie, "", tie_body},
    {"DELETE", "/ties/{id}", S::ties_write, api_delete_ties},
    {"GET", "/imports", S::people_read, api_list_imports},
    {"DELETE", "/imports/{id}", S::ties_write, api_undo_import},
    {"GET", "/find", S::find, api_find, "target"},
    {"GET", "/introductions", S::introductions_read, api_list_introductions, "role limit cursor"},
    {"POST", "/introductions", S::introductions_write, api_ask, "", request_body},
    {"GET", "/introductions/{id}", S::introductions_read, api_show_introduction},
    {"POST", "/introductions/{id}/connector", S::introductions_write, api_choose, "", connector_body},
    {"POST", "/introductions/{id}/withdraw", S::introductions_write, api_withdraw},
    {"POST", "/introductions/{id}/decisions", S::decisions_write, api_decide, "", decision_body},
    {"POST", "/introductions/{id}/undo", S::decisions_write, api_undo},
    {"POST", "/introductions/{id}/now", S::decisions_write, api_send_now},
    {"GET", "/webhooks", S::webhooks_write, api_list_webhooks},
    {"POST", "/webhooks", S::webhooks_write, api_add_webhook, "", webhook_body},
    {"DELETE", "/webhooks/{id}", S::webhooks_write, api_remove_webhook},
    {"GET", "/operator/introductions", S::operate, api_all_introductions, "limit cursor"},
    {"GET", "/operator/introductions/{id}", S::operate, api_whole_introduction},
    {"GET", "/operator/letters", S::operate, api_letters, "limit cursor"},
    {"GET", "/operator/outbox", S::operate, api_outbox, "limit cursor"},
    {"POST", "/operator/outbox/{id}/retry", S::operate, api_retry_notice},
    {"POST", "/operator/outbox/{id}/cancel", S::operate, api_cancel_notice},
});

}  // namespace

std::span<const ApiRoute> api_routes() { return table; }

}  // namespace tertius::web
