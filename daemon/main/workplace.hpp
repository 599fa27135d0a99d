#pragma once
// What a command works with: the configuration, the database, the engine. Opens beside a running daemon:
// SQLite's WAL lets both write in turn, and the daemon looks for what others left every few seconds.

#include <memory>
#include <string>

#include "daemon/config.hpp"
#include "daemon/engine.hpp"
#include "storage/audit.hpp"
#include "storage/database_time.hpp"

namespace tertius::daemon {

struct Workplace {
  Workplace(Config config_, storage::Database db_, EngineSettings settings)
      : config(std::move(config_)), db(std::move(db_)), engine{db, std::move(settings)} {}
  Workplace(const Workplace&) = delete;  // the engine refers to the database beside it
  Workplace& operator=(const Workplace&) = delete;

  Config config;
  storage::Database db;
  Engine engine;
};

// Throws CommandFailure where the configuration is wrong, the key cannot be had or a template does not parse.
Config must_read_config(const std::string& path);
Config must_take(ConfigReading reading, const std::string& path);  // `path` is where it was read from
void load_templates(const Config& config);
// What they were is given, for whoever renders meanwhile (templates/render.hpp).
std::shared_ptr<const void> replace_templates(const Config& config);
EngineSettings engine_settings(const Config& config);
EngineSettings engine_settings_alone(const Config& config);  // templates are left as they are
// Where several daemons share a database, its clock is everybody's.
std::shared_ptr<storage::DatabaseTime> share_time(storage::Database& db, EngineSettings& settings);
std::unique_ptr<Workplace> open_workplace(const std::string& config_path, bool exclusive = false);

// In the audit log, as the operator's; the caller commits.
void note(Workplace& place, storage::AuditAct act, const std::string& subject);
// Of what has been done to files; a database that is not there yet is not made for it, and one that fails is
// said and keeps nobody from having done it.
void note_done(const Config& config, storage::AuditAct act, const std::string& subject);

std::string read_file(const std::string& path);  // "-" is standard input; throws CommandFailure
Address must_parse_address(const std::string& text);
Person must_find_member(storage::Database& db, const std::string& address);

}  // namespace tertius::daemon
