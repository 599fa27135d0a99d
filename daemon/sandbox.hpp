#pragma once
// The world of `tertius try`: an invented community, everybody's mailbox (outgoing mail never leaves the
// process) and a clock that can be moved. Threads: any; the mailboxes have a lock, since the walkthrough
// reads them from its own.

#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "broker/letter.hpp"
#include "broker/time.hpp"
#include "daemon/engine.hpp"
#include "mail/ports.hpp"

namespace tertius::daemon {

struct SandboxMail {
  int number = 0;         // 1, 2, ... in order of arrival
  std::string recipient;  // envelope
  Letter letter;
  std::string raw;
  Time at{};
  bool unread = true;
};

class Sandbox {
 public:
  Clock clock() const;
  void advance(std::chrono::seconds by);

  // What the walkthrough prints: each change of state, in order.
  std::function<void(const Introduction&, const Step&)> watch() const;
  std::vector<std::string> take_changes();

  mail::Sender sender();
  std::vector<SandboxMail> mails() const;
  std::vector<SandboxMail> mails_to(const std::string& recipient) const;
  std::optional<SandboxMail> find_mail(int number) const;
  void mark_read(int number);
  // The first mail after `after` that fits, waiting for it; empty after ten seconds.
  std::optional<SandboxMail> wait_for(int after, const std::function<bool(const SandboxMail&)>& fits);

 private:
  struct Shared;
  std::shared_ptr<Shared> shared_ = make_shared();
  static std::shared_ptr<Shared> make_shared();
};

// About forty invented people with ties; the names on the first page are among them.
struct SampleCommunity {
  Address requester, connector, target;
};
SampleCommunity add_sample_people(Engine& engine);

}  // namespace tertius::daemon
