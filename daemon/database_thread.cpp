#include "daemon/database_thread.hpp"

#include <utility>

#include "storage/news.hpp"

namespace tertius::daemon {

namespace {

constexpr int tries_when_busy = 5;
// Another daemon has just written the row that we looked for in vain: looked for again, it is found.
constexpr int tries_in_conflict = 2;

// 1: as good as any number.
int tries_worth(const std::exception_ptr& error) {
  try {
    std::rethrow_exception(error);
  } catch (const storage::StorageError& e) {
    if (e.trouble == storage::StorageTrouble::busy) return tries_when_busy;
    return e.trouble == storage::StorageTrouble::conflict ? tries_in_conflict : 1;
  } catch (...) {
    return 1;
  }
}

}  // namespace

DatabaseThread::DatabaseThread(Engine engine, std::function<void(std::function<void()>)> post,
                               std::function<void()> after_commit, CommitTimer on_commit)
    : engine_(std::move(engine)),
      post_(std::move(post)),
      after_commit_(std::move(after_commit)),
      on_commit_(std::move(on_commit)),
      thread_([this] { loop(); }) {}

DatabaseThread::~DatabaseThread() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  something_.notify_one();
  thread_.join();
}

void DatabaseThread::add(Job job) {
  ++added_;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(job));
  }
  something_.notify_one();
}

void DatabaseThread::loop() {
  while (true) {
    std::vector<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      something_.wait(lock, [this] { return ending_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      jobs.swap(waiting_);
    }
    commit_together(jobs);
    if (std::exchange(engine_.news, false) && after_commit_) after_commit_();
  }
}

void DatabaseThread::hand_back(const Job& job, std::exception_ptr error) {
  ++finished_;
  post_([finish = job.finish, error = std::move(error)] { finish(error); });
}

void DatabaseThread::commit(storage::Transaction& transaction) {
  const auto begin = std::chrono::steady_clock::now();
  if (engine_.news && engine_.settings.daemon != storage::DaemonId{})
    storage::tell_news(engine_.db, engine_.settings.daemon);
  transaction.commit();
  if (on_commit_) on_commit_(std::chrono::steady_clock::now() - begin);
}

void DatabaseThread::commit_together(std::vector<Job>& jobs) {
  std::vector<std::exception_ptr> errors(jobs.size());
  try {
    storage::Transaction transaction(engine_.db);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      try {
        storage::Savepoint savepoint(engine_.db);
        jobs[i].work(engine_);
        savepoint.release();
      } catch (...) {
        errors[i] = std::current_exception();
      }
    }
    commit(transaction);
  } catch (...) {
    // Nothing of the group is on the disk; each gets its own chance.
    for (Job& job : jobs) run_alone(job);
    return;
  }
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (errors[i] && tries_worth(errors[i]) > 1)
      run_alone(jobs[i]);
    else
      hand_back(jobs[i], errors[i]);
  }
}

void DatabaseThread::run_alone(Job& job) {
  std::exception_ptr error;
  for (int tries = 1;; ++tries) {
    try {
      storage::Transaction transaction(engine_.db);
      job.work(engine_);
      commit(transaction);
      return hand_back(job, nullptr);
    } catch (...) {
      error = std::current_exception();
      if (tries >= tries_worth(error)) break;
    }
  }
  hand_back(job, error);
}

}  // namespace tertius::daemon
