#include "daemon/network_keeper.hpp"

#include <optional>
#include <utility>

#include "daemon/log.hpp"

namespace tertius::daemon {

namespace {

using Steady = std::chrono::steady_clock;

struct Ending {};

std::string milliseconds_since(Steady::time_point begin) {
  return std::to_string(std::chrono::duration_cast<std::chrono::milliseconds>(Steady::now() - begin).count());
}

}  // namespace

NetworkKeeper::NetworkKeeper(std::string url, NetworkPace pace)
    : url_(std::move(url)), pace_(pace), thread_([this] { loop(); }) {}

NetworkKeeper::~NetworkKeeper() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  something_.notify_one();
  thread_.join();
}

std::shared_ptr<const Network> NetworkKeeper::network(storage::Database& db) const {
  const Picture now = picture();
  if (!now) return nullptr;
  const auto news = storage::load_network_news(db, now->place);
  if (news.changes.empty()) return {now, &now->network};
  return std::make_shared<const Network>(now->network.changed(news.changes));
}

void NetworkKeeper::poke() {
  {
    const std::lock_guard lock(mutex_);
    poked_ = true;
  }
  something_.notify_one();
}

void NetworkKeeper::loop() {
  std::optional<storage::Database> db;
  bool failed = false;
  do {
    try {
      look(db);
      failed = false;
    } catch (const Ending&) {
      return;
    } catch (const std::exception&) {
      if (!failed) log_failure("following the network", std::current_exception());
      failed = true;
      db.reset();
    }
  } while (wait(failed ? pace_.after_a_failure : pace_.between_looks));
}

void NetworkKeeper::look(std::optional<storage::Database>& db) {
  if (!db) {
    db.emplace(storage::open_database(url_));
    // A first picture is thousands of pages: an ending daemon waits for one of them.
    db->before_statement = [this](std::string_view) {
      if (is_ending()) throw Ending{};
    };
  }
  if (const Picture before = picture())
    follow(*db, before);
  else
    load(*db);
}

void NetworkKeeper::load(storage::Database& db) {
  const auto begin = Steady::now();
  storage::LoadedNetwork loaded = storage::load_network(db);
  log_info("network", "people=" + std::to_string(loaded.network.people()) +
                          " ties=" + std::to_string(loaded.network.ties()) + " bytes=" +
                          std::to_string(loaded.network.bytes()) + " ms=" + milliseconds_since(begin));
  show(std::move(loaded));
}

void NetworkKeeper::follow(storage::Database& db, const Picture& before) {
  auto news = storage::load_network_news(db, before->place);
  if (news.changes.empty()) {
    // PostgreSQL's transactions count on without us, and what was ahead is settled by and by.
    const bool is_as_before = news.place.settled == before->place.settled ||
                              (before->place.ahead.empty() && news.place.ahead.empty());
    if (!is_as_before) show({before->network, std::move(news.place)});
    return;
  }
  Network next = before->network.changed(news.changes);
  if (next.people_changed() > pace_.most_changed) next = next.rebuilt();
  show({std::move(next), std::move(news.place)});
}

NetworkKeeper::Picture NetworkKeeper::picture() const {
  const std::lock_guard lock(mutex_);
  return picture_;
}

void NetworkKeeper::show(storage::LoadedNetwork next) {
  auto picture = std::make_shared<const storage::LoadedNetwork>(std::move(next));
  const std::lock_guard lock(mutex_);
  picture_.swap(picture);  // the old one goes after the lock, if it goes
}

bool NetworkKeeper::is_ending() const {
  const std::lock_guard lock(mutex_);
  return ending_;
}

bool NetworkKeeper::wait(std::chrono::milliseconds longest) {
  std::unique_lock lock(mutex_);
  something_.wait_for(lock, longest, [this] { return ending_ || poked_; });
  poked_ = false;
  return !ending_;
}

std::unique_ptr<NetworkKeeper> keep_network(const std::string& url, NetworkSource& source) {
  if (url.empty() || url == "sqlite::memory:") return nullptr;
  auto keeper = std::make_unique<NetworkKeeper>(url);
  source = [keeper = keeper.get()](storage::Database& db) { return keeper->network(db); };
  return keeper;
}

}  // namespace tertius::daemon
