// load_answer_counts: what ranking learns from.

#include <cmath>

#include "storage/columns.hpp"
#include "storage/pair.hpp"
#include "storage/people.hpp"

namespace tertius::storage {
namespace {

struct PastAsk {
  Time asked_at{}, expires_at{};
  std::optional<Time> decided_at;
  std::optional<DecisionKind> decision;
  State state{};
  Time state_since{};
  PersonId requester{}, target{};
  bool is_last = false;
};

// A silent no is none to whoever looks at the counts, before its time is over and after: "forwarded 4 of the
// last 5" would tell it, and so would a request that is open no longer. The step and its history are written
// in one transaction, a second or two apart at most.
constexpr std::string_view past_asks =
    "SELECT a.asked_at, a.expires_at, a.decided_at, a.decision, i.state, i.state_since, i.requester, "
    "i.target, "
    "CASE WHEN EXISTS (SELECT 1 FROM asks b WHERE b.introduction = a.introduction AND b.round > a.round) "
    "THEN 0 ELSE 1 END, "
    "CASE WHEN EXISTS (SELECT 1 FROM history h WHERE h.introduction = a.introduction AND "
    "h.trigger = 'decline_silently' AND h.at >= a.decided_at AND h.at < a.decided_at + 60) THEN 1 ELSE 0 END "
    "FROM asks a JOIN introductions i ON i.id = a.introduction WHERE a.connector = $1";

std::vector<PastAsk> load_past_asks(Database& db, PersonId connector) {
  std::vector<PastAsk> asks;
  for (const Row& found : db.rows(past_asks, {value_of(connector)})) {
    RowReader row(found);
    PastAsk ask;
    ask.asked_at = row.time();
    ask.expires_at = row.time();
    ask.decided_at = row.optional_time();
    ask.decision = row.optional_named(find_decision);
    ask.state = row.named(find_state);
    ask.state_since = row.time();
    ask.requester = row.id<PersonId>();
    ask.target = row.id<PersonId>();
    ask.is_last = row.flag();
    const bool is_silent_no = row.flag() && ask.decision == DecisionKind::decline;
    if (is_silent_no) ask.decided_at.reset(), ask.decision.reset();
    asks.push_back(ask);
  }
  return asks;
}

double weight_of(Time asked_at, Time now) {
  constexpr double half_life_seconds = 365.0 * 24 * 3600;
  return std::exp2(-static_cast<double>((now - asked_at).count()) / half_life_seconds);
}

// Wanting changes is an answer, but neither yes nor no; naming somebody else is a no.
bool is_yes_or_no(DecisionKind kind) {
  return kind == DecisionKind::forward || kind == DecisionKind::decline || kind == DecisionKind::redirect;
}

bool is_waiting(const PastAsk& ask) { return !ask.decided_at && ask.is_last && !is_final(ask.state); }

// T left, or C's mail came back: nobody had to answer any more.
bool has_ended_early(const PastAsk& ask) {
  return ask.is_last && is_final(ask.state) && ask.state_since < ask.expires_at;
}

// Nobody is late while the window is open, nor after R withdrew.
bool counts_as_asked(const PastAsk& ask, Time now) {
  if (ask.decided_at) return true;
  return ask.state != State::withdrawn && !has_ended_early(ask) && ask.expires_at <= now;
}

// When C said no about this target, as far as R may be told: whoever did not forward one of R's own requests
// is passed over for as long, whatever they said or did not say.
std::optional<Time> declined_at(const PastAsk& ask, PersonId requester) {
  if (ask.decision == DecisionKind::forward || is_waiting(ask)) return std::nullopt;
  if (ask.requester == requester) return ask.expires_at;
  return ask.decision == DecisionKind::decline ? ask.decided_at : std::nullopt;
}

void add_to(AnswerCounts& counts, const PastAsk& ask, PersonId requester, PersonId target, Time now) {
  if (ask.target == target)
    counts.last_declined_this_target =
        std::max(counts.last_declined_this_target, declined_at(ask, requester));
  if (is_waiting(ask)) ++counts.open;
  if (!counts_as_asked(ask, now)) return;
  const double weight = weight_of(ask.asked_at, now);
  counts.asked += weight;
  if (!ask.decided_at || !ask.decision) return;
  if (*ask.decided_at <= ask.expires_at) counts.answered_in_time += weight;
  if (is_yes_or_no(*ask.decision)) counts.decided += weight;
  if (*ask.decision == DecisionKind::forward) counts.forwarded += weight;
}

}  // namespace

std::vector<AnswerCounts> load_answer_counts(Database& db, PersonId requester, PersonId target,
                                             const std::vector<PersonId>& connectors, Time now,
                                             const Policy& policy) {
  constexpr IntroductionId none{};
  std::vector<AnswerCounts> all;
  for (const PersonId connector : connectors) {
    AnswerCounts counts;
    counts.connector = connector;
    for (const PastAsk& ask : load_past_asks(db, connector)) add_to(counts, ask, requester, target, now);
    counts.spent = is_spent(load_connector_facts(db, requester, connector, none, now), policy, now);
    all.push_back(counts);
  }
  return all;
}

}  // namespace tertius::storage
