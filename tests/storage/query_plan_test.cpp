// Apart from all_ties, which is for reading everything, no statement walks a whole table: what a click or a
// mail costs does not grow with the years. Both engines say how they will run each statement of storage/.

#include <set>

#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/every_statement.hpp"

namespace tertius::storage {
namespace {

class QueryPlanTest : public OnEngine {};

std::vector<std::string> sqlite_plan(Database& db, const std::string& sql) {
  const std::vector<Value> more_than_any_statement_takes(64, Value(nullptr));
  std::vector<std::string> steps;
  for (const Row& row : db.rows("EXPLAIN QUERY PLAN " + sql, more_than_any_statement_takes))
    steps.push_back(row.text(3));
  return steps;
}

std::size_t count_arguments(const std::string& sql) {
  std::size_t most = 0;
  for (auto at = sql.find('$'); at != sql.npos; at = sql.find('$', at + 1))
    most = std::max<std::size_t>(most, std::stoul(sql.substr(at + 1)));
  return most;
}

// The plan that a cached statement gets where the server knows nothing of what the tables will hold.
std::string postgres_plan(Database& db, const std::string& sql) {
  std::string nulls;
  for (std::size_t i = count_arguments(sql); i > 0; --i) nulls += i == 1 ? "NULL" : "NULL, ";
  db.script("PREPARE candidate AS " + sql);
  std::string plan;
  for (const Row& row : db.rows("EXPLAIN EXECUTE candidate" + (nulls.empty() ? "" : "(" + nulls + ")")))
    plan += row.text(0) + "\n";
  db.script("DEALLOCATE candidate");
  return plan;
}

bool can_be_explained(std::string_view sql) {
  for (const std::string_view verb : {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"})
    if (sql.starts_with(verb)) return true;
  return false;
}

bool walks_a_table(const std::string& step) {
  for (const char* small :
       {"SCAN picked", "SCAN found", "SCAN CONSTANT ROW", "SCAN newest", "SCAN timed", "SCAN ranked",
        "SCAN halves", "SCAN looked", "SCAN places", "SCAN walked"})  // what an index has left
    if (step == small) return false;
  if (!step.starts_with("SCAN ") || step.starts_with("SCAN (subquery-")) return false;
  return step.find(" USING ") == step.npos;  // an index read in order, under a LIMIT
}

class QueryPlanOnSqliteTest : public QueryPlanTest {};
INSTANTIATE_TEST_SUITE_P(Only, QueryPlanOnSqliteTest, testing::Values(Engine::sqlite_memory), engine_name);

TEST_P(QueryPlanOnSqliteTest, NoStatementWalksAWholeTable) {
  const std::set<std::string> heard = every_statement(db());
  EXPECT_GE(heard.size(), 60u);
  for (const std::string& sql : heard)
    for (const std::string& step : sqlite_plan(db(), sql))
      EXPECT_FALSE(walks_a_table(step)) << step << "\n" << sql;
  EXPECT_TRUE(walks_a_table(sqlite_plan(db(), "SELECT name FROM people WHERE title = $1").at(0)));
}

class QueryPlanOnPostgresTest : public QueryPlanTest {};
TERTIUS_ON_POSTGRES(QueryPlanOnPostgresTest);

// "Join Filter" is a loop in a loop. It looks cheap while the tables are empty, and its plan stays.
TEST_P(QueryPlanOnPostgresTest, NoStatementComparesAllRowsWithAllRows) {
  const std::set<std::string> heard = every_statement(db());
  db().run("SET plan_cache_mode = force_generic_plan");
  for (const std::string& sql : heard) {
    if (!can_be_explained(sql)) continue;
    const std::string plan = postgres_plan(db(), sql);
    EXPECT_EQ(plan.find("Join Filter"), plan.npos) << plan << sql;
  }
  EXPECT_NE(postgres_plan(db(), "SELECT 1 FROM people p JOIN ties t ON p.id < t.owner WHERE t.contact = $1")
                .find("Join Filter"),
            std::string::npos);
}

}  // namespace
}  // namespace tertius::storage
