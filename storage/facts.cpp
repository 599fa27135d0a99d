#include "storage/columns.hpp"
#include "storage/introductions.hpp"
#include "storage/outbox.hpp"
#include "storage/pair.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/turns.hpp"

namespace tertius::storage {
namespace {

constexpr days year{365};

std::int64_t count(Database& db, std::string_view sql, const std::vector<Value>& arguments) {
  return db.row(sql, arguments)->integer(0);
}

// A draft asks nobody yet, so that anybody's unconfirmed one does not shut a target off; and who has been
// introduced is asked no longer.
bool is_being_asked(Database& db, PersonId target, IntroductionId except) {
  return count(db,
               "SELECT COUNT(*) FROM introductions WHERE target = $1 AND is_open = 1 AND id <> $2 "
               "AND state NOT IN ('drafted', 'introduced')",
               {value_of(target), value_of(except)}) > 0;
}

// Requests that wait for this connector's answer; those they have put off come back to them. A silent no
// waits like no answer, or else whoever may ask again sooner than its time would know of it.
int count_waiting(Database& db, PersonId connector, IntroductionId except) {
  return static_cast<int>(
      count(db,
            "SELECT COUNT(*) FROM asks a WHERE a.connector = $1 AND a.introduction <> $2 AND "
            "(SELECT CASE WHEN i.forwarded_at IS NULL THEN i.state ELSE '' END FROM introductions i WHERE "
            "i.id = a.introduction) IN ('asked', 'snoozed', 'declined_silently') AND "
            "a.round = (SELECT MAX(b.round) FROM asks b WHERE b.introduction = a.introduction)",
            {value_of(connector), value_of(except)}));
}

void put_preferences(Database& db, const Introduction& introduction, Facts& facts) {
  for (const Role role : {Role::requester, Role::connector, Role::target}) {
    if (const auto person = person_in(introduction, role))
      facts.preferences[static_cast<std::size_t>(role)] = load_preferences(db, *person);
  }
}

// How many requests somebody has open is counted, and then one more is: two daemons must not do so at once.
// A request that begins is a draft, whether R has confirmed it already or confirms it now.
void take_turns_of(Database& db, const Introduction& introduction, const std::vector<PersonId>& also) {
  if (introduction.state != State::drafted) return;
  std::vector<std::int64_t> people{number(introduction.requester), number(introduction.target)};
  for (const PersonId connector : connectors_in_question(introduction, also))
    people.push_back(number(connector));
  take_turns(db, std::move(people));
}

}  // namespace

// What R did or heard of alone: a reminder that time sent, or a waking, would tell R that nobody has said no.
std::optional<Time> last_called(Database& db, IntroductionId id) {
  const auto found = db.row(
      "SELECT MAX(at) FROM history WHERE introduction = $1 AND (trigger = 'nudge' OR (to_state = 'asked' AND "
      "trigger IN ('ask', 'resubmit', 'decline', 'expire', 'bounce', 'pass_on')))",
      {value_of(id)});
  return RowReader(*found).optional_time();
}

bool can_be_mailed(Database& db, const Person& person) {
  return person.address && !is_suppressed(db, text(*person.address));
}

ConnectorFacts load_connector_facts(Database& db, PersonId requester, PersonId connector,
                                    IntroductionId except, Time now) {
  const Person person = load_person(db, connector);
  ConnectorFacts facts;
  facts.person = connector;
  facts.has_address = can_be_mailed(db, person);
  facts.stopped = person.stopped;
  const Preferences theirs = load_preferences(db, connector);
  facts.unwilling = theirs.shown == Shown::no || has_do_not_ask(db, connector, requester);
  facts.max_open_asks = theirs.max_open_asks;
  if (facts.max_open_asks) facts.open_asks = count_waiting(db, connector, except);
  const auto found = db.row(
      "SELECT COUNT(DISTINCT CASE WHEN i.is_open = 1 THEN i.id END), "
      "COUNT(DISTINCT CASE WHEN a.asked_at > $4 THEN i.id END), MAX(a.asked_at) "
      "FROM asks a JOIN introductions i ON i.id = a.introduction "
      "WHERE a.connector = $1 AND a.requester = $2 AND a.introduction <> $3",
      {value_of(connector), value_of(requester), value_of(except), value_of(now - year)});
  RowReader row(*found);
  facts.open_with_requester = row.number();
  facts.this_year_with_requester = row.number();
  facts.last_ask_by_requester = row.optional_time();
  return facts;
}

bool is_spent(const ConnectorFacts& facts, const Policy& policy, Time now) {
  const auto& last = facts.last_ask_by_requester;
  return facts.open_with_requester >= policy.max_open_per_pair ||
         facts.this_year_with_requester >= policy.max_yearly_per_pair ||
         (last && now < *last + policy.pair_cooldown);
}

Facts load_facts(Database& db, const Introduction& introduction, Time now,
                 const std::vector<PersonId>& also) {
  take_turns_of(db, introduction, also);
  const Person target = load_person(db, introduction.target);
  Facts facts;
  facts.target_consent = target.consent;
  facts.target_stopped = target.stopped;
  facts.target_has_address = can_be_mailed(db, target);
  facts.target_unwilling = has_do_not_ask(db, introduction.target, introduction.requester);
  facts.target_is_being_asked = is_being_asked(db, introduction.target, introduction.id);
  // An unconfirmed draft may be anybody's, and shuts nobody out.
  facts.open_by_requester = static_cast<int>(
      count(db,
            "SELECT COUNT(*) FROM introductions WHERE requester = $1 AND is_open = 1 AND id <> $2 "
            "AND confirmed = 1 AND state <> 'introduced'",
            {value_of(introduction.requester), value_of(introduction.id)}));
  put_preferences(db, introduction, facts);
  facts.last_called = last_called(db, introduction.id);
  for (const PersonId connector : connectors_in_question(introduction, also))
    facts.connectors.push_back(
        load_connector_facts(db, introduction.requester, connector, introduction.id, now));
  return facts;
}

}  // namespace tertius::storage
