// A database of each program that there has been, with rows in each of its tables, by this one.
#include "storage/has_table.hpp"
#include "storage/imports.hpp"
#include "storage/letters.hpp"
#include "storage/migrate.hpp"
#include "storage/my_contacts.hpp"
#include "storage/my_introductions.hpp"
#include "storage/network_rows.hpp"
#include "storage/preferences.hpp"
#include "storage/tables.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/filler.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

class UpgradeTest : public OnEngine {};
TERTIUS_ON_EVERY_ENGINE(UpgradeTest);

// 0010: what one member's files say of somebody is that member's. 0013: nobody wrote to own_names since.
bool may_have_changed(std::int64_t since, const std::string& table, const std::string& column) {
  return (since < 10 && table == "people" && column == "profile_key") || table == "own_names";
}

// What stands in the row with that key; nothing where it is gone.
std::optional<Row> find_row(Database& db, const Table& table, const std::string& columns,
                            const std::vector<Value>& key) {
  std::string sql = "SELECT " + columns + " FROM " + table.name + " WHERE TRUE";
  for (std::size_t i = 0; i < table.key.size(); ++i)
    sql += " AND " + table.columns[table.key[i]].name + " = $" + std::to_string(i + 1);
  return db.row(sql, key);
}

bool is_value(const Row& row, const Value& expected) {
  if (row.is_null(0) || std::holds_alternative<std::nullptr_t>(expected))
    return row.is_null(0) && std::holds_alternative<std::nullptr_t>(expected);
  if (const auto* text = std::get_if<std::string>(&expected)) return row.text(0) == *text;
  if (const auto* number = std::get_if<std::int64_t>(&expected)) return row.integer(0) == *number;
  if (const auto* real = std::get_if<double>(&expected)) return row.real(0) == *real;
  const Blob& blob = std::get<Blob>(expected);
  return row.bytes(0) == std::string(reinterpret_cast<const char*>(blob.data()), blob.size());
}

void expect_rows(Database& db, DescribedSchema& old, std::int64_t since, int rows) {
  for (const Table& table : old.tables()) {
    if (table.is_seeded || table.key.empty() || !has_table(db, table.name)) continue;
    for (int row = 1; row <= (old.has_one_row(table) ? 1 : rows); ++row) {
      std::vector<Value> key;
      for (const std::size_t at : table.key)
        key.push_back(old.value(table, table.columns[at].name, row, rows));
      for (const Column& column : table.columns) {
        if (may_have_changed(since, table.name, column.name) || !has_column(db, table.name, column.name))
          continue;
        const auto found = find_row(db, table, column.name, key);
        ASSERT_TRUE(found) << table.name << " lost row " << row;
        EXPECT_TRUE(is_value(*found, old.value(table, column.name, row, rows)))
            << table.name << "." << column.name << " of row " << row;
      }
    }
  }
}

// What a daemon does when it starts and in its first minute.
void use_as_a_daemon(Database& db) {
  Transaction transaction(db);
  EXPECT_EQ(load_network(db).network.people(), 3U);
  for (int id = 1; id <= 3; ++id) {
    const Introduction introduction = *find_introduction(db, IntroductionId{id});
    load_facts(db, introduction, noon);
    load_history(db, introduction.id);
    load_person(db, PersonId{id});
    load_preferences(db, PersonId{id});
    list_my_introductions(db, PersonId{id}, noon, 10, 0);
    list_contacts(db, PersonId{id}, "", 0, 10);
    imports_of(db, PersonId{id}, 10);
  }
  find_due(db, noon, 10);
  claim_import(db, noon);
  EXPECT_EQ(recent_letters(db, 10).size(), 3U);
  EXPECT_EQ(recent_notices(db, 10).size(), 3U);
  claim_notices(db, noon, std::chrono::minutes{5}, 10);
  search_people(db, "person", 5);
  transaction.commit();
}

TEST_P(UpgradeTest, EverySchemaThereHasBeenIsUpgradedWithItsRows) {
  for (const Migration& oldest : known_migrations()) {
    SCOPED_TRACE(oldest.name);
    wipe(db());
    make_schema_of(db(), oldest.version);
    DescribedSchema old(oldest.version);
    fill(db(), old, 3);
    const auto newer = std::count_if(known_migrations().begin(), known_migrations().end(),
                                     [&](const Migration& each) { return each.version > oldest.version; });
    EXPECT_EQ(migrate(db()), newer);
    EXPECT_TRUE(has_column(db(), "schema_versions", "works_with"));
    ASSERT_NO_FATAL_FAILURE(expect_rows(db(), old, oldest.version, 3));
    use_as_a_daemon(db());
    if (testing::Test::HasFailure()) return;
  }
}

}  // namespace
}  // namespace tertius::storage
