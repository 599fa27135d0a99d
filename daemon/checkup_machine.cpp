// What stands on this machine.
#include <sys/stat.h>
#include <sys/timex.h>

#include "daemon/checkup.hpp"
#include "daemon/upkeep.hpp"
#include "storage/backup.hpp"
#include "storage/migrate.hpp"
#include "storage/retention.hpp"
#include "storage/sending_stop.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

namespace fs = std::filesystem;

constexpr mode_t others = S_IRWXG | S_IRWXO;

bool is_there(const std::string& file) {
  std::error_code ignored;
  return fs::exists(file, ignored);
}

// Every pass is through within a day.
std::string kept_text(storage::Database& db, const CheckupScene& scene, bool& overdue) {
  const auto time = scene.config.retention.letters;
  if (time.count() == 0) return "letters are kept for ever";
  overdue = storage::has_whole_letters(db, scene.now - time - std::chrono::days{2});
  return "letters are kept for " + std::to_string(time.count()) + " days";
}

Diagnosis look_at_tables(const CheckupScene& scene) {
  storage::Database db = storage::open_database(scene.config.storage_url);
  storage::require_known_schema(db);
  if (!db.is_postgres()) {
    const auto said = db.row("PRAGMA quick_check(1)");
    if (!said || said->text(0) != "ok")
      return {Health::bad, "it is damaged: " + (said ? said->text(0) : ""), "tertius restore a backup"};
  }
  const auto people = db.row("SELECT COUNT(*) FROM people")->integer(0);
  if (const auto stop = storage::find_sending_stop(db))
    return {Health::doubtful, "sending is stopped: " + stop->why, "tertius outbox --resume lets it go on"};
  bool overdue = false;
  const std::string kept = kept_text(db, scene, overdue);
  if (overdue)
    return {Health::doubtful, kept + ", but older ones are still there",
            "the daemon forgets them once a day: does it run, and what does its log say?"};
  return {Health::good, std::to_string(people) + " people; " + kept};
}

}  // namespace

// Not load_link_keys() at once: that would make the file, as whoever runs this.
Diagnosis look_at_key(const CheckupScene& scene) {
  const std::string& file = scene.config.link_key_file;
  struct stat about {};
  if (::stat(file.c_str(), &about) != 0)
    return {Health::doubtful, file + " is not there", "the daemon makes it at its first start"};
  if ((about.st_mode & others) != 0)
    return {Health::bad, file + " can be read by others: whoever has it can answer for anybody",
            "chmod 600 " + file};
  const auto keys = load_link_keys(file);
  if (!keys) return {Health::bad, keys.error().what, keys.error().hint};
  return {Health::good, std::to_string(keys.value().size()) + (keys.value().size() == 1 ? " key" : " keys")};
}

Diagnosis look_at_templates(const CheckupScene& scene) {
  const std::string& folder = scene.config.template_overrides;
  const auto loaded =
      templates::load_catalogue(folder.empty() ? std::nullopt : std::optional<fs::path>(folder));
  if (!loaded) return {Health::bad, loaded.error().what, loaded.error().hint};
  return {Health::good, folder.empty() ? "built in" : "with those of " + folder};
}

Diagnosis look_at_database(const CheckupScene& scene) {
  const std::string& url = scene.config.storage_url;
  if (url.starts_with("sqlite:") && !is_there(storage::sqlite_path(url)))
    return {Health::doubtful, url + " is not there", "the daemon makes it at its first start"};
  try {
    return look_at_tables(scene);
  } catch (const storage::StorageError& e) {
    return {Health::bad, e.what(), e.hint};
  }
}

Diagnosis look_at_disk(const CheckupScene& scene) {
  if (!scene.config.storage_url.starts_with("sqlite:"))
    return {Health::unknown, "the database is on another machine's disk"};
  const fs::path file = storage::sqlite_path(scene.config.storage_url);
  const auto free = free_bytes(file.has_parent_path() ? file.parent_path() : fs::path("."));
  if (!free)
    return {Health::bad, "the folder of " + file.string() + " is not there",
            "make it, and let the daemon's user write there"};
  const std::string left = std::to_string(*free / 1'000'000) + " MB are left";
  if (*free < static_cast<std::uintmax_t>(scene.config.storage_least_free_mb) * 1'000'000)
    return {Health::bad, left, "make room: letters are refused for a while when nothing is left"};
  return {Health::good, left};
}

// The kernel knows whether somebody keeps it right: adjtimex(2). Held answers and links go by the clock.
Diagnosis look_at_clock(const CheckupScene&) {
  struct timex state {};
  const int answer = ::adjtimex(&state);
  if (answer == -1) return {Health::unknown, "the kernel does not say whether the clock is kept right"};
  if (answer == TIME_ERROR && (state.status & STA_UNSYNC) != 0)
    return {Health::doubtful, "nothing keeps the clock right", "apt install systemd-timesyncd, or chrony"};
  return {Health::good, "kept right"};
}

}  // namespace tertius::daemon
