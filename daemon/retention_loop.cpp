#include "daemon/retention_loop.hpp"

#include <boost/asio/io_context.hpp>

#include "daemon/heartbeat.hpp"
#include "daemon/log.hpp"
#include "storage/audit.hpp"

namespace tertius::daemon {

namespace {

constexpr std::chrono::hours between_passes{24}, after_failure{1}, between_looks{1};
constexpr std::chrono::milliseconds between_batches{50};

// "letters=12 notices=3", in the order of the table; empty where nothing was forgotten.
std::string counts(const storage::RetentionPass& pass) {
  std::string out;
  for (std::size_t i = 0; i < storage::retained_kinds; ++i) {
    if (pass.forgotten[i] == 0) continue;
    const auto name = storage::retained_name(static_cast<storage::Retained>(i));
    out.append(out.empty() ? "" : " ").append(name).append("=").append(std::to_string(pass.forgotten[i]));
  }
  return out;
}

}  // namespace

storage::RetentionPass forget_more(Engine& engine, const storage::RetentionTimes& times,
                                   storage::RetentionPass pass) {
  storage::forget_a_batch(engine.db, times, engine.now(), pass);
  if (const std::string all = counts(pass); storage::is_through(pass) && !all.empty())
    storage::note_audit(engine.db, engine.now(), storage::by_daemon, storage::AuditAct::expired, all);
  return pass;
}

RetentionLoop::RetentionLoop(boost::asio::io_context& io, DatabaseThread& database,
                             storage::RetentionTimes times)
    : database_(database), times_(times), timer_(io) {}

void RetentionLoop::start() {
  pass_ = {};
  go_on();
}

void RetentionLoop::set(const storage::RetentionTimes& times) {
  if (times == times_) return;
  times_ = times;
  if (under_way_) return;  // the pass that is begun goes on with them
  timer_.cancel();
  start();
}

void RetentionLoop::stop() {
  stopped_ = true;
  timer_.cancel();
}

void RetentionLoop::go_on() {
  if (stopped_) return;
  under_way_ = true;
  using Pass = std::optional<storage::RetentionPass>;  // none: another daemon does it
  database_.run<Pass>(
      [times = times_, pass = pass_](Engine& engine) {
        return has_turn(engine, clock_lease) ? Pass(forget_more(engine, times, pass)) : Pass();
      },
      [this](auto answer) {
        if (const auto* error = std::get_if<std::exception_ptr>(&answer)) {
          log_failure("forgetting what was kept for its time", *error);
          return await(after_failure);
        }
        if (!std::get<Pass>(answer)) return await(between_looks);
        pass_ = *std::get<Pass>(answer);
        storage::is_through(pass_) ? finish() : await(between_batches);
      });
}

void RetentionLoop::finish() {
  if (const std::string all = counts(pass_); !all.empty()) log_info("forgotten", all);
  on_pass(pass_);
  pass_ = {};
  under_way_ = false;
  await(between_passes);
}

// After a failure the pass goes on where it was: what it had forgotten is still counted.
void RetentionLoop::await(std::chrono::steady_clock::duration pause) {
  timer_.expires_after(pause);
  timer_.async_wait([this](boost::system::error_code cancelled) {
    if (!cancelled) go_on();
  });
}

}  // namespace tertius::daemon
