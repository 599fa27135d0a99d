#include "daemon/engine.hpp"

#include "broker/request.hpp"
#include "daemon/connectors.hpp"
#include "daemon/log.hpp"
#include "daemon/webhook_news.hpp"
#include "storage/click_trust.hpp"
#include "storage/introductions.hpp"
#include "storage/leases.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/visible_people.hpp"

namespace tertius::daemon {

namespace {

std::vector<PersonId> chosen_connectors(const Event& event) {
  const auto* chosen = std::get_if<ConnectorChosen>(&event);
  if (!chosen) return {};
  return chosen->onward ? std::vector{chosen->connector, *chosen->onward} : std::vector{chosen->connector};
}

std::string tie_in_words(storage::Database& db, PersonId owner, PersonId contact) {
  for (const auto& tie : storage::ties_between(db, owner, contact))
    if (!tie.evidence.empty()) return tie.evidence;
  return {};
}

// Either may have the other in an address book; the connector's own word comes first.
std::string tie_between(storage::Database& db, PersonId connector, PersonId other) {
  const std::string own = tie_in_words(db, connector, other);
  return own.empty() ? tie_in_words(db, other, connector) : own;
}

bool has_card_of(storage::Database& db, std::optional<PersonId> owner, PersonId contact) {
  return owner && !storage::ties_between(db, *owner, contact).empty();
}

// T as those call them who ask: the connector in words of their own, or R in theirs, or as R has named them.
// What a third one's files say is no affair of either.
Person target_in_words(storage::Database& db, const Introduction& introduction,
                       std::optional<PersonId> connector) {
  Person target = storage::load_person(db, introduction.target);
  if (target.member) return target;
  for (const std::optional<PersonId> owner : {connector, std::optional(introduction.requester)})
    if (has_card_of(db, owner, target.id)) return storage::as_seen_by(db, *owner, target);
  if (storage::may_see(db, introduction.requester, target.id))
    return storage::as_seen_by(db, introduction.requester, target);
  const WantedTarget wanted = make_wanted_target(introduction.wanted);
  if (introduction.wanted.empty()) return target;  // from before what R wrote was kept
  return storage::with_words(std::move(target), {wanted.name, wanted.organisation, ""});
}

// On a long way: as the connector calls them.
void put_way(storage::Database& db, const Introduction& introduction, PersonId connector, Cast& cast) {
  const auto called = [&](PersonId person) {
    return storage::as_seen_by(db, connector, storage::load_person(db, person));
  };
  if (const auto next = next_on_way(introduction, connector)) {
    cast.next = called(*next);
    cast.connector_knows_next = tie_between(db, connector, *next);
  }
  if (const auto before = passed_on_by(introduction)) {
    cast.before = called(*before);
    cast.connector_knows_before = tie_between(db, connector, *before);
  }
}

void save(Engine& engine, const Introduction& before, const Step& step) {
  const auto deadline = next_deadline(step.next, engine.settings.policy);
  if (!storage::save_introduction(engine.db, step.next, deadline)) {
    throw storage::StorageError(storage::StorageTrouble::busy,
                                "another change to this introduction came first");
  }
  storage::append_history(
      engine.db, step.next.id,
      {engine.now(), std::string(trigger_name(step.trigger)), before.state, step.next.state, step.remark});
}

// The operator has made the times longer since it was saved. Left due, a hundred of these would stand before
// every held decision.
void move_deadline(Engine& engine, IntroductionId id) {
  if (const auto introduction = storage::find_introduction(engine.db, id))
    storage::save_introduction(engine.db, *introduction,
                               next_deadline(*introduction, engine.settings.policy));
}

bool try_deadline(Engine& engine, IntroductionId id) {
  storage::Savepoint savepoint(engine.db);
  const Applied applied = apply(engine, id, DeadlineReached{});
  const auto* refusal = std::get_if<Refusal>(&applied);
  if (refusal && *refusal == Refusal::not_now) move_deadline(engine, id);
  savepoint.release();
  return !refusal;
}

// One that is damaged stops nobody else's. What is wrong with the whole database is mended some day, and what
// was put off is not late for long then.
bool meet_deadline(Engine& engine, IntroductionId id) {
  constexpr std::chrono::minutes until_again{1};
  try {
    return try_deadline(engine, id);
  } catch (const storage::StorageError& e) {
    if (e.trouble != storage::StorageTrouble::broken) throw;
    log_failure("meeting the deadline of introduction " + std::to_string(number(id)),
                std::current_exception());
  }
  storage::put_off_deadline(engine.db, id, engine.now() + until_again);
  return false;
}

}  // namespace

bool has_turn(Engine& engine, const std::string& lease) {
  const storage::DaemonId self = engine.settings.daemon;
  return self == storage::DaemonId{} || storage::holds_lease(engine.db, lease, self, engine.now());
}

Cast load_cast(storage::Database& db, const Introduction& introduction) {
  Cast cast;
  cast.requester = storage::load_person(db, introduction.requester);
  const auto connector = current_connector(introduction);
  cast.target = target_in_words(db, introduction, connector);
  if (connector) {
    cast.connector = storage::load_person(db, *connector);
    // Whoever is no member has no words of their own, and R's are why they are asked. What a member leaves
    // open is not for R's card to fill in before others.
    if (!cast.connector.member)
      cast.connector = storage::as_seen_by(db, introduction.requester, cast.connector);
    cast.connector_knows_target = tie_between(db, *connector, introduction.target);
    cast.connector_knows_requester = tie_between(db, *connector, introduction.requester);
    put_way(db, introduction, *connector, cast);
  }
  return cast;
}

Applied apply(Engine& engine, IntroductionId id, const Event& event) {
  const auto before = storage::find_introduction(engine.db, id);
  if (!before) return Refusal::not_now;
  const Facts facts = storage::load_facts(engine.db, *before, engine.now(), chosen_connectors(event));
  const StepResult result = step(*before, event, facts, engine.settings.policy, engine.now());
  if (const auto* refusal = std::get_if<Refusal>(&result)) return *refusal;

  const Step& done = std::get<Step>(result);
  save(engine, *before, done);
  storage::learn_from(engine.db, *before, done);
  if (done.cancels_unsent) storage::cancel_unsent(engine.db, id);
  Introduction saved = done.next;
  saved.version += 1;
  engine.news = true;
  if (engine.settings.on_step) engine.settings.on_step(*before, done);
  tell_webhooks(engine, std::holds_alternative<Submitted>(event) ? nullptr : &*before, saved);
  for (const NoticeOrder& order : done.notices) post_notice(engine, order, saved);
  if (done.stopped) stop_person(engine, person_in(saved, *done.stopped).value());
  return saved;
}

namespace {
constexpr auto by_their_wish = "stopped all mail";
}

void stop_person(Engine& engine, PersonId id) {
  Person person = storage::load_person(engine.db, id);
  if (std::exchange(person.stopped, true)) return;
  storage::set_stopped(engine.db, id, true);
  for (const auto& address : storage::addresses_of(engine.db, id)) {
    if (!storage::is_suppressed(engine.db, text(address)))
      storage::suppress(engine.db, text(address), by_their_wish, engine.now());
  }
  if (person.address) {
    // The last mail offers no way to stop what has stopped, but one to start again.
    const Token token{number(id), Role::requester, TokenUse::stop, 0};
    post_answer(
        engine,
        {.kind = NoticeKind::stop_confirmation,
         .to = *person.address,
         .person = person,
         .fields = {{{"STOP_URL", ""}, {"START_URL", token_url(engine.settings.links, "stop", token)}}, {}}});
  }
  for (const auto& introduction : storage::find_introductions_of(engine.db, id)) {
    for (const Role role : {Role::requester, Role::connector, Role::target}) {
      if (person_in(introduction, role) == id) apply(engine, introduction.id, Stopped{role});
    }
  }
}

void start_again(Engine& engine, PersonId id) {
  if (!storage::load_person(engine.db, id).stopped) return;
  storage::set_stopped(engine.db, id, false);
  for (const auto& address : storage::addresses_of(engine.db, id))
    storage::unsuppress_because(engine.db, text(address), by_their_wish);
}

int meet_deadlines(Engine& engine, int limit) {
  int stepped = 0;
  for (const IntroductionId id : storage::find_due(engine.db, engine.now(), limit))
    stepped += meet_deadline(engine, id);
  return stepped;
}

}  // namespace tertius::daemon
