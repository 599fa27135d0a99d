#include "daemon/webhook_news.hpp"

#include <boost/json/serialize.hpp>

#include "broker/sight.hpp"
#include "daemon/desk.hpp"
#include "daemon/log.hpp"
#include "storage/names.hpp"
#include "storage/webhooks.hpp"
#include "web/api_json.hpp"

namespace tertius::daemon {

namespace {

namespace json = boost::json;

struct News {
  State state{};
  json::object data;
};

std::optional<News> news_for_operator(const web::Desk& desk, const Introduction* before,
                                      const Introduction& after) {
  if (before && !looks_other_to_operator(*before, after)) return std::nullopt;
  return News{after.state, web::whole_introduction_json(desk, after)};
}

// Whoever sees it no more is told nothing.
std::optional<News> news_for(const web::Desk& desk, PersonId person, const Introduction* before,
                             const Introduction& after) {
  const auto sight = sight_of(after, person);
  if (!sight || (before && sight_of(*before, person) == sight)) return std::nullopt;
  return News{sight->state, web::introduction_json(desk, after, sight->role)};
}

void queue(Engine& engine, const storage::Webhook& hook, IntroductionId introduction, News news) {
  const json::object body{{"type", "introduction.changed"},
                          {"timestamp", web::json_time(engine.now())},
                          {"data", std::move(news.data)}};
  const bool queued = storage::queue_delivery(engine.db, {.id = storage::DeliveryId{engine.settings.ids()},
                                                          .webhook = hook.id,
                                                          .introduction = introduction,
                                                          .shown_state = std::string(state_name(news.state)),
                                                          .body = json::serialize(body),
                                                          .created_at = engine.now()});
  if (!queued) log_warning("webhook", "hook=" + web::id_text(hook.id) + " why=\"too many are waiting\"");
}

}  // namespace

void tell_webhooks(Engine& engine, const Introduction* before, const Introduction& after) {
  const PersonId connector = current_connector(after).value_or(after.requester);
  const auto hooks = storage::listening_webhooks(engine.db, after.requester, connector, after.target);
  if (hooks.empty()) return;
  const web::Desk desk = make_desk(engine);
  for (const storage::Webhook& hook : hooks) {
    auto news =
        hook.person ? news_for(desk, *hook.person, before, after) : news_for_operator(desk, before, after);
    if (news) queue(engine, hook, after.id, std::move(*news));
  }
}

}  // namespace tertius::daemon
