#include "daemon/notice_rows.hpp"

#include "broker/keyed_name.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

storage::OutboxRow new_row(const EngineSettings& settings, NoticeKind kind, const Address& to) {
  storage::OutboxRow row;
  row.id = NoticeId{settings.ids()};
  row.kind = kind;
  row.recipient = text(to);
  // The date in the Message-ID is the row's own id: it stays the same over retries and repeats for nobody. It
  // can be guessed, and a letter that names it in References is taken for an answer: hence the key.
  const std::string id = std::to_string(number(row.id));
  row.message_id = id + "." + std::string(notice_name(kind)) + "." +
                   keyed_name("message-id", id, settings.links.key()) + "@" + settings.links.domain;
  row.priority = notice_traits(kind).priority;
  row.created_at = row.not_before = settings.clock();
  return row;
}

Fields choice(const EngineSettings& settings, const Introduction& introduction, const FoundConnector& found,
              const Sentences& sentences) {
  const Token token{number(introduction.id), Role::requester, TokenUse::decision, 0};
  const std::string url = token_url(settings.links, "choose", token, found.handle);
  const std::string nobody =
      found.named ? "" : say(wording("somebody who would rather not be named"), sentences);
  const std::string on_the_way =
      found.onward ? say(wording("knows somebody who knows them: two people have to agree"), sentences) : "";
  return {{{"NAME", found.named ? found.person.name : nobody},
           {"LABEL", found.named ? person_label(found.person) : nobody},
           {"TIER", say(tier_wording(found.ranked.tier), sentences)},
           {"REASON", found.named ? say_list(found.ranked.reasons, sentences) : on_the_way},
           {"CHOOSE_URL", url}},
          {}};
}

Fields answer_fields(const EngineSettings& settings, const Answer& answer, const std::string& language) {
  const Person person = answer.person.value_or(Person{});
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
  fields.values["REMARK"] = say_lines(answer.remark, templates::sentences(language));
  for (const auto& [name, value] : answer.fields.values) fields.values[name] = value;
  finish_fields(fields);
  for (const auto& [name, section] : answer.fields.sections) {
    fields.sections[name] = section;
    fields.sections["HAS_" + name] = {Fields{}};
  }
  return fields;
}

}  // namespace

const Person& person_of(const Cast& cast, Role role) {
  switch (role) {
    case Role::requester: return cast.requester;
    case Role::connector: return cast.connector;
    case Role::target: return cast.target;
  }
  return cast.requester;
}

std::vector<Fields> choice_fields(const EngineSettings& settings, const Introduction& introduction,
                                  const std::vector<FoundConnector>& connectors, const Sentences& sentences) {
  std::vector<Fields> rows;
  rows.reserve(connectors.size());
  for (const auto& found : connectors) rows.push_back(choice(settings, introduction, found, sentences));
  return rows;
}

storage::OutboxRow notice_row(const EngineSettings& settings, const NoticeOrder& order,
                              const Introduction& introduction, const Cast& cast) {
  const Person& person = person_of(cast, order.to);
  storage::OutboxRow row = new_row(settings, order.kind, person.address.value());
  row.introduction = introduction.id;
  row.role = order.to;
  row.person = person.id;
  row.language = person.language;
  row.not_before = order.not_before.value_or(row.created_at);
  row.fields = notice_fields(order, introduction, cast, settings.links, settings.community, settings.policy,
                             templates::sentences(row.language));
  return row;
}

storage::OutboxRow answer_row(const EngineSettings& settings, const Answer& answer) {
  storage::OutboxRow row = new_row(settings, answer.kind, answer.to);
  row.language = answer.person ? answer.person->language : answer.language;
  if (answer.person) row.person = answer.person->id;
  row.fields = answer_fields(settings, answer, row.language);
  return row;
}

}  // namespace tertius::daemon
