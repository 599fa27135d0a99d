// migrate, move-storage
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <iostream>

#include "daemon/ids.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/progress.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/backup.hpp"
#include "storage/migrate.hpp"
#include "storage/move.hpp"
#include "storage/shown_url.hpp"

namespace tertius::daemon {

namespace {

namespace json = boost::json;

struct StorageOptions {
  std::string config, from, to;
  bool dry_run = false, start_over = false, json = false;
};

// A file that is not there is as good as an empty one, and is not made by looking at it.
storage::Database open_to_look(const std::string& url) {
  if (url.starts_with("sqlite:") && !std::filesystem::exists(storage::sqlite_path(url)))
    return storage::open_database("sqlite::memory:");
  return storage::open_database(url);
}

int show_migrations(const std::string& url) {
  storage::Database db = open_to_look(url);
  const std::string script = storage::migration_script(db);
  std::cout << (script.empty() ? "-- Nothing is missing.\n" : script);
  return 0;
}

int apply_migrations(const std::string& url) {
  storage::Database db = storage::open_database(url, url.starts_with("sqlite:"));
  const int applied = storage::migrate(db, [](const storage::Migration& migration) {
    std::cout << "applied " << migration.name << std::endl;
  });
  std::cout << (applied == 0 ? "Nothing was missing" : "The database is up to date") << ": schema "
            << storage::newest_known_schema() << ".\n";
  return 0;
}

int migrate(const StorageOptions& options) {
  const Config config = must_read_config(options.config);
  return options.dry_run ? show_migrations(config.storage_url) : apply_migrations(config.storage_url);
}

json::object report_json(const StorageOptions& options, const storage::MoveReport& report, double seconds) {
  json::object tables;
  for (const storage::MovedTable& table : report.tables) tables[table.name] = table.rows;
  return {{"from", storage::shown_url(options.from)},
          {"to", storage::shown_url(options.to)},
          {"rows", report.rows},
          {"tables", std::move(tables)},
          {"resumed", report.was_resumed},
          {"sending_stopped", report.was_stopped},
          {"seconds", seconds}};
}

void print_report(const StorageOptions& options, const storage::MoveReport& report) {
  const std::string from = storage::shown_url(options.from), to = storage::shown_url(options.to);
  std::cout << report.rows << " rows of " << report.tables.size() << " tables are in " << to
            << ", read again and found alike.\n\n"
               "Now set in the configuration, and start the daemon:\n\n"
               "  [storage]\n  url = \""
            << to << "\"" << (to == options.to ? "" : "  # with its password") << "\n\n"
            << from
            << " is as it was, but that its sending is stopped.\n"
               "To go back to it as it is: set storage.url to it again, and tertius outbox --resume.\n"
               "To take along what comes in from now on: stop the daemon, and\n"
               "  tertius move-storage '"
            << to << "' sqlite:/path/to/a/new/file\n";
  if (report.was_stopped)
    std::cout << "Sending had been stopped before, and is so there: tertius outbox says why.\n";
}

int move(const StorageOptions& options) {
  ProgressBar bar;
  storage::MoveOptions how{.start_over = options.start_over, .on_step = [&](const storage::MoveStep& step) {
                             bar.show(step.done, step.total,
                                      (step.doing == storage::Moving::copying ? "copying " : "comparing ") +
                                          std::string(step.table),
                                      step.of_rows > 0 && step.rows == step.of_rows);
                           }};
  const storage::MoveReport report = storage::move_storage(options.from, options.to, system_clock()(), how);
  bar.end();
  if (options.json)
    print_json(report_json(options, report, bar.seconds()));
  else
    print_report(options, report);
  return 0;
}

}  // namespace

void add_storage(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<StorageOptions>();
  auto* migrating = app.add_subcommand(
      "migrate", "Bring the database to this program's schema; serve does so too when it starts");
  add_config_option(*migrating, options->config);
  migrating->add_flag("--dry-run", options->dry_run, "Print the SQL that is missing, and change nothing");
  migrating->callback([&chosen, options] { chosen = [options] { return migrate(*options); }; });

  auto* moving = app.add_subcommand("move-storage",
                                    "Move a whole database to another, of either engine; the daemon must be "
                                    "stopped. Given again, it goes on");
  moving->add_option("from", options->from, "Its URL, as in storage.url")->required();
  moving->add_option("to", options->to, "The new one's: sqlite:/path/to/file or postgresql://user@host/name")
      ->required();
  moving->add_flag("--start-over", options->start_over,
                   "Where a move there was not finished, empty it and begin anew");
  moving->add_flag("--json", options->json, "Report as JSON");
  moving->callback([&chosen, options] { chosen = [options] { return move(*options); }; });
}

}  // namespace tertius::daemon
