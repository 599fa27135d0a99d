#include "storage/my_introductions.hpp"

#include "storage/columns.hpp"

namespace tertius::storage {

namespace {

// One branch for each role; 0 waits for them, 1 is open, 2 has ended. What a connector or target may not know
// (the other's held answer or silent no) moves nothing here.
constexpr auto sql =
    "SELECT id, role, standing FROM ("
    "SELECT i.id AS id, i.created_at AS created_at, 'requester' AS role, CASE "
    "WHEN i.state IN ('drafted', 'revising', 'redirected') THEN 0 "
    "WHEN i.state = 'introduced' AND i.outcome_asked = 1 THEN 0 "
    "WHEN i.is_open = 1 AND i.state <> 'introduced' THEN 1 ELSE 2 END AS standing "
    "FROM introductions i WHERE i.requester = $1 "
    "UNION ALL "
    "SELECT i.id, i.created_at, 'target', CASE "
    "WHEN i.state <> 'forwarded' THEN 2 WHEN i.held_by = 'target' THEN 1 "
    "WHEN i.snoozes > 0 AND i.paused_until > $2 THEN 1 ELSE 0 END "
    "FROM introductions i WHERE i.target = $1 AND i.requester <> $1 "
    "AND (i.forwarded_at IS NOT NULL OR i.introduced_at IS NOT NULL) "
    "UNION ALL "
    "SELECT i.id, i.created_at, 'connector', CASE "
    "WHEN picked.round < (SELECT MAX(a.round) FROM asks a WHERE a.introduction = i.id) THEN 2 "
    "WHEN i.state = 'asked' AND i.held_by IS NULL THEN 0 "
    "WHEN i.state IN ('asked', 'snoozed', 'revising', 'forwarded') THEN 1 "
    "WHEN i.state = 'declined_silently' AND i.forwarded_at IS NOT NULL THEN 1 ELSE 2 END "
    "FROM (SELECT b.introduction AS introduction, MAX(b.round) AS round FROM asks b WHERE b.connector = $1 "
    "GROUP BY b.introduction) picked JOIN introductions i ON i.id = picked.introduction "
    "WHERE i.requester <> $1 AND i.target <> $1"
    ") found ORDER BY standing, created_at DESC, id DESC LIMIT $3 OFFSET $4";

}  // namespace

std::vector<MyIntroduction> list_my_introductions(Database& db, PersonId person, Time now, int limit,
                                                  int offset) {
  std::vector<MyIntroduction> mine;
  for (const Row& found :
       db.rows(sql, {value_of(person), value_of(now), value_of(limit), value_of(offset)})) {
    RowReader row(found);
    MyIntroduction one;
    one.id = row.id<IntroductionId>();
    one.role = row.named(find_role);
    one.group = static_cast<Group>(row.number());
    mine.push_back(one);
  }
  return mine;
}

}  // namespace tertius::storage
