#include "storage/introductions.hpp"

#include <array>

#include "storage/columns.hpp"
#include "storage/fields_json.hpp"

namespace tertius::storage {
namespace {

constexpr auto columns = std::to_array<std::string_view>({"id",
                                                          "version",
                                                          "state",
                                                          "requester",
                                                          "target",
                                                          "connectors",
                                                          "subject",
                                                          "cover_note",
                                                          "pitch",
                                                          "purpose",
                                                          "endorsement",
                                                          "question",
                                                          "revision",
                                                          "confirmed",
                                                          "connector_must_press",
                                                          "target_must_press",
                                                          "held_by",
                                                          "held_decision",
                                                          "held_note",
                                                          "held_until",
                                                          "held_redirect_to",
                                                          "held_silent",
                                                          "held_channel",
                                                          "held_visit",
                                                          "held_effective_at",
                                                          "reminders",
                                                          "snoozes",
                                                          "outcome_asked",
                                                          "outcome",
                                                          "paused_until",
                                                          "created_at",
                                                          "state_since",
                                                          "forwarded_at",
                                                          "introduced_at",
                                                          "deadline",
                                                          "is_open",
                                                          "wanted",
                                                          "relay",
                                                          "vouching"});
constexpr std::size_t held_columns = 9;

constexpr auto ask_columns = std::to_array<std::string_view>(
    {"introduction", "round", "connector", "requester", "asked_at", "expires_at", "decided_at", "decision"});

void append_held(std::vector<Value>& values, const std::optional<Held>& held) {
  if (!held) {
    values.insert(values.end(), held_columns, Value(nullptr));
    return;
  }
  const Decision& decision = held->decision;
  values.insert(values.end(),
                {value_of(role_name(held->by)), value_of(decision_name(decision.kind)), decision.note,
                 value_of(decision.until), decision.redirect_to, value_of(decision.silent),
                 value_of(channel_name(held->channel)), held->visit, value_of(held->effective_at)});
}

std::vector<Value> values_of(const Introduction& intro, std::int64_t version, std::optional<Time> deadline) {
  std::vector<Value> values{value_of(intro.id),
                            version,
                            value_of(state_name(intro.state)),
                            value_of(intro.requester),
                            value_of(intro.target),
                            people_json(intro.connectors),
                            intro.subject,
                            intro.cover_note,
                            intro.pitch,
                            intro.purpose,
                            intro.endorsement,
                            intro.question,
                            value_of(intro.revision),
                            value_of(intro.confirmed),
                            value_of(intro.connector_must_press),
                            value_of(intro.target_must_press)};
  append_held(values, intro.held);
  values.insert(values.end(),
                {value_of(intro.reminders), value_of(intro.snoozes), value_of(intro.outcome_asked),
                 value_of(outcome_name(intro.outcome)), value_of(intro.paused_until),
                 value_of(intro.created_at), value_of(intro.state_since), value_of(intro.forwarded_at),
                 value_of(intro.introduced_at), value_of(deadline), value_of(!is_final(intro.state)),
                 intro.wanted, people_json(intro.relay), intro.vouching});
  return values;
}

std::optional<Held> read_held(RowReader& row) {
  if (row.is_null()) {
    row.skip(held_columns);
    return std::nullopt;
  }
  Held held;
  held.by = row.named(find_role);
  held.decision.kind = row.named(find_decision);
  held.decision.note = row.text();
  held.decision.until = row.optional_time();
  held.decision.redirect_to = row.text();
  held.decision.silent = row.flag();
  held.channel = row.named(find_channel);
  held.visit = row.text();
  held.effective_at = row.time();
  return held;
}

Introduction read_introduction(const Row& found) {
  RowReader row(found);
  Introduction intro;
  intro.id = row.id<IntroductionId>();
  intro.version = row.integer();
  intro.state = row.named(find_state);
  intro.requester = row.id<PersonId>();
  intro.target = row.id<PersonId>();
  intro.connectors = read_people(row.text());
  intro.subject = row.text();
  intro.cover_note = row.text();
  intro.pitch = row.text();
  intro.purpose = row.text();
  intro.endorsement = row.text();
  intro.question = row.text();
  intro.revision = row.number();
  intro.confirmed = row.flag();
  intro.connector_must_press = row.flag();
  intro.target_must_press = row.flag();
  intro.held = read_held(row);
  intro.reminders = row.number();
  intro.snoozes = row.number();
  intro.outcome_asked = row.flag();
  intro.outcome = row.named(find_outcome);
  intro.paused_until = row.optional_time();
  intro.created_at = row.time();
  intro.state_since = row.time();
  intro.forwarded_at = row.optional_time();
  intro.introduced_at = row.optional_time();
  row.skip(2);  // deadline, is_open
  intro.wanted = row.text();
  intro.relay = read_people(row.text());
  intro.vouching = row.text();
  return intro;
}

void add_asks(Database& db, const Introduction& intro) {
  static const std::string sql = insert_sql("asks", ask_columns);
  for (const Ask& ask : intro.asks) {
    const auto decision = ask.decision ? value_of(decision_name(*ask.decision)) : Value(nullptr);
    db.run(sql, {value_of(intro.id), value_of(ask.round), value_of(ask.connector), value_of(intro.requester),
                 value_of(ask.asked_at), value_of(ask.expires_at), value_of(ask.decided_at), decision});
  }
}

std::vector<Ask> load_asks(Database& db, IntroductionId id) {
  std::vector<Ask> asks;
  for (const Row& found :
       db.rows("SELECT round, connector, asked_at, expires_at, decided_at, decision FROM asks "
               "WHERE introduction = $1 ORDER BY round",
               {value_of(id)})) {
    RowReader row(found);
    Ask ask;
    ask.round = row.number();
    ask.connector = row.id<PersonId>();
    ask.asked_at = row.time();
    ask.expires_at = row.time();
    ask.decided_at = row.optional_time();
    ask.decision = row.optional_named(find_decision);
    asks.push_back(ask);
  }
  return asks;
}

// `tail` is what follows FROM introductions.
std::vector<Introduction> select(Database& db, std::string_view tail, const std::vector<Value>& arguments) {
  static const std::string head = "SELECT " + column_list(columns) + " FROM introductions ";
  std::vector<Introduction> found;
  for (const Row& row : db.rows(head + std::string(tail), arguments)) found.push_back(read_introduction(row));
  for (Introduction& intro : found) intro.asks = load_asks(db, intro.id);
  return found;
}

constexpr std::string_view requesters_own = "SELECT id FROM introductions WHERE requester = $1";
constexpr std::string_view forwarded_to_target =
    "SELECT id FROM introductions WHERE target = $1 AND (forwarded_at IS NOT NULL OR introduced_at IS NOT "
    "NULL)";
constexpr std::string_view asked_of_connector =
    "SELECT introduction FROM asks AS mine WHERE connector = $1 AND round = "
    "(SELECT MAX(round) FROM asks AS rounds WHERE rounds.introduction = mine.introduction)";

std::string known_to_sql(std::optional<Role> role) {
  if (role == Role::requester) return std::string(requesters_own);
  if (role == Role::target) return std::string(forwarded_to_target);
  if (role == Role::connector) return std::string(asked_of_connector);
  std::string all;
  for (const auto part : {requesters_own, forwarded_to_target, asked_of_connector})
    all.append(all.empty() ? "" : " UNION ").append(part);
  return all;
}

}  // namespace

void add_introduction(Database& db, const Introduction& introduction, std::optional<Time> deadline) {
  static const std::string sql = insert_sql("introductions", columns);
  db.run(sql, values_of(introduction, introduction.version, deadline));
  add_asks(db, introduction);
}

bool save_introduction(Database& db, const Introduction& introduction, std::optional<Time> deadline) {
  static const std::string sql =
      update_sql("introductions", columns) + " AND version = $" + std::to_string(columns.size() + 1);
  std::vector<Value> values = values_of(introduction, introduction.version + 1, deadline);
  values.emplace_back(introduction.version);
  if (db.run(sql, values) == 0) return false;
  db.run("DELETE FROM asks WHERE introduction = $1", {value_of(introduction.id)});
  add_asks(db, introduction);
  return true;
}

std::optional<Introduction> find_introduction(Database& db, IntroductionId id) {
  std::vector<Introduction> found = select(db, "WHERE id = $1", {value_of(id)});
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<Introduction> find_introductions_of(Database& db, PersonId person) {
  return select(
      db,
      "WHERE requester = $1 OR target = $1 OR id IN (SELECT introduction FROM asks WHERE connector = $1) "
      "ORDER BY created_at DESC, id DESC",
      {value_of(person)});
}

std::vector<Introduction> recent_introductions(Database& db, int limit) {
  return select(db, "ORDER BY created_at DESC, id DESC LIMIT $1", {value_of(limit)});
}

std::vector<Introduction> introductions_before(Database& db, const Place& place, int limit) {
  return select(db, "WHERE (created_at, id) < ($1, $2) ORDER BY created_at DESC, id DESC LIMIT $3",
                {place.at, place.id, value_of(limit)});
}

std::vector<Introduction> introductions_known_to(Database& db, PersonId person, std::optional<Role> role,
                                                 const Place& place, int limit) {
  const std::string sql = "WHERE id IN (" + known_to_sql(role) +
                          ") AND (created_at, id) < ($2, $3) ORDER BY created_at DESC, id DESC LIMIT $4";
  return select(db, sql, {value_of(person), place.at, place.id, value_of(limit)});
}

std::vector<IntroductionId> find_due(Database& db, Time now, int limit) {
  std::vector<IntroductionId> due;
  for (const Row& row :
       db.rows("SELECT id FROM introductions WHERE deadline <= $1 ORDER BY deadline, id LIMIT $2",
               {value_of(now), value_of(limit)}))
    due.push_back(IntroductionId{row.integer(0)});
  return due;
}

void put_off_deadline(Database& db, IntroductionId id, Time until) {
  db.run("UPDATE introductions SET deadline = $2 WHERE id = $1", {value_of(id), value_of(until)});
}

std::optional<Time> earliest_deadline(Database& db) {
  const auto row = db.row("SELECT MIN(deadline) FROM introductions WHERE deadline IS NOT NULL");
  return RowReader(*row).optional_time();
}

}  // namespace tertius::storage
