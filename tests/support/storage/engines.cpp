#include "tests/support/storage/engines.hpp"

#include <cstdlib>
#include <filesystem>
#include <random>

#include "storage/migrate.hpp"
#include "tests/support/needs.hpp"

namespace tertius::storage {

void OnEngine::make_folder() {
  folder_ = (std::filesystem::temp_directory_path() / "tertius-storage.XXXXXX").string();
  ASSERT_NE(mkdtemp(folder_.data()), nullptr);
  url_ = "sqlite:" + folder_ + "/tertius.db";
}

// A schema of its own, named in the URL, so that a connection made anew finds it too.
void OnEngine::make_schema(const std::string& server) {
  std::random_device random;
  schema_ = "test_" + std::to_string(random()) + "_" + std::to_string(random());
  server_ = server;
  open_database(server_).script("CREATE SCHEMA " + schema_);
  const char* separator = server_.find('?') == server_.npos ? "?" : "&";
  url_ = server_ + separator + "options=-csearch_path%3D" + schema_;
}

void OnEngine::SetUp() {
  url_ = "sqlite::memory:";
  if (GetParam() == Engine::sqlite_file) make_folder();
  if (GetParam() == Engine::postgres) {
    const char* server = std::getenv("TERTIUS_TEST_POSTGRES");
    TERTIUS_NEEDS(server != nullptr, "PostgreSQL: run through tests/support/postgres.sh");
    make_schema(server);
  }
  db_ = open_database(url_);
  migrate(*db_);
}

void OnEngine::TearDown() {
  db_.reset();
  if (!folder_.empty()) std::filesystem::remove_all(folder_);
  if (!schema_.empty()) open_database(server_).script("DROP SCHEMA " + schema_ + " CASCADE");
}

std::string engine_name(const testing::TestParamInfo<Engine>& info) {
  switch (info.param) {
    case Engine::sqlite_memory: return "SqliteMemory";
    case Engine::sqlite_file: return "SqliteFile";
    case Engine::postgres: return "Postgres";
  }
  return "";
}

}  // namespace tertius::storage
