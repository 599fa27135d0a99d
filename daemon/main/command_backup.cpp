// backup, restore
#include <boost/json/object.hpp>
#include <fstream>
#include <iostream>

#include "daemon/ids.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "daemon/secret_file.hpp"
#include "storage/backup.hpp"

#include <unistd.h>

namespace tertius::daemon {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct BackupOptions {
  std::string config, file;
  bool without_keys = false, replace = false, dry_run = false, json = false;
};

// The terminal alone: a log would fill with it.
std::function<void(std::uintmax_t)> progress_line() {
  if (!isatty(STDERR_FILENO)) return {};
  return [](std::uintmax_t bytes) { std::cerr << "\r" << bytes / 1'000'000 << " MB written" << std::flush; };
}

json::object figures_json(const storage::BackupFigures& figures) {
  return {{"people", figures.people},
          {"introductions", figures.introductions},
          {"letters", figures.letters},
          {"notices", figures.notices},
          {"bytes", figures.bytes}};
}

std::string figures_text(const storage::BackupFigures& figures) {
  return std::to_string(figures.people) + " people, " + std::to_string(figures.introductions) +
         " introductions, " + std::to_string(figures.letters) + " letters, " +
         std::to_string(figures.notices) + " notices";
}

int take_backup(const BackupOptions& options) {
  const Config config = must_read_config(options.config);
  if (!fs::exists(storage::sqlite_path(config.storage_url)))
    throw CommandFailure{exit_no_input, {config.storage_url + " is not there", "nothing was ever stored"}};
  const storage::BackupNote note{.made_at = system_clock()(),
                                 .program = "tertius " TERTIUS_VERSION,
                                 .domain = config.domain,
                                 .link_keys = options.without_keys ? "" : read_file(config.link_key_file)};
  const auto figures = storage::back_up(config.storage_url, options.file, note, progress_line());
  if (isatty(STDERR_FILENO)) std::cerr << "\r";
  note_done(config, storage::AuditAct::backed_up, fs::path(options.file).filename().string());
  if (options.json) {
    json::object out = figures_json(figures);
    out["file"] = options.file;
    out["link_keys"] = !options.without_keys;
    print_json(out);
    return 0;
  }
  std::cout << options.file << " holds " << figures_text(figures) << " in "
            << (figures.bytes + 999'999) / 1'000'000 << " MB, read through and whole.\n"
            << (options.without_keys ? "The link keys are not in it: keep " + config.link_key_file + " too.\n"
                                     : "The link keys are in it: keep it as safe as the database.\n");
  return 0;
}

bool holds(const fs::path& file, const std::string& text) {
  std::error_code gone;
  return fs::exists(file, gone) && read_file(file.string()) == text;
}

// Those that stand there may have signed links that are under way too: they are kept aside.
void refuse_other_keys(const BackupOptions& options, const Config& config, const storage::BackupNote& note) {
  if (note.link_keys.empty() || options.replace || !fs::exists(config.link_key_file)) return;
  if (!holds(config.link_key_file, note.link_keys))
    throw CommandFailure{
        exit_data,
        {config.link_key_file + " has other link keys than the backup, and links signed by one do not hold "
                                "with the other",
         "--replace puts the backup's there, and keeps these beside them"}};
}

std::string restore_keys(const Config& config, const storage::BackupNote& note, Time now) {
  if (note.link_keys.empty() || holds(config.link_key_file, note.link_keys)) return {};
  std::string aside;
  if (fs::exists(config.link_key_file)) {
    aside = config.link_key_file + ".before-" + std::to_string(now.time_since_epoch().count());
    fs::rename(config.link_key_file, aside);
  }
  const std::string text = note.link_keys.substr(0, note.link_keys.find_last_not_of('\n') + 1);
  if (const auto written = replace_secret_file(config.link_key_file, text); !written)
    throw CommandFailure{exit_config, written.error()};
  return aside;
}

void refuse_other_domain(const BackupOptions& options, const Config& config,
                         const storage::BackupNote& note) {
  if (note.domain == config.domain || options.replace) return;
  throw CommandFailure{exit_data,
                       {options.file + " is of " + note.domain + ", and this is " + config.domain,
                        "--replace restores it all the same"}};
}

int restore_backup(const BackupOptions& options) {
  const Config config = must_read_config(options.config);
  const fs::path target = storage::sqlite_path(config.storage_url);
  const storage::Backup backup = storage::read_backup(options.file);
  const std::string what = "the backup of " + iso_time(backup.note.made_at) + " (" + backup.note.program +
                           ", " + backup.note.domain + "): " + figures_text(backup.figures);
  std::string aside, keys_aside;
  if (!options.dry_run) {
    if (fs::exists(target) && !options.replace)
      throw CommandFailure{
          exit_data, {target.string() + " is there already", "--replace moves it aside, and loses nothing"}};
    refuse_other_domain(options, config, backup.note);
    refuse_other_keys(options, config, backup.note);
    const Time now = system_clock()();
    aside = storage::restore(options.file, target, now).string();
    keys_aside = restore_keys(config, backup.note, now);
    note_done(config, storage::AuditAct::restored, "the backup of " + iso_time(backup.note.made_at));
  }
  if (options.json) {
    json::object out = figures_json(backup.figures);
    out["made_at"] = iso_time(backup.note.made_at);
    out["restored"] = !options.dry_run;
    out["aside"] = aside;
    print_json(out);
    return 0;
  }
  std::cout << (options.dry_run ? "This is " : "Restored ") << what << ".\n";
  if (!aside.empty()) std::cout << "What was there before is kept: " << aside << "\n";
  if (!options.dry_run && backup.figures.waiting > 0)
    std::cout << backup.figures.waiting
              << " notices waited when it was taken, and some may have gone out since: sending is stopped.\n"
                 "Look at them (tertius outbox), cancel what is old, then: tertius outbox --resume\n";
  if (!keys_aside.empty()) std::cout << "So are the link keys: " << keys_aside << "\n";
  return 0;
}

}  // namespace

void add_backup(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<BackupOptions>();
  auto* taking = app.add_subcommand(
      "backup", "Copy the database and the link keys into one file, beside a running daemon");
  add_config_option(*taking, options->config);
  taking->add_option("file", options->file, "The backup to write; it must not exist")->required();
  taking->add_flag("--without-keys", options->without_keys, "Leave the link keys out");
  taking->add_flag("--json", options->json);
  taking->callback([&chosen, options] { chosen = [options] { return take_backup(*options); }; });

  auto* restoring = app.add_subcommand("restore", "Put a backup back; the daemon must be stopped");
  add_config_option(*restoring, options->config);
  restoring->add_option("file", options->file, "A file that backup has written")->required();
  restoring->add_flag("--replace", options->replace, "Where there is a database, move it aside");
  restoring->add_flag("--dry-run", options->dry_run, "Read the backup through and say what it holds");
  restoring->add_flag("--json", options->json);
  restoring->callback([&chosen, options] { chosen = [options] { return restore_backup(*options); }; });
}

}  // namespace tertius::daemon
