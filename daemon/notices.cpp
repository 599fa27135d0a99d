// Outbox rows: what step() ordered, with the words filled in as they are at this moment.
#include "daemon/connectors.hpp"
#include "daemon/engine.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

storage::OutboxRow new_row(Engine& engine, NoticeKind kind, const Address& to) {
  storage::OutboxRow row;
  row.id = NoticeId{engine.settings.ids()};
  row.kind = kind;
  row.recipient = text(to);
  // The date in the Message-ID is the row's own id: it stays the same over retries and repeats for nobody.
  row.message_id = std::to_string(number(row.id)) + "." + std::string(notice_name(kind)) + "@" +
                   engine.settings.links.domain;
  row.priority = notice_traits(kind).priority;
  row.created_at = row.not_before = engine.now();
  return row;
}

const Person& recipient_of(const Cast& cast, Role role) {
  switch (role) {
    case Role::requester: return cast.requester;
    case Role::connector: return cast.connector;
    case Role::target: return cast.target;
  }
  return cast.requester;
}

// The list of people R may ask, each with the link that asks them.
std::vector<Fields> connector_choices(Engine& engine, const Introduction& introduction) {
  const Token token{number(introduction.id), Role::requester, TokenUse::decision, 0};
  std::vector<Fields> rows;
  for (const auto& found :
       find_connectors(engine.db, introduction.requester, introduction.target, engine.now())) {
    const std::string url =
        token_url(engine.settings.links, "choose", token, std::to_string(number(found.person.id)));
    rows.push_back({{{"NAME", found.person.name},
                     {"LABEL", person_label(found.person)},
                     {"TIER", std::string(tier_name(found.ranked.tier))},
                     {"REASON", joined_reasons(found.ranked)},
                     {"CHOOSE_URL", url}},
                    {}});
  }
  return rows;
}

}  // namespace

void post_notice(Engine& engine, const NoticeOrder& order, const Introduction& introduction) {
  const Cast cast = load_cast(engine.db, introduction);
  const Person& person = recipient_of(cast, order.to);
  if (!person.address) return;  // facts refuse people without one before anything is asked of them
  storage::OutboxRow row = new_row(engine, order.kind, *person.address);
  row.introduction = introduction.id;
  row.role = order.to;
  row.person = person.id;
  row.language = person.language;
  row.not_before = order.not_before.value_or(engine.now());
  const auto& settings = engine.settings;
  row.fields = notice_fields(order, introduction, cast, settings.links, settings.community, settings.policy);
  if (order.kind == NoticeKind::connector_choices)
    row.fields.sections["CONNECTORS"] = connector_choices(engine, introduction);
  storage::add_notice(engine.db, row);
  engine.news = true;
}

void post_answer(Engine& engine, const Answer& answer) {
  storage::OutboxRow row = new_row(engine, answer.kind, answer.to);
  row.language = answer.language;
  if (answer.person) row.person = answer.person->id;
  const Person nobody{};
  const Person& person = answer.person ? *answer.person : nobody;
  // Everything the templates may show is there, empty where no introduction stands behind the answer.
  Introduction none;
  none.requester = person.id;
  Cast cast{person, {}, {}, {}, {}};
  const auto& settings = engine.settings;
  row.fields = notice_fields({answer.kind, Role::requester, {}, {}}, none, cast, settings.links,
                             settings.community, settings.policy);
  for (const auto& [name, value] : answer.fields.values) row.fields.values[name] = value;
  finish_fields(row.fields);
  for (const auto& [name, section] : answer.fields.sections) row.fields.sections[name] = section;
  storage::add_notice(engine.db, row);
  engine.news = true;
}

}  // namespace tertius::daemon
