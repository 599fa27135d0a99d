#pragma once
// What the operator's dashboard counts, made by the database in one pass for each function, over ranges of an
// index: a year of 100,000 introductions is counted, not carried. Buckets that nothing fell into are left
// out. Percentiles are by nearest rank. Reads alone.

#include <array>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "broker/introduction.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// Stretches of time of one length, beginning at `from`: bucket 0, 1, ... count - 1.
struct Buckets {
  Time from{};
  std::chrono::seconds length{};
  int count = 0;

  Time start(int bucket) const { return from + bucket * length; }
  Time until() const { return start(count); }
};

// Introductions by the time they were asked for: where they stand today.
struct StateCount {
  int bucket = 0;
  State state{};
  std::int64_t count = 0;
  std::int64_t forwarded = 0;   // of those, how many reached T
  std::int64_t introduced = 0;  // and how many T accepted
};
std::vector<StateCount> count_introductions(Database& db, const Buckets& buckets);

// Askings of a connector, by the time of asking. `ended`: answered, or left to run out.
struct AskCount {
  int bucket = 0;
  std::int64_t asked = 0, ended = 0, forwarded = 0;
};
std::vector<AskCount> count_asks(Database& db, const Buckets& buckets, Time now);

// From asking to answer, by the time of the answer.
struct DecisionTime {
  int bucket = 0;
  std::int64_t decided = 0;
  std::chrono::seconds median{}, p90{};
};
std::vector<DecisionTime> decision_times(Database& db, const Buckets& buckets);

struct LetterCount {
  int bucket = 0;
  std::string kind;  // letter_kind_name
  std::int64_t count = 0;
};
std::vector<LetterCount> count_letters(Database& db, const Buckets& buckets);

// Notices by the time they were written.
struct NoticeCount {
  int bucket = 0;
  std::int64_t written = 0, failed = 0;
};
std::vector<NoticeCount> count_notices(Database& db, const Buckets& buckets);

// What waits to be sent, by how long: since it was due, or since it was written where it has been tried and
// put off. One count for each of `due_limits`, those that wait for less than that, and one for the rest. What
// a sender holds at this moment is not in it.
inline constexpr auto due_limits = std::to_array<std::chrono::seconds>(
    {std::chrono::minutes{1}, std::chrono::minutes{10}, std::chrono::hours{1}, std::chrono::hours{6},
     std::chrono::hours{24}});
struct Backlog {
  std::int64_t not_yet_due = 0;
  std::array<std::int64_t, due_limits.size() + 1> due{};
  std::optional<Time> oldest;  // since when the one waits that has waited longest
};
Backlog count_backlog(Database& db, Time now);

// Answers that can still be undone.
std::int64_t count_held(Database& db);

// Where mail goes out slowest, worst first, among the newest `at_most` notices of the time: from the moment
// it was due to the relay's yes. Domains of fewer than `least` mails say nothing.
struct SlowDomain {
  std::string domain;
  std::int64_t mails = 0;
  std::int64_t tries = 0;
  std::chrono::seconds median{}, p90{};
};
struct SlowDomainQuery {
  Time from{}, until{};
  int at_most = 20'000;
  int least = 3;
  int domains = 10;
};
std::vector<SlowDomain> slowest_domains(Database& db, const SlowDomainQuery& query);

}  // namespace tertius::storage
