#pragma once
// What Prometheus is told: counters since the start of this process, and gauges as they are when it asks.
// Labels have few values, all of them ours: no address, no domain of a
// recipient, nothing that a stranger wrote. Every series is there from the start, at 0. Threads: any.

#include <chrono>
#include <memory>
#include <string>

#include "broker/delivery.hpp"
#include "broker/recognise.hpp"
#include "broker/step.hpp"
#include "storage/retention.hpp"
#include "storage/statistics.hpp"

namespace tertius::daemon {

// What is looked up when Prometheus asks.
struct Standing {
  storage::Backlog backlog;
  std::int64_t held = 0;             // answers that can still be undone
  std::size_t people = 0, ties = 0;  // of the network in memory; 0 before it has been read
  Time now{};
};

class Meters {
 public:
  explicit Meters(const std::string& version);
  ~Meters();
  Meters(const Meters&) = delete;
  Meters& operator=(const Meters&) = delete;

  void count(Delivery delivery);
  void count(LetterKind kind);
  void count(const Step& step);
  void count(const storage::RetentionPass& pass);
  void time_commit(std::chrono::duration<double> took);

  // The text exposition format, 0.0.4.
  std::string text(const Standing& standing);

 private:
  struct Series;
  std::unique_ptr<Series> series_;
};

}  // namespace tertius::daemon
