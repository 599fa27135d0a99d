#include "daemon/maildir_loop.hpp"

#include <unistd.h>

#include <algorithm>
#include <boost/asio/io_context.hpp>
#include <fstream>
#include <sstream>

#include "daemon/collected.hpp"
#include "daemon/log.hpp"
#include "daemon/taking_letters.hpp"

namespace tertius::daemon {

namespace {

namespace fs = std::filesystem;
using Steady = std::chrono::steady_clock;

constexpr std::size_t most_at_once = 100;
constexpr std::chrono::seconds first_wait{30}, longest_wait{3'600};

std::optional<std::string> read_letter_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  if (in && in.peek() == std::ifstream::traits_type::eof()) return std::string();
  if (!in || !(out << in.rdbuf())) return std::nullopt;
  return std::move(out).str();
}

}  // namespace

MaildirLoop::MaildirLoop(boost::asio::io_context& io, DatabaseThread& database, MailboxSettings settings)
    : database_(database), settings_(std::move(settings)), timer_(io) {
  for (const char* folder : {"new", "cur"}) {
    const fs::path path = settings_.maildir / folder;
    if (::access(path.c_str(), R_OK | W_OK | X_OK) != 0)
      throw std::runtime_error("maildir.path: " + path.string() + " is not there, or not ours to write in");
  }
}

void MaildirLoop::start() { look(); }

void MaildirLoop::stop() {
  stopped_ = true;
  names_.clear();
  timer_.cancel();
}

void MaildirLoop::look() {
  std::erase_if(put_off_, [this](const auto& one) {  // somebody else took it away
    std::error_code ignored;
    return !fs::exists(settings_.maildir / "new" / one.first, ignored);
  });
  names_ = ready_names();
  take_next();
}

// By name, which begins with the second of delivery: the oldest first.
std::vector<std::string> MaildirLoop::ready_names() {
  std::vector<std::string> names;
  std::error_code error;
  const auto now = Steady::now();
  for (fs::directory_iterator it(settings_.maildir / "new", error), end; !error && it != end;
       it.increment(error)) {
    std::string name = it->path().filename().string();
    const auto waiting = put_off_.find(name);
    const bool ready = waiting == put_off_.end() || waiting->second.until <= now;
    if (ready && !name.starts_with('.')) names.push_back(std::move(name));
  }
  if (error) log_error("maildir", "what=" + log_value(error.message()));
  std::ranges::sort(names, std::greater{});
  if (names.size() > most_at_once) names.erase(names.begin(), names.end() - most_at_once);
  return names;
}

// What throws on the way (no memory) is that letter's trouble alone.
void MaildirLoop::take_next() {
  while (!stopped_ && !names_.empty()) {
    const std::string name = names_.back();
    names_.pop_back();
    try {
      if (take(name)) return;
    } catch (const std::exception& error) {
      log_error("maildir", "letter=" + log_value(name) + " what=" + log_value(error.what()));
      put_off(name);
    }
  }
  if (!stopped_) sleep();
}

// True where it is under way: finish() goes on.
bool MaildirLoop::take(const std::string& name) {
  const fs::path file = settings_.maildir / "new" / name;
  std::error_code gone;
  const auto length = fs::file_size(file, gone);
  if (!gone && length > settings_.longest_letter) {
    log_warning("maildir", "letter=" + log_value(name) + " what=\"longer than we read\"");
    keep_as_seen(name);
    return false;
  }
  auto bytes = read_letter_file(file);
  if (!bytes) {
    put_off(name);
    return false;
  }
  take_letter(database_, collected_letter(settings_.links, std::move(*bytes)),
              [this, name](const std::vector<mail::Verdict>& verdicts) { finish(name, verdicts.front()); });
  return true;
}

void MaildirLoop::finish(const std::string& name, mail::Verdict verdict) {
  verdict == mail::Verdict::taken ? keep_as_seen(name) : put_off(name);
  take_next();
}

void MaildirLoop::put_off(const std::string& name) {
  Waiting& waiting = put_off_[name];
  waiting.wait = waiting.wait.count() == 0 ? first_wait : std::min(2 * waiting.wait, longest_wait);
  waiting.until = Steady::now() + waiting.wait;
}

void MaildirLoop::keep_as_seen(const std::string& name) {
  std::error_code error;
  fs::rename(settings_.maildir / "new" / name, settings_.maildir / "cur" / (name + ":2,S"), error);
  if (!error) {
    put_off_.erase(name);
    return;
  }
  log_error("maildir", "letter=" + log_value(name) + " what=" + log_value(error.message()));
  put_off(name);
}

void MaildirLoop::sleep() {
  timer_.expires_after(settings_.between_looks);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error && !stopped_) look();
  });
}

}  // namespace tertius::daemon
