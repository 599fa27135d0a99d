#pragma once
// The one thread that owns the writing connection and the engine. Jobs are committed in groups: it takes all
// that wait, runs each in a savepoint of one transaction, commits, and only then hands the answers back.
// Whoever asked hears nothing before the commit, so that "250" and a page always stand for something on the
// disk. A job whose database was busy (a lock, a serialization failure, a lost connection) is run again,
// alone, a few times; what it threw in the end comes back as the answer.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <variant>
#include <vector>

#include "daemon/engine.hpp"

namespace tertius::daemon {

// What a job gave, or what it threw.
template <class T>
using Answer_of = std::variant<T, std::exception_ptr>;

using CommitTimer = std::function<void(std::chrono::duration<double>)>;

class DatabaseThread {
 public:
  // `post` hands a completion to the thread that is to run it (the I/O thread). `after_commit` is called on
  // the database thread after each group that made something due, `on_commit` there with how long each commit
  // took.
  DatabaseThread(Engine engine, std::function<void(std::function<void()>)> post,
                 std::function<void()> after_commit, CommitTimer on_commit = {});
  ~DatabaseThread();  // runs what waits, then ends
  DatabaseThread(const DatabaseThread&) = delete;
  DatabaseThread& operator=(const DatabaseThread&) = delete;

  // Any thread. Jobs whose answers were handed back, and whether others wait or run.
  std::uint64_t finished() const { return finished_; }
  bool has_work() const { return added_ != finished_; }

  template <class T>
  void run(std::function<T(Engine&)> work, std::function<void(Answer_of<T>)> done);

 private:
  struct Job {
    std::function<void(Engine&)> work;               // stores its value where `finish` finds it
    std::function<void(std::exception_ptr)> finish;  // null: it worked and is committed
  };
  void add(Job job);
  void loop();
  void commit_together(std::vector<Job>& jobs);
  void commit(storage::Transaction& transaction);
  void run_alone(Job& job);
  void hand_back(const Job& job, std::exception_ptr error);

  Engine engine_;
  std::function<void(std::function<void()>)> post_;
  std::function<void()> after_commit_;
  CommitTimer on_commit_;
  std::atomic<std::uint64_t> added_{0}, finished_{0};
  std::mutex mutex_;
  std::condition_variable something_;
  std::vector<Job> waiting_;
  bool ending_ = false;
  std::thread thread_;
};

template <class T>
void DatabaseThread::run(std::function<T(Engine&)> work, std::function<void(Answer_of<T>)> done) {
  auto value = std::make_shared<std::optional<T>>();
  add({[value, work = std::move(work)](Engine& engine) { value->emplace(work(engine)); },
       [value, done = std::move(done)](std::exception_ptr error) {
         if (error)
           done(Answer_of<T>(std::move(error)));
         else
           done(Answer_of<T>(std::move(**value)));
       }});
}

}  // namespace tertius::daemon
