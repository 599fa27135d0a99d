// Apart from all_ties, which is for reading everything, no statement walks a whole table: what a click or a
// mail costs does not grow with the years. SQLite says how it will run each statement that storage/ gives it.

#include <set>

#include "storage/letters.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

class QueryPlanTest : public OnEngine {
 protected:
  std::vector<std::string> plan_of(const std::string& sql) {
    const std::vector<Value> more_than_any_statement_takes(64, Value(nullptr));
    std::vector<std::string> steps;
    for (const Row& row : db().rows("EXPLAIN QUERY PLAN " + sql, more_than_any_statement_takes))
      steps.push_back(row.text(3));
    return steps;
  }
};
INSTANTIATE_TEST_SUITE_P(Only, QueryPlanTest, testing::Values(Engine::sqlite_memory), engine_name);

bool walks_a_table(const std::string& step) {
  if (!step.starts_with("SCAN ") || step == "SCAN picked" || step == "SCAN CONSTANT ROW") return false;
  return step.find(" USING ") == step.npos;  // an index read in order, under a LIMIT
}

void use_people(Database& db) {
  add_people(db, 4);
  save_person(db, load_person(db, PersonId{1}));
  search_people(db, "person of note", 5);
  addresses_of(db, PersonId{1});
  find_person_by_address(db, make_address("p1@example.org"));
  find_person_by_profile(db, "https://www.linkedin.com/in/x");
  list_members(db);
  ContactFile file;
  file.contacts = {sample_contact("Gail", "gail@cc.example"), sample_contact("Name", ""),
                   sample_contact("P", "p2@example.org")};
  import_contacts(db, PersonId{1}, file, noon, ids_from(100));
  ties_of(db, PersonId{1});
  ties_to(db, PersonId{1});
}

void use_introductions(Database& db) {
  const Introduction intro = asked_introduction(1, noon);
  add_introduction(db, intro, noon);
  save_introduction(db, intro, noon);
  find_introduction(db, intro.id);
  find_introductions_of(db, PersonId{1});
  recent_introductions(db, 5);
  find_due(db, noon, 5);
  earliest_deadline(db);
  append_history(db, intro.id, {});
  load_history(db, intro.id);
  load_facts(db, intro, noon);
  load_answer_counts(db, PersonId{1}, PersonId{3}, {PersonId{2}}, noon);
}

void use_outbox(Database& db) {
  add_notice(db, sample_notice(1));
  claim_notices(db, noon, std::chrono::minutes{5}, 5);
  settle_notices(
      db, {{NoticeId{1}, OutboxState::due, noon, "", false}, {NoticeId{1}, OutboxState::sent, {}, "", false}},
      noon);
  cancel_unsent(db, IntroductionId{1});
  find_notice(db, NoticeId{1});
  find_notice_by_message_id(db, "x");
  find_latest_notice(db, IntroductionId{1}, Role::target);
  recent_notices(db, 5);
  notices_to(db, "p1@example.org");
  earliest_not_before(db);
  count_waiting(db);
  answered_since(db, "p1@example.org", NoticeKind::problem, noon);
  suppress(db, "x@example.org", "why", noon);
  unsuppress(db, "x@example.org");
}

void use_letters(Database& db) {
  add_letter(db, LetterRow{});
  find_letter(db, LetterId{0});
  find_letter_by_hash(db, "x", "x");
  has_message_id(db, "x", "x");
  recent_letters(db, 5);
  letters_about(db, IntroductionId{1});
  spend_nonce(db, "visit", noon);
}

TEST_P(QueryPlanTest, NoStatementWalksAWholeTable) {
  std::set<std::string> statements;
  db().before_statement = [&](std::string_view sql) { statements.emplace(sql); };
  for (const auto use : {use_people, use_introductions, use_outbox, use_letters}) use(db());
  db().before_statement = nullptr;
  EXPECT_GE(statements.size(), 60u);
  for (const std::string& sql : statements)
    for (const std::string& step : plan_of(sql)) EXPECT_FALSE(walks_a_table(step)) << step << "\n" << sql;
  EXPECT_TRUE(walks_a_table(plan_of("SELECT name FROM people WHERE title = $1").at(0)));
}

}  // namespace
}  // namespace tertius::storage
