#include "daemon/imap_loop.hpp"

#include <algorithm>
#include <utility>

#include "daemon/alerts.hpp"
#include "daemon/collected.hpp"
#include "daemon/ids.hpp"
#include "daemon/log.hpp"
#include "daemon/secret_file.hpp"
#include "daemon/taking_letters.hpp"
#include "mail/imap_folder.hpp"
#include "storage/mailboxes.hpp"

namespace tertius::daemon {

namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

// A connection that stood for so long was one: what ends it says nothing of the next.
constexpr std::chrono::minutes good_while{1};

storage::MailboxPlace stored(const mail::ImapPlace& place) {
  return {place.validity, place.done, place.later, place.fresh, place.saved_at};
}

mail::ImapPlace read(const storage::MailboxPlace& place) {
  return {place.validity, place.done, place.later, place.fresh, place.changed_at};
}

// While what was there before us is read, the time stays by which it is searched (ImapPlace::saved_at).
bool is_within_old(const mail::ImapPlace& place) { return place.done + 1 < place.fresh; }

std::string must_be_folder(const std::string& name) {
  auto folder = mail::imap_folder(name);
  if (!folder) throw std::runtime_error("imap: " + name + " is no name of a folder");
  return std::move(*folder);
}

// What only a person can mend.
bool is_refusal(const mail::DoorFailure& failure) {
  return failure.fault == mail::DoorFault::login || failure.fault == mail::DoorFault::certificate;
}

}  // namespace

std::string mailbox_name(const ImapSettings& settings) {
  return settings.server.user + "@" + settings.server.host + "/" + settings.folder;
}

ImapLoop::ImapLoop(asio::io_context& io, DatabaseThread& database, ImapSettings settings)
    : io_(io),
      database_(database),
      settings_(std::move(settings)),
      name_(mailbox_name(settings_)),
      wait_(settings_.times.first_wait),
      retry_wait_(settings_.times.first_retry),
      timer_(io),
      retry_timer_(io) {}

void ImapLoop::start() { loaded_ ? connect() : load_place(); }

// Whoever had it before may have read on: the place is theirs.
void ImapLoop::hold(bool held) {
  if (std::exchange(held_, held) == held || stopped_) return;
  timer_.cancel();
  if (!held && connection_) connection_->leave();
  if (!held) return;
  loaded_ = false;
  if (!connection_) start();
}

void ImapLoop::stop() {
  stopped_ = true;
  timer_.cancel();
  retry_timer_.cancel();
  if (connection_) connection_->leave();
}

void ImapLoop::close() {
  if (connection_) connection_->close();
}

// Of two that are under way, because the lease came back meanwhile, the older knows less.
void ImapLoop::load_place() {
  using Place = std::optional<storage::MailboxPlace>;
  database_.run<Place>(
      [name = name_](Engine& engine) { return storage::find_mailbox_place(engine.db, name); },
      [this, load = ++loads_](auto answer) {
        if (load != loads_) return;
        if (const auto* error = std::get_if<std::exception_ptr>(&answer)) {
          log_failure("reading how far the mailbox is read", *error);
          return connect_after(next_wait());
        }
        loaded_ = true;
        if (const auto& place = std::get<Place>(answer)) place_ = read(*place);
        connect();
      });
}

void ImapLoop::connect() {
  const bool lacks_token = settings_.wants_bearer && settings_.server.bearer.empty();
  if (stopped_ || !held_ || connection_ || lacks_token) return;
  timer_.cancel();
  has_new_password();
  dialled_at_ = std::chrono::steady_clock::now();
  const std::string folder = must_be_folder(settings_.folder);
  const std::string move_to = settings_.move_to.empty() ? "" : must_be_folder(settings_.move_to);
  connection_ = std::make_shared<ImapConnection>(io_, settings_.times, hooks());
  connection_->open(settings_.server, {folder, move_to, place_, settings_.longest_letter});
}

ImapHooks ImapLoop::hooks() {
  ImapHooks out;
  out.letter = [this](mail::CollectedLetter letter) { take(std::move(letter)); };
  out.place = [this](const mail::ImapPlace& place) { save(place); };
  out.remark = [](const std::string& text) { log_warning("imap", "what=" + log_value(text)); };
  out.waits = [this](bool has_put_off) { plan_retry(has_put_off); };
  out.ended = [this](const ImapEnd& why) { end(why); };
  return out;
}

void ImapLoop::take(mail::CollectedLetter letter) {
  const auto uid = letter.uid;
  take_letter(database_, collected_letter(settings_.links, std::move(letter.bytes)),
              [weak = std::weak_ptr(connection_), uid](const std::vector<mail::Verdict>& verdicts) {
                if (const auto connection = weak.lock())
                  connection->answer(uid, verdicts.front() == mail::Verdict::taken);
              });
}

// Where that fails, letters are taken once more some day, and known.
void ImapLoop::save(const mail::ImapPlace& place) {
  place_ = place;
  if (!is_within_old(place)) place_.saved_at = settings_.clock();
  database_.run<std::monostate>(
      [name = name_, lease = lease(), place = stored(place_)](Engine& engine) {
        if (has_turn(engine, lease)) storage::save_mailbox_place(engine.db, name, place, place.changed_at);
        return std::monostate{};
      },
      [](auto answer) {
        if (const auto* error = std::get_if<std::exception_ptr>(&answer))
          log_failure("saving how far the mailbox is read", *error);
      });
}

void ImapLoop::plan_retry(bool has_put_off) {
  renewed_ = false;
  if (!has_put_off) retry_wait_ = settings_.times.first_retry;
  if (!has_put_off || retrying_) return;
  retrying_ = true;
  retry_timer_.expires_after(retry_wait_);
  retry_wait_ = std::min(2 * retry_wait_, settings_.times.longest_retry);
  retry_timer_.async_wait([this](boost::system::error_code error) {
    retrying_ = false;
    if (!error && connection_) connection_->try_again();
  });
}

void ImapLoop::end(const ImapEnd& why) {
  connection_.reset();
  if (stopped_) return on_idle();
  if (!held_ || !loaded_) return held_ ? start() : void();
  if (std::chrono::steady_clock::now() - dialled_at_ > good_while) wait_ = settings_.times.first_wait;
  if (const auto* shut = std::get_if<mail::DoorFailure>(&why)) {
    if (is_refusal(*shut)) return refuse(shut->text, shut->fault == mail::DoorFault::login);
    log_warning("imap", "mailbox is not reached: " + log_value(shut->text));
  } else if (const auto* failure = std::get_if<mail::ImapFailure>(&why)) {
    if (failure->fault == mail::ImapFault::folder)
      return refuse(settings_.folder + ": " + failure->text, false);
    log_warning("imap", "lost=" + log_value(failure->text));
  }
  connect_after(next_wait());
}

// A wrong password tried every minute locks accounts. A token may have been revoked before its time: the
// operator hears of it where a new one is refused too.
void ImapLoop::refuse(const std::string& what, bool is_login) {
  if (is_login && has_new_password()) return connect_after(settings_.times.first_wait);
  connect_after(settings_.times.pause);
  const bool renews = is_login && settings_.wants_bearer;
  if (!renews || std::exchange(renewed_, true)) alarm(what);
  if (renews) on_refused();
}

void ImapLoop::alarm(const std::string& said) {
  database_.run<std::monostate>(
      [said](Engine& engine) {
        post_alert(
            engine, wording("The mailbox refuses us"),
            {wording("It says: {}", said),
             wording(
                 "Letters stay there meanwhile. It is tried again every 15 minutes, and at once after: {}",
                 "systemctl reload tertius")});
        return std::monostate{};
      },
      [](auto) {});
}

// The operator may have written it since.
bool ImapLoop::has_new_password() {
  if (settings_.password_file.empty()) return false;
  auto read = read_secret_file(settings_.password_file);
  if (!read || read.value() == settings_.server.password) return false;
  settings_.server.password = std::move(read).value();
  return true;
}

void ImapLoop::set_bearer(Result<std::string> token) {
  settings_.server.bearer = token ? std::move(token).value() : std::string();
  if (token && loaded_) connect();
}

void ImapLoop::try_again() {
  if (loaded_) connect();
}

// Half of it is chance, so that a server that comes back is not met by all its clients at once.
milliseconds ImapLoop::next_wait() {
  const auto half = wait_ / 2;
  wait_ = std::min(2 * wait_, settings_.times.longest_wait);
  return half + milliseconds{std::uniform_int_distribution<std::int64_t>(0, half.count())(random_)};
}

void ImapLoop::connect_after(milliseconds wait) {
  timer_.expires_after(wait);
  timer_.async_wait([this](boost::system::error_code error) {
    if (!error && !stopped_ && held_) start();
  });
}

}  // namespace tertius::daemon
