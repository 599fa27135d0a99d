#include "tests/support/storage/samples.hpp"

#include <array>

namespace tertius::storage {

Address make_address(const std::string& text) { return parse_address(text).value(); }

void add_people(Database& db, int count) {
  for (int i = 1; i <= count; ++i) {
    Person person;
    person.id = PersonId{i};
    person.name = "Person " + std::to_string(i);
    person.address = make_address("p" + std::to_string(i) + "@example.org");
    add_person(db, person);
  }
}

Introduction sample_introduction(std::int64_t id) {
  Introduction intro;
  intro.id = IntroductionId{id};
  intro.requester = PersonId{1};
  intro.target = PersonId{3};
  intro.wanted = "Gail Goodman, Constant Contact";
  intro.connectors = {PersonId{2}};
  intro.subject = "Introduction: Person 1 and Person 3";
  intro.created_at = intro.state_since = noon;
  return intro;
}

Introduction asked_introduction(std::int64_t id, Time asked_at) {
  Introduction intro = sample_introduction(id);
  intro.state = State::asked;
  Ask ask;
  ask.round = 1;
  ask.connector = PersonId{2};
  ask.asked_at = asked_at;
  ask.expires_at = asked_at + std::chrono::days{14};
  intro.asks = {ask};
  return intro;
}

OutboxRow sample_notice(std::int64_t id) {
  OutboxRow row;
  row.id = NoticeId{id};
  row.kind = NoticeKind::request;
  row.role = Role::connector;
  row.recipient = "p2@example.org";
  row.message_id = "notice." + std::to_string(id) + "@broker.example";
  row.not_before = row.created_at = noon;
  return row;
}

Contact sample_contact(const std::string& name, const std::string& address) {
  Contact contact;
  contact.name = name;
  if (!address.empty()) contact.addresses = {make_address(address)};
  contact.source = TieSource::address_book;
  contact.strength = 0.35;
  return contact;
}

IdSource ids_from(std::int64_t first) {
  return [next = first]() mutable { return next++; };
}

std::int64_t Draw::number(std::int64_t least, std::int64_t most) {
  return std::uniform_int_distribution<std::int64_t>(least, most)(random_);
}

std::string Draw::text() {
  constexpr auto pieces =
      std::to_array<std::string_view>({"", "a", " ", "'", "\"", "\\", "\n", "\r\n", "%", "$1", "é", "漢",
                                       "\U0001F91D", "\x01", "--", "NULL"});
  std::string text;
  for (auto left = number(0, 12); left > 0; --left)
    text += pieces[static_cast<std::size_t>(number(0, pieces.size() - 1))];
  return text;
}

std::optional<Time> Draw::maybe_time() {
  if (coin()) return std::nullopt;
  return time();
}

Ask Draw::ask(int round) {
  Ask ask;
  ask.round = round;
  ask.connector = person();
  ask.asked_at = time();
  ask.expires_at = time();
  ask.decided_at = maybe_time();
  if (coin()) ask.decision = static_cast<DecisionKind>(number(0, static_cast<int>(DecisionKind::accept)));
  return ask;
}

Held Draw::held() {
  Held held;
  held.by = static_cast<Role>(number(0, 2));
  held.decision.kind = static_cast<DecisionKind>(number(0, static_cast<int>(DecisionKind::accept)));
  held.decision.note = text();
  held.decision.until = maybe_time();
  held.decision.redirect_to = text();
  held.decision.silent = coin();
  held.channel = static_cast<Channel>(number(0, static_cast<int>(Channel::command)));
  held.visit = text();
  held.effective_at = time();
  return held;
}

Introduction Draw::introduction(std::int64_t id) {
  Introduction intro;
  intro.id = IntroductionId{id};
  intro.state = static_cast<State>(number(0, state_count - 1));
  intro.requester = person();
  intro.target = person();
  for (auto left = number(0, 3); left > 0; --left) intro.connectors.push_back(PersonId{number(1, INT64_MAX)});
  for (auto left = number(0, 2); left > 0; --left) intro.relay.push_back(PersonId{number(1, INT64_MAX)});
  for (int round = 1; round <= number(0, 3); ++round) intro.asks.push_back(ask(round));
  for (std::string* field : {&intro.wanted, &intro.subject, &intro.cover_note, &intro.pitch, &intro.purpose,
                             &intro.endorsement, &intro.vouching, &intro.question})
    *field = text();
  intro.revision = static_cast<int>(number(1, 9));
  intro.confirmed = coin();
  intro.connector_must_press = coin();
  intro.target_must_press = coin();
  if (coin()) intro.held = held();
  intro.reminders = static_cast<int>(number(0, 9));
  intro.snoozes = static_cast<int>(number(0, 9));
  intro.outcome_asked = coin();
  intro.outcome = static_cast<Outcome>(number(0, static_cast<int>(Outcome::did_not_speak)));
  intro.paused_until = maybe_time();
  intro.created_at = time();
  intro.state_since = time();
  intro.forwarded_at = maybe_time();
  intro.introduced_at = maybe_time();
  return intro;
}

Fields Draw::fields(int depth) {
  Fields fields;
  for (auto left = number(0, 4); left > 0; --left) fields.values[text()] = text();
  for (auto left = depth > 0 ? number(0, 2) : 0; left > 0; --left) {
    std::vector<Fields>& section = fields.sections[text()];
    for (auto elements = number(0, 3); elements > 0; --elements) section.push_back(this->fields(depth - 1));
  }
  return fields;
}

OutboxRow Draw::notice(std::int64_t id) {
  OutboxRow row;
  row.id = NoticeId{id};
  row.kind = static_cast<NoticeKind>(number(0, static_cast<int>(NoticeKind::stop_confirmation)));
  row.role = static_cast<Role>(number(0, 2));
  if (coin()) row.person = person();
  row.recipient = text() + "@Example.org";
  row.language = text();
  row.message_id = std::to_string(id) + text();
  row.fields = fields(2);
  row.priority = static_cast<int>(number(-2, 5));
  row.not_before = time();
  row.created_at = time();
  row.state = static_cast<OutboxState>(number(0, static_cast<int>(OutboxState::cancelled)));
  row.attempts = static_cast<int>(number(0, 9));
  row.lease_until = maybe_time();
  row.last_reply = text();
  row.sent_at = maybe_time();
  return row;
}

Person Draw::whole_person(std::int64_t id) {
  Person person;
  person.id = PersonId{id};
  person.name = text();
  person.organisation = text();
  person.title = text();
  if (coin()) person.profile_url = "https://www.linkedin.com/in/P" + std::to_string(id);
  if (coin()) person.address = make_address("\"odd @ P" + std::to_string(id) + "\"@example.org");
  person.language = text();
  person.member = coin();
  person.stopped = coin();
  person.consent = static_cast<Consent>(number(0, static_cast<int>(Consent::never)));
  return person;
}

}  // namespace tertius::storage
