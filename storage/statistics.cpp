#include "storage/statistics.hpp"

#include "storage/columns.hpp"

namespace tertius::storage {
namespace {

// $1 the first bucket's start, $2 the end of the last, $3 a bucket's length: whole numbers, and so is what
// the division gives.
std::vector<Value> range_of(const Buckets& buckets) {
  return {value_of(buckets.from), value_of(buckets.until()), std::int64_t{buckets.length.count()}};
}

std::chrono::seconds seconds_in(RowReader& row) {
  return std::chrono::seconds{std::max<std::int64_t>(0, row.integer())};
}

// The place by nearest rank among `n`: ceil(n / 2) and ceil(9 n / 10).
constexpr std::string_view median_and_p90 =
    "MAX(CASE WHEN place = (n + 1) / 2 THEN took END) AS median, "
    "MAX(CASE WHEN place = (9 * n + 9) / 10 THEN took END) AS p90 ";

}  // namespace

std::vector<StateCount> count_introductions(Database& db, const Buckets& buckets) {
  std::vector<StateCount> counts;
  for (const Row& found :
       db.rows("SELECT (created_at - $1) / $3 AS bucket, state, COUNT(*), COUNT(forwarded_at), "
               "COUNT(introduced_at) "
               "FROM introductions WHERE created_at >= $1 AND created_at < $2 GROUP BY bucket, state "
               "ORDER BY bucket, state",
               range_of(buckets))) {
    RowReader row(found);
    StateCount one;
    one.bucket = row.number();
    one.state = row.named(find_state);
    one.count = row.integer();
    one.forwarded = row.integer();
    one.introduced = row.integer();
    counts.push_back(one);
  }
  return counts;
}

std::vector<AskCount> count_asks(Database& db, const Buckets& buckets, Time now) {
  std::vector<Value> arguments = range_of(buckets);
  arguments.push_back(value_of(now));
  std::vector<AskCount> counts;
  for (const Row& found :
       db.rows("SELECT (asked_at - $1) / $3 AS bucket, COUNT(*), "
               "COUNT(CASE WHEN decided_at IS NOT NULL OR expires_at <= $4 THEN 1 END), "
               "COUNT(CASE WHEN decision = 'forward' THEN 1 END) "
               "FROM asks WHERE asked_at >= $1 AND asked_at < $2 GROUP BY bucket ORDER BY bucket",
               arguments)) {
    RowReader row(found);
    AskCount one;
    one.bucket = row.number();
    one.asked = row.integer();
    one.ended = row.integer();
    one.forwarded = row.integer();
    counts.push_back(one);
  }
  return counts;
}

// An ask is found by when it was asked; the slowest answer, put off as often as may be, comes within half a
// year.
std::vector<DecisionTime> decision_times(Database& db, const Buckets& buckets) {
  constexpr std::chrono::days slowest{183};
  static const std::string sql =
      "WITH timed AS (SELECT (decided_at - $1) / $3 AS bucket, decided_at - asked_at AS took FROM asks "
      "WHERE asked_at >= $4 AND asked_at < $2 AND decided_at >= $1 AND decided_at < $2), "
      "ranked AS (SELECT bucket, took, ROW_NUMBER() OVER (PARTITION BY bucket ORDER BY took) AS place, "
      "COUNT(*) OVER (PARTITION BY bucket) AS n FROM timed) SELECT bucket, n, " +
      std::string(median_and_p90) + "FROM ranked GROUP BY bucket, n ORDER BY bucket";
  std::vector<Value> arguments = range_of(buckets);
  arguments.push_back(value_of(buckets.from - slowest));
  std::vector<DecisionTime> times;
  for (const Row& found : db.rows(sql, arguments)) {
    RowReader row(found);
    DecisionTime one;
    one.bucket = row.number();
    one.decided = row.integer();
    one.median = seconds_in(row);
    one.p90 = seconds_in(row);
    times.push_back(one);
  }
  return times;
}

std::vector<LetterCount> count_letters(Database& db, const Buckets& buckets) {
  std::vector<LetterCount> counts;
  for (const Row& found :
       db.rows("SELECT (received_at - $1) / $3 AS bucket, kind, COUNT(*) FROM letters "
               "WHERE received_at >= $1 AND received_at < $2 GROUP BY bucket, kind ORDER BY bucket, kind",
               range_of(buckets))) {
    RowReader row(found);
    LetterCount one;
    one.bucket = row.number();
    one.kind = row.text();
    one.count = row.integer();
    counts.push_back(std::move(one));
  }
  return counts;
}

// In two halves, each answered by an index alone.
std::vector<NoticeCount> count_notices(Database& db, const Buckets& buckets) {
  std::vector<NoticeCount> counts;
  for (const Row& found :
       db.rows("SELECT bucket, CAST(SUM(written) AS BIGINT), CAST(SUM(failed) AS BIGINT) FROM ("
               "SELECT (created_at - $1) / $3 AS bucket, COUNT(*) AS written, 0 AS failed FROM outbox "
               "WHERE created_at >= $1 AND created_at < $2 GROUP BY bucket UNION ALL "
               "SELECT (created_at - $1) / $3 AS bucket, 0 AS written, COUNT(*) AS failed FROM outbox "
               "WHERE state = 'failed' AND created_at >= $1 AND created_at < $2 GROUP BY bucket) AS halves "
               "GROUP BY bucket ORDER BY bucket",
               range_of(buckets))) {
    RowReader row(found);
    NoticeCount one;
    one.bucket = row.number();
    one.written = row.integer();
    one.failed = row.integer();
    counts.push_back(one);
  }
  return counts;
}

// A relay that is away puts every mail off, again and again: what has been tried waits since it was written.
Backlog count_backlog(Database& db, Time now) {
  std::string age = "CASE WHEN since > $1 THEN -1";
  std::vector<Value> arguments{value_of(now)};
  for (std::size_t i = 0; i < due_limits.size(); ++i) {
    arguments.push_back(value_of(now - due_limits[i]));
    age += " WHEN since > $" + std::to_string(arguments.size()) + " THEN " + std::to_string(i);
  }
  age += " ELSE " + std::to_string(due_limits.size()) + " END";
  Backlog backlog;
  for (const Row& found :
       db.rows("SELECT " + age +
                   " AS age, COUNT(*), MIN(since) FROM (SELECT CASE WHEN last_reply = '' THEN ready_at ELSE "
                   "created_at END AS since FROM outbox WHERE ready_at IS NOT NULL AND state = 'due') AS "
                   "waiting GROUP BY age ORDER BY age",
               arguments)) {
    RowReader row(found);
    const auto class_of_age = row.integer();
    const auto count = row.integer();
    if (class_of_age < 0) {
      backlog.not_yet_due = count;
      continue;
    }
    backlog.due.at(static_cast<std::size_t>(class_of_age)) = count;
    backlog.oldest = row.time();  // the last class has the oldest
  }
  return backlog;
}

std::int64_t count_held(Database& db) {
  return db.row("SELECT COUNT(*) FROM introductions WHERE held_by IS NOT NULL")->integer(0);
}

// What went out at the first try has waited since it was due (quiet hours are nobody's fault); a later try
// has moved that time, so there the writing counts.
std::vector<SlowDomain> slowest_domains(Database& db, const SlowDomainQuery& query) {
  const std::string position = db.is_postgres() ? "strpos" : "instr";
  const std::string sql =
      "WITH newest AS (SELECT recipient_key, created_at, not_before, sent_at, attempts FROM outbox "
      "WHERE created_at >= $1 AND created_at < $2 AND state = 'sent' ORDER BY created_at DESC, id DESC LIMIT "
      "$3), "
      "timed AS (SELECT substr(recipient_key, " +
      position +
      "(recipient_key, '@') + 1) AS domain, attempts, "
      "sent_at - CASE WHEN attempts > 1 THEN created_at ELSE not_before END AS took FROM newest), "
      "ranked AS (SELECT domain, attempts, took, ROW_NUMBER() OVER (PARTITION BY domain ORDER BY took) AS "
      "place, COUNT(*) OVER (PARTITION BY domain) AS n FROM timed) SELECT domain, n, CAST(SUM(attempts) AS "
      "BIGINT), " +
      std::string(median_and_p90) +
      "FROM ranked WHERE n >= $4 GROUP BY domain, n ORDER BY p90 DESC, median DESC, domain LIMIT $5";
  std::vector<SlowDomain> domains;
  for (const Row& found : db.rows(sql, {value_of(query.from), value_of(query.until), value_of(query.at_most),
                                        value_of(query.least), value_of(query.domains)})) {
    RowReader row(found);
    SlowDomain one;
    one.domain = row.text();
    one.mails = row.integer();
    one.tries = row.integer();
    one.median = seconds_in(row);
    one.p90 = seconds_in(row);
    domains.push_back(std::move(one));
  }
  return domains;
}

}  // namespace tertius::storage
