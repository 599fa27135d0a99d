#include "daemon/connectors.hpp"

#include <algorithm>
#include <map>

#include "broker/keyed_name.hpp"
#include "daemon/long_way.hpp"
#include "daemon/ways.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"

namespace tertius::daemon {

namespace {

bool can_be_met(storage::Database& db, PersonId requester, PersonId target) {
  if (target == PersonId{}) return false;  // nobody yet
  return !storage::has_do_not_ask(db, target, requester) && !is_closed(storage::load_person(db, target));
}

// What C has settled about being asked at all, and by this R.
bool lets_ask(storage::Database& db, const Preferences& preferences, const storage::AnswerCounts& counts,
              PersonId requester) {
  if (preferences.shown == Shown::no) return false;
  if (preferences.max_open_asks && counts.open >= *preferences.max_open_asks) return false;
  return !storage::has_do_not_ask(db, counts.connector, requester);
}

AnswerRecord answer_record(const storage::AnswerCounts& counts, bool can_be_asked, Time now) {
  constexpr std::chrono::days quiet_after_a_no{180};
  const bool declined =
      counts.last_declined_this_target && now < *counts.last_declined_this_target + quiet_after_a_no;
  return {.forwarded = counts.forwarded,
          .decided = counts.decided,
          .answered_in_time = counts.answered_in_time,
          .asked = counts.asked,
          .open = counts.open,
          .excluded = counts.spent || declined || !can_be_asked};
}

}  // namespace

std::vector<FoundConnector> find_connectors(storage::Database& db, PersonId requester, PersonId target,
                                            Time now, const Policy& policy, const Network* network) {
  if (!can_be_met(db, requester, target)) return {};
  std::map<PersonId, Way> ways;
  std::vector<PersonId> both;
  for (Way& way : find_ways(db, network, requester, target)) {
    both.push_back(way.connector);
    ways.emplace(way.connector, std::move(way));
  }
  std::vector<Candidate> candidates;
  std::map<PersonId, FoundConnector> by_id;
  for (const auto& counts : storage::load_answer_counts(db, requester, target, both, now, policy)) {
    const Person person = storage::as_seen_by(db, requester, storage::load_person(db, counts.connector));
    const Preferences preferences = storage::load_preferences(db, person.id);
    const bool can_be_asked =
        person.address && !person.stopped && lets_ask(db, preferences, counts, requester);
    Way& way = ways.at(person.id);
    candidates.push_back({.connector = person,
                          .requester_ties = std::move(way.requester_ties),
                          .target_ties = std::move(way.target_ties),
                          .answers = answer_record(counts, can_be_asked, now),
                          .mutual = way.mutual});
    by_id[person.id] = {person, {}, preferences.shown == Shown::named};
  }
  const Person shown_target = storage::as_seen_by(db, requester, storage::load_person(db, target));
  std::vector<FoundConnector> found;
  for (auto& ranked : rank(candidates, shown_target, now)) {
    found.push_back(std::move(by_id.at(ranked.connector)));
    FoundConnector& one = found.back();
    if (one.named) one.handle = std::to_string(number(one.person.id));
    one.ranked = std::move(ranked);
  }
  return found;
}

std::vector<FoundConnector> find_connectors(Engine& engine, PersonId requester, PersonId target) {
  const auto network = network_of(engine.settings.network, engine.db);
  auto found =
      find_connectors(engine.db, requester, target, engine.now(), engine.settings.policy, network.get());
  if (!found.empty() || !can_be_met(engine.db, requester, target)) return found;
  const auto wide = network ? network : network_of(engine.settings.long_ways, engine.db);
  if (!wide) return found;
  if (auto way = find_long_way(engine, *wide, requester, target)) found.push_back(std::move(*way));
  return found;
}

bool is_excluded(storage::Database& db, const storage::AnswerCounts& counts, PersonId requester, Time now) {
  const Person person = storage::load_person(db, counts.connector);
  const bool can_be_asked = person.address && !person.stopped &&
                            lets_ask(db, storage::load_preferences(db, person.id), counts, requester);
  return answer_record(counts, can_be_asked, now).excluded;
}

void name_unnamed(std::vector<FoundConnector>& found, PersonId requester, PersonId target,
                  const LinkKey& key) {
  for (FoundConnector& one : found) {
    if (one.named) continue;
    std::string way;
    for (const PersonId person : {requester, target, one.person.id})
      way += std::to_string(number(person)) + "/";
    one.handle = "unnamed-" + keyed_name("way", way, key);
  }
}

std::optional<FoundConnector> find_by_handle(const std::vector<FoundConnector>& found,
                                             const std::string& handle) {
  const auto at = std::ranges::find(found, handle, &FoundConnector::handle);
  return at == found.end() ? std::nullopt : std::optional(*at);
}

}  // namespace tertius::daemon
