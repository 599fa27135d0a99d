#include "daemon/sending.hpp"

#include <algorithm>
#include <array>

#include "daemon/alerts.hpp"
#include "daemon/bounce_watch.hpp"
#include "daemon/log.hpp"
#include "mail/smtp_reply.hpp"
#include "storage/audit.hpp"
#include "storage/introductions.hpp"
#include "storage/sending_stop.hpp"

namespace tertius::daemon {

namespace {

void give_up(Engine& engine, const storage::OutboxRow& row, const std::string& why) {
  if (!row.introduction || !asks_something(row.kind)) return;
  const auto introduction = storage::find_introduction(engine.db, *row.introduction);
  const bool passed_over =
      introduction && row.role == Role::connector && current_connector(*introduction) != row.person;
  if (!passed_over) apply(engine, *row.introduction, Bounced{row.role, why});
}

bool is_to_be_dialled(Engine& engine, const storage::OutboxRow& row) {
  return row.kind == NoticeKind::stop_confirmation || !storage::is_suppressed(engine.db, row.recipient);
}

storage::Settlement failed(const Attempt& attempt) {
  return {.id = attempt.row.id,
          .state = storage::OutboxState::failed,
          .not_before = {},
          .reply = attempt.result.text};
}

storage::Settlement again(const Attempt& attempt, Time at, bool uncounted = false) {
  return {.id = attempt.row.id,
          .state = storage::OutboxState::due,
          .not_before = at,
          .reply = attempt.result.text,
          .uncounted = uncounted};
}

storage::Settlement retried(const Attempt& attempt, Time now) {
  // What the operator tries once more counts from the first attempt again, however old it is.
  constexpr int young_at_any_age = 4;
  const int attempts = std::max(attempt.row.attempts, 1);
  const auto age = attempts <= young_at_any_age ? std::chrono::seconds{0} : now - attempt.row.created_at;
  const auto wait = mail::retry_after(attempts, age);
  return wait ? again(attempt, now + *wait) : failed(attempt);
}

// What the row remembers of it: an earlier try that was merely deferred does not use up the one repeat.
constexpr std::string_view no_reply = "no reply behind the dot";

// The same bytes and Message-ID once more, when evidence has had time to come; then never. Where the operator
// would rather have a target get no mail than the same one twice, not even that.
storage::Settlement repeated(const Engine& engine, const Attempt& attempt) {
  const bool held = engine.settings.hold_ambiguous_to_target && attempt.row.role == Role::target;
  const bool is_last = held || attempt.row.last_reply.starts_with(no_reply);
  auto out = is_last ? failed(attempt) : again(attempt, engine.now() + mail::ambiguous_wait);
  out.reply = std::string(no_reply) + ": " + attempt.result.text;
  return out;
}

storage::Settlement first_settlement(const Engine& engine, const Attempt& attempt) {
  constexpr std::chrono::seconds not_its_fault{30};
  const Time now = engine.now();
  if (attempt.turn) return again(attempt, *attempt.turn, true);
  switch (attempt.result.delivery) {
    case Delivery::sent:
      return {.id = attempt.row.id,
              .state = storage::OutboxState::sent,
              .not_before = {},
              .reply = attempt.result.text};
    case Delivery::deferred: return retried(attempt, now);
    case Delivery::bounced: return failed(attempt);
    case Delivery::ambiguous: return repeated(engine, attempt);
    case Delivery::unharmed: return again(attempt, now + not_its_fault, true);
  }
  return failed(attempt);
}

// Once ambiguous, a row that comes back for whatever reason still has but the one repeat.
storage::Settlement settlement(const Engine& engine, const Attempt& attempt) {
  auto out = first_settlement(engine, attempt);
  const bool forgets = attempt.row.last_reply.starts_with(no_reply) && !out.reply.starts_with(no_reply);
  if (out.state == storage::OutboxState::due && forgets)
    out.reply = std::string(no_reply) + "; then: " + out.reply;
  return out;
}

Wording which_notice(const storage::OutboxRow& row) {
  return wording("It is notice {} ({}) to {}.", std::to_string(number(row.id)),
                 std::string(notice_name(row.kind)), row.recipient);
}

// Of the relay, whatever has become of the mail meanwhile: its recipient may have been erased.
void alert_of_relay(Engine& engine, const Attempt& attempt, bool is_ours) {
  const Wording said = wording("It says: {}", attempt.result.text);
  const bool lacks_token = attempt.result.text.starts_with("no access token");
  if (attempt.begins_pause)
    post_alert(
        engine,
        lacks_token ? wording("There is no access token for the relay")
                    : wording("The mail relay refuses us"),
        {said, wording("All mail waits, and nothing is lost: it goes out when the relay takes us again.")});
  // 5.7.x (RFC 3463 3.8) is somebody's policy against us, not the death of an address.
  if (attempt.result.delivery == Delivery::bounced && attempt.result.enhanced.starts_with("5.7."))
    post_alert(engine, wording("A mail was refused by policy"),
               is_ours ? std::vector{said, which_notice(attempt.row)} : std::vector{said});
}

void alert_of_mail(Engine& engine, const Attempt& attempt, const storage::Settlement& settled) {
  if (settled.state == storage::OutboxState::sent) return;
  const Wording which = which_notice(attempt.row);
  if (attempt.unwritten) {
    std::vector<Wording> details{wording("It says: {}", attempt.result.text), which};
    if (settled.state == storage::OutboxState::due)
      details.push_back(wording("It is tried again for three days."));
    post_alert(engine, wording("A mail cannot be written"), details);
  }
  if (attempt.result.delivery == Delivery::ambiguous && settled.state == storage::OutboxState::failed)
    post_alert(engine, wording("Nobody knows whether a mail arrived"),
               {which, wording("To send it again: {}",
                               "tertius outbox --retry " + std::to_string(number(attempt.row.id)))},
               true);
}

}  // namespace

void release_strays(Engine& engine, const std::vector<NoticeId>& under_way) {
  const auto released = storage::release_strays(engine.db, engine.settings.daemon, under_way, engine.now());
  if (released > 0) log_info("released", "notices=" + std::to_string(released));
}

std::vector<storage::OutboxRow> claim(Engine& engine, int limit) {
  const auto which =
      storage::find_sending_stop(engine.db) ? storage::Claimable::alerts : storage::Claimable::all;
  auto rows =
      storage::claim_notices(engine.db, engine.now(), outbox_lease, limit, which, engine.settings.daemon);
  std::vector<Attempt> suppressed;
  DeliveryResult refused_here;
  refused_here.delivery = Delivery::bounced;
  refused_here.text = "this address is suppressed";
  std::erase_if(rows, [&](storage::OutboxRow& row) {
    if (is_to_be_dialled(engine, row)) return false;
    suppressed.push_back({std::move(row), refused_here});
    return true;
  });
  if (!suppressed.empty()) settle(engine, suppressed);
  return rows;
}

void settle(Engine& engine, const std::vector<Attempt>& attempts) {
  std::vector<storage::Settlement> settlements;
  settlements.reserve(attempts.size());
  for (const Attempt& attempt : attempts) settlements.push_back(settlement(engine, attempt));
  const auto settled = storage::settle_notices(engine.db, settlements, engine.now(), engine.settings.daemon);
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    const auto& row = attempts[i].row;
    const auto& result = attempts[i].result;
    if (result.address_is_dead) storage::suppress(engine.db, row.recipient, result.text, engine.now());
    alert_of_relay(engine, attempts[i], settled[i]);
    if (!settled[i]) continue;  // another's by now: what becomes of it is theirs to say
    const bool undelivered =
        settlements[i].state == storage::OutboxState::failed && result.delivery != Delivery::ambiguous;
    if (undelivered) give_up(engine, row, result.text);
    alert_of_mail(engine, attempts[i], settlements[i]);
  }
}

void stop_in_storm(Engine& engine) {
  const std::string why = "too many mails bounced";
  if (!storage::stop_sending(engine.db, why, engine.now())) return;
  storage::note_audit(engine.db, engine.now(), storage::by_daemon, storage::AuditAct::sending_stopped, why);
  post_alert(engine, wording("Too many mails bounce, and sending has stopped"),
             {wording("Of the newest {} mails that were answered, too many were refused for good.",
                      std::to_string(BounceWatch::newest)),
              wording("What they said: {}", "tertius outbox"),
              wording("When it is mended: {}", "tertius outbox --resume")});
}

}  // namespace tertius::daemon
