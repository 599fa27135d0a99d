// Outbox rows: what step() ordered, with the words filled in as they are at this moment.
#include "daemon/connectors.hpp"
#include "daemon/engine.hpp"
#include "daemon/hidden_addresses.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

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
std::vector<Fields> connector_choices(Engine& engine, const Introduction& introduction,
                                      const Sentences& sentences) {
  const Token token{number(introduction.id), Role::requester, TokenUse::decision, 0};
  std::vector<Fields> rows;
  for (const auto& found : find_connectors(engine.db, introduction.requester, introduction.target,
                                           engine.now(), engine.settings.policy)) {
    const std::string url =
        token_url(engine.settings.links, "choose", token, std::to_string(number(found.person.id)));
    rows.push_back({{{"NAME", found.person.name},
                     {"LABEL", person_label(found.person)},
                     {"TIER", say(tier_wording(found.ranked.tier), sentences)},
                     {"REASON", say_list(found.ranked.reasons, sentences)},
                     {"CHOOSE_URL", url}},
                    {}});
  }
  return rows;
}

// What R may not know yet of T, and T of R.
std::vector<Address> addresses_kept_from(Engine& engine, const NoticeOrder& order,
                                         const Introduction& introduction) {
  if (order.kind == NoticeKind::introduction || introduction.introduced_at) return {};
  switch (order.to) {
    case Role::requester: return storage::addresses_of(engine.db, introduction.target);
    case Role::target: return storage::addresses_of(engine.db, introduction.requester);
    case Role::connector: return {};
  }
  return {};
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
  const Sentences& sentences = templates::sentences(row.language);
  row.fields = notice_fields(order, introduction, cast, settings.links, settings.community, settings.policy,
                             sentences);
  if (order.kind == NoticeKind::connector_choices)
    row.fields.sections["CONNECTORS"] = connector_choices(engine, introduction, sentences);
  hide_addresses(row.fields, addresses_kept_from(engine, order, introduction));
  storage::add_notice(engine.db, row);
  engine.news = true;
}

void post_answer(Engine& engine, const Answer& answer) {
  storage::OutboxRow row = new_row(engine, answer.kind, answer.to);
  row.language = answer.person ? answer.person->language : answer.language;
  const Person nobody{};
  const Person& person = answer.person ? *answer.person : nobody;
  if (answer.person) row.person = person.id;
  // Every value that a template may show is there; those of an introduction are empty, links above all.
  const auto& settings = engine.settings;
  const NoticeOrder order{answer.kind, Role::requester, std::nullopt, {}};
  const Cast cast{person, {}, {}, {}, {}};
  Fields fields = notice_fields(order, {}, cast, settings.links, settings.community, settings.policy);
  const std::string stop = answer.person ? fields.values["STOP_URL"] : "";
  for (auto& [name, value] : fields.values) value.clear();
  fields.sections.clear();
  fields.sections["TO_REQUESTER"] = {Fields{}};
  fields.values["COMMUNITY"] = settings.community;
  fields.values["TO_NAME"] = person.name;
  fields.values["TO_FIRST"] = answer.person ? first_name(person) : "";
  fields.values["REQUESTER"] = person.name;
  fields.values["ASK_ADDRESS"] = fields.values["REPLY_ADDRESS"] = ask_address(settings.links);
  fields.values["STOP_URL"] = stop;
  fields.values["REMARK"] = say_lines(answer.remark, templates::sentences(row.language));
  for (const auto& [name, value] : answer.fields.values) fields.values[name] = value;
  finish_fields(fields);
  for (const auto& [name, section] : answer.fields.sections) {
    fields.sections[name] = section;
    fields.sections["HAS_" + name] = {Fields{}};
  }
  row.fields = std::move(fields);
  storage::add_notice(engine.db, row);
  engine.news = true;
}

}  // namespace tertius::daemon
