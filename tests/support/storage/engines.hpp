#pragma once
// Every storage test runs on SQLite in memory, SQLite in a file, and PostgreSQL where TERTIUS_TEST_POSTGRES
// holds a libpq URL (tests/support/postgres.sh sets it). Each test has a database of its own, migrated and
// empty.

#include <gtest/gtest.h>

#include <string>

#include "storage/db.hpp"

namespace tertius::storage {

enum class Engine { sqlite_memory, sqlite_file, postgres };

class OnEngine : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override;
  void TearDown() override;

  Database& db() { return *db_; }
  // Another connection to the same database, as a second daemon has; not with SQLite in memory.
  Database open_another() const { return open_database(url_); }
  const std::string& url() const { return url_; }
  bool is_postgres() const { return GetParam() == Engine::postgres; }

 private:
  void make_folder();
  void make_schema(const std::string& server);

  std::string url_, server_, schema_, folder_;
  std::optional<Database> db_;
};

std::string engine_name(const testing::TestParamInfo<Engine>& info);

}  // namespace tertius::storage

#define TERTIUS_ON_EVERY_ENGINE(suite)                                                                    \
  INSTANTIATE_TEST_SUITE_P(Every, suite,                                                                  \
                           testing::Values(Engine::sqlite_memory, Engine::sqlite_file, Engine::postgres), \
                           engine_name)
// For what takes two connections.
#define TERTIUS_ON_SHARED_ENGINES(suite) \
  INSTANTIATE_TEST_SUITE_P(Shared, suite, testing::Values(Engine::sqlite_file, Engine::postgres), engine_name)
#define TERTIUS_ON_POSTGRES(suite) \
  INSTANTIATE_TEST_SUITE_P(Only, suite, testing::Values(Engine::postgres), engine_name)
