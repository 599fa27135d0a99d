#pragma once
// Keeps the tie graph in memory and in step with the database: a thread of its own, with a connection of its
// own, reads all of it at the start, then looks for changes twice a second, whoever made them, this daemon, a
// command or another daemon. Each picture is whole and immutable, and swapped for the next; whoever holds an
// old one keeps it. A database that does not answer is tried again, and the last picture stays.

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "daemon/ways.hpp"
#include "storage/network_rows.hpp"

namespace tertius::daemon {

struct NetworkPace {
  std::chrono::milliseconds between_looks{500};
  std::chrono::milliseconds after_a_failure{5'000};
  // Lists that changed stand beside the array; with more of them it is written anew (network.hpp).
  std::size_t most_changed = 20'000;
};

class NetworkKeeper {
 public:
  // Not for SQLite in memory, which has one connection. Returns at once.
  explicit NetworkKeeper(std::string url, NetworkPace pace = {});
  ~NetworkKeeper();  // waits for the page that is being read
  NetworkKeeper(const NetworkKeeper&) = delete;
  NetworkKeeper& operator=(const NetworkKeeper&) = delete;

  // The network as `db` sees it at this moment, the caller's own uncommitted changes too. None before the
  // first picture is there. Any thread that owns `db`; throws StorageError.
  std::shared_ptr<const Network> network(storage::Database& db) const;

  void poke();  // look now

 private:
  using Picture = std::shared_ptr<const storage::LoadedNetwork>;
  void loop();
  void look(std::optional<storage::Database>& db);
  void load(storage::Database& db);
  void follow(storage::Database& db, const Picture& before);
  Picture picture() const;
  void show(storage::LoadedNetwork next);
  bool is_ending() const;
  bool wait(std::chrono::milliseconds longest);  // false: it is to end

  std::string url_;
  NetworkPace pace_;
  mutable std::mutex mutex_;
  std::condition_variable something_;
  Picture picture_;
  bool poked_ = false, ending_ = false;
  std::thread thread_;
};

// Keeps it for whoever asks `source`, as long as the keeper lives. None, and nothing set, where there is no
// URL or the database is in memory.
std::unique_ptr<NetworkKeeper> keep_network(const std::string& url, NetworkSource& source);

}  // namespace tertius::daemon
