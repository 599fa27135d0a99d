// Posting: what step() ordered and what answers say goes into the outbox, worded as things are at this
// moment.
#include <algorithm>

#include "broker/standing.hpp"
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

// Of R, of those on a long way and of T each knows the next.
std::vector<PersonId> strangers_to(Role to, const Introduction& introduction) {
  const auto& relay = introduction.relay;
  std::vector<PersonId> out;
  switch (to) {
    case Role::requester:
      if (!relay.empty()) out.assign(relay.begin() + 1, relay.end());
      out.push_back(introduction.target);
      break;
    case Role::target:
      if (!relay.empty()) out.assign(relay.begin(), relay.end() - 1);
      out.push_back(introduction.requester);
      break;
    case Role::connector: {
      const auto connector = current_connector(introduction);
      if (connector && next_on_way(introduction, *connector)) out.push_back(introduction.target);
      if (passed_on_by(introduction)) out.push_back(introduction.requester);
      break;
    }
  }
  return out;
}

// What they may not know yet of each other.
std::vector<Address> addresses_kept_from(Engine& engine, const NoticeOrder& order,
                                         const Introduction& introduction) {
  if (order.kind == NoticeKind::introduction || introduction.introduced_at) return {};
  std::vector<Address> out;
  for (const PersonId stranger : strangers_to(order.to, introduction))
    for (Address& address : storage::every_address_of(engine.db, stranger)) out.push_back(std::move(address));
  return out;
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

void post_notice(Engine& engine, const NoticeOrder& order, const Introduction& all) {
  const Introduction introduction = order.connector ? as_last_asked(all, *order.connector) : all;
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
