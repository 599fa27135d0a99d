#include "daemon/sandbox.hpp"

#include <algorithm>
#include <utility>

#include "daemon/ids.hpp"
#include "mail/read_letter.hpp"

namespace tertius::daemon {

struct Sandbox::Shared {
  std::atomic<std::int64_t> ahead{0};  // seconds
  mutable std::mutex mutex;
  std::condition_variable arrived;
  std::vector<SandboxMail> mails;
  std::vector<std::string> changes;
};

std::shared_ptr<Sandbox::Shared> Sandbox::make_shared() { return std::make_shared<Shared>(); }

Clock Sandbox::clock() const {
  return [shared = shared_, system = system_clock()] {
    return system() + std::chrono::seconds{shared->ahead.load()};
  };
}

void Sandbox::advance(std::chrono::seconds by) { shared_->ahead += by.count(); }

std::function<void(const Introduction&, const Step&)> Sandbox::watch() const {
  return [shared = shared_](const Introduction& before, const Step& step) {
    const std::string from(state_name(before.state)), to(state_name(step.next.state));
    const std::string what = from == to ? to : from + " -> " + to;
    const std::lock_guard lock(shared->mutex);
    shared->changes.push_back(what + " (" + std::string(trigger_name(step.trigger)) +
                              (step.remark.empty() ? "" : ": " + step.remark) + ")");
  };
}

std::vector<std::string> Sandbox::take_changes() {
  const std::lock_guard lock(shared_->mutex);
  return std::exchange(shared_->changes, {});
}

mail::Sender Sandbox::sender() {
  return [shared = shared_, clock = clock()](const mail::OutgoingMail& mail,
                                             const std::function<void(DeliveryResult)>& done) {
    {
      const std::lock_guard lock(shared->mutex);
      const int number = static_cast<int>(shared->mails.size()) + 1;
      shared->mails.push_back(
          {number, text(mail.recipient), mail::read_letter(mail.bytes), mail.bytes, clock(), true});
    }
    shared->arrived.notify_all();
    DeliveryResult kept;
    kept.delivery = Delivery::sent;
    kept.code = 250;
    kept.text = "kept in the sandbox";
    done(std::move(kept));
  };
}

std::vector<SandboxMail> Sandbox::mails() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->mails;
}

std::vector<SandboxMail> Sandbox::mails_to(const std::string& recipient) const {
  auto out = mails();
  std::erase_if(out, [&](const SandboxMail& mail) { return mail.recipient != recipient; });
  return out;
}

std::optional<SandboxMail> Sandbox::find_mail(int number) const {
  const std::lock_guard lock(shared_->mutex);
  if (number < 1 || static_cast<std::size_t>(number) > shared_->mails.size()) return std::nullopt;
  return shared_->mails[static_cast<std::size_t>(number) - 1];
}

void Sandbox::mark_read(int number) {
  const std::lock_guard lock(shared_->mutex);
  if (number >= 1 && static_cast<std::size_t>(number) <= shared_->mails.size())
    shared_->mails[static_cast<std::size_t>(number) - 1].unread = false;
}

std::optional<SandboxMail> Sandbox::wait_for(int after, const std::function<bool(const SandboxMail&)>& fits) {
  std::unique_lock lock(shared_->mutex);
  std::optional<SandboxMail> found;
  shared_->arrived.wait_for(lock, std::chrono::seconds{10}, [&] {
    const auto& mails = shared_->mails;
    const auto mail = std::find_if(mails.begin(), mails.end(),
                                   [&](const SandboxMail& m) { return m.number > after && fits(m); });
    if (mail != mails.end()) found = *mail;
    return found.has_value();
  });
  return found;
}

}  // namespace tertius::daemon
