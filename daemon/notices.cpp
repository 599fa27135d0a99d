// Posting: what step() ordered and what answers say goes into the outbox, worded as things are at this
// moment.
#include <algorithm>

#include "daemon/engine.hpp"
#include "daemon/hidden_addresses.hpp"
#include "daemon/notice_rows.hpp"
#include "storage/keys.hpp"
#include "storage/noted_keys.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"
#include "web/requesters_view.hpp"

namespace tertius::daemon {

namespace {

// What R may not know yet of T, and T of R.
std::vector<Address> addresses_kept_from(Engine& engine, const NoticeOrder& order,
                                         const Introduction& introduction) {
  if (order.kind == NoticeKind::introduction || introduction.introduced_at) return {};
  switch (order.to) {
    case Role::requester: return storage::every_address_of(engine.db, introduction.target);
    case Role::target: return storage::every_address_of(engine.db, introduction.requester);
    case Role::connector: return {};
  }
  return {};
}

bool offers_a_choice(NoticeKind kind) {
  return kind == NoticeKind::connector_choices || kind == NoticeKind::redirect_suggested;
}

// Nobody is asked twice: whoever named somebody else is not offered again.
std::vector<FoundConnector> connectors_to_ask(Engine& engine, const Introduction& introduction) {
  auto found = find_connectors(engine, introduction.requester, introduction.target);
  name_unnamed(found, introduction.requester, introduction.target, engine.settings.links.key());
  std::erase_if(found, [&](const FoundConnector& one) {
    return std::ranges::any_of(introduction.asks,
                               [&](const Ask& ask) { return ask.connector == one.person.id; });
  });
  return found;
}

// A robot that presses the buttons of each mail would be sent the next one to press them.
bool has_been_told_enough(Engine& engine, const storage::OutboxRow& row) {
  constexpr int enough = 3;  // a day
  if (row.kind != NoticeKind::conflict) return false;
  const auto told = storage::notices_to(engine.db, row.recipient);
  return std::ranges::count_if(told, [&](const storage::OutboxRow& one) {
           return one.kind == row.kind && one.introduction == row.introduction &&
                  one.created_at > engine.now() - days{1};
         }) >= enough;
}

void post(Engine& engine, storage::OutboxRow row) {
  const auto& answered = engine.answered;
  const bool answers = notice_traits(row.kind).auto_submitted == AutoSubmitted::replied;
  if (answers && answered &&
      storage::recipient_key(answered->writer) == storage::recipient_key(row.recipient))
    row.fields.values["ANSWERS"] = answered->message_id;
  storage::add_notice(engine.db, row);
  engine.news = true;
}

}  // namespace

void post_notice(Engine& engine, const NoticeOrder& order, const Introduction& introduction) {
  Cast cast = load_cast(engine.db, introduction);
  if (order.to == Role::requester) {
    const auto& sentences = templates::sentences(cast.requester.language);
    cast = web::as_requester_sees(engine.db, introduction, std::move(cast), sentences);
  }
  // Facts refuse people without an address before anything is asked of them.
  if (!person_of(cast, order.to).address) return;
  storage::OutboxRow row = notice_row(engine.settings, order, introduction, cast);
  if (has_been_told_enough(engine, row)) return;
  if (offers_a_choice(order.kind)) {
    const auto found = connectors_to_ask(engine, introduction);
    row.fields.sections["CONNECTORS"] =
        choice_fields(engine.settings, introduction, found, templates::sentences(row.language));
  }
  hide_addresses(row.fields, addresses_kept_from(engine, order, introduction));
  post(engine, std::move(row));
}

void post_answer(Engine& engine, const Answer& answer) { post(engine, answer_row(engine.settings, answer)); }

}  // namespace tertius::daemon
