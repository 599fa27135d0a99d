#include "daemon/sending.hpp"

#include <algorithm>
#include <array>

#include "daemon/alerts.hpp"
#include "mail/compose.hpp"
#include "mail/smtp_reply.hpp"
#include "storage/introductions.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

// In whose name a notice speaks: "Alice Chen via Rowan Alumni" over words that are hers, the community alone
// else.
std::string author(NoticeKind kind, const Fields& fields) {
  const auto via = [&](const char* role) {
    return fields.values.at(role) + " via " + fields.values.at("COMMUNITY");
  };
  switch (kind) {
    case NoticeKind::request:
    case NoticeKind::reminder:
    case NoticeKind::pitch:
    case NoticeKind::target_reminder: return via("REQUESTER");
    case NoticeKind::introduction:
    case NoticeKind::changes_wanted:
    case NoticeKind::redirect_suggested: return via("CONNECTOR");
    case NoticeKind::receipt:
    case NoticeKind::could_not_tell:
    case NoticeKind::conflict:
    case NoticeKind::confirm_request:
    case NoticeKind::connector_choices:
    case NoticeKind::coach_findings:
    case NoticeKind::problem:
    case NoticeKind::status_asked:
    case NoticeKind::status_forwarded:
    case NoticeKind::status_ended:
    case NoticeKind::outcome_question:
    case NoticeKind::thanks:
    case NoticeKind::stop_confirmation:
    case NoticeKind::sign_in:
    case NoticeKind::operator_alert: return fields.values.at("COMMUNITY");
  }
  return {};
}

Mailbox mailbox(const Fields& fields, const std::string& role) {
  return {fields.values.at(role), fields.values.at(role + "_ADDRESS")};
}

// One mail to R and T with C in Cc, everybody's real address, and answers go to them: here we leave the
// thread.
void address_introduction(mail::Composition& out, const Fields& fields) {
  out.to = {mailbox(fields, "REQUESTER"), mailbox(fields, "TARGET")};
  out.cc = {mailbox(fields, "CONNECTOR")};
  out.reply_to = out.to;
}

mail::Composition composition(const storage::OutboxRow& row, const EngineSettings& settings,
                              templates::RenderedNotice rendered) {
  const NoticeTraits& traits = notice_traits(row.kind);
  const Fields& fields = row.fields;
  mail::Composition out;
  out.from = {author(row.kind, fields), ask_address(settings.links)};
  out.to = {{fields.values.at("TO_NAME"), row.recipient}};
  out.reply_to = {{settings.community, fields.values.at("REPLY_ADDRESS")}};
  if (row.kind == NoticeKind::introduction) address_introduction(out, fields);
  out.subject = std::move(rendered.subject);
  out.message_id = row.message_id;
  if (row.introduction && row.kind != NoticeKind::introduction) {
    out.references = {
        thread_anchor(settings.links, {number(*row.introduction), row.role, TokenUse::thread, 0})};
  }
  out.date = row.created_at;
  out.text = std::move(rendered.text);
  out.html = std::move(rendered.html);
  out.auto_submitted = traits.auto_submitted;
  out.suppress_auto_replies = traits.suppress_auto_replies;
  if (traits.list_unsubscribe) out.unsubscribe_url = fields.values.at("STOP_URL");  // empty for strangers
  out.loop_domain = settings.links.domain;
  out.language = row.language;
  return out;
}

// Whose silence or death matters to the introduction: those who were asked something.
bool asks_something(NoticeKind kind) {
  constexpr std::array asking = {NoticeKind::request, NoticeKind::reminder, NoticeKind::pitch,
                                 NoticeKind::target_reminder};
  return std::find(asking.begin(), asking.end(), kind) != asking.end();
}

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
  const auto wait = mail::retry_after(std::max(attempt.row.attempts, 1), now - attempt.row.created_at);
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

storage::Settlement settlement(const Engine& engine, const Attempt& attempt) {
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

void alert(Engine& engine, const Attempt& attempt, const storage::Settlement& settled) {
  const Wording said = wording("It says: {}", attempt.result.text);
  const Wording which = wording("It is notice {} ({}) to {}.", std::to_string(number(attempt.row.id)),
                                std::string(notice_name(attempt.row.kind)), attempt.row.recipient);
  if (attempt.begins_pause)
    post_alert(
        engine, wording("The mail relay refuses us"),
        {said, wording("All mail waits, and nothing is lost: it goes out when the relay takes us again.")});
  if (attempt.unwritten)
    post_alert(engine, wording("A mail cannot be written"),
               {said, which, wording("It is tried again for three days.")});
  // 5.7.x (RFC 3463 3.8) is somebody's policy against us, not the death of an address.
  if (attempt.result.delivery == Delivery::bounced && attempt.result.enhanced.starts_with("5.7."))
    post_alert(engine, wording("A mail was refused by policy"), {said, which});
  if (attempt.result.delivery == Delivery::ambiguous && settled.state == storage::OutboxState::failed)
    post_alert(engine, wording("Nobody knows whether a mail arrived"),
               {which, wording("To send it again: {}",
                               "tertius outbox --retry " + std::to_string(number(attempt.row.id)))});
}

}  // namespace

std::vector<storage::OutboxRow> claim(Engine& engine, int limit) {
  auto rows = storage::claim_notices(engine.db, engine.now(), outbox_lease, limit);
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

Result<mail::OutgoingMail> write_mail(const storage::OutboxRow& row, const EngineSettings& settings) {
  auto recipient = parse_address(row.recipient);
  if (!recipient) return recipient.error();
  auto rendered = templates::render_notice(row.kind, row.language, row.fields);
  if (!rendered) return rendered.error();
  mail::OutgoingMail out;
  out.recipient = recipient.value();
  const Token bounce{number(row.id), row.role, TokenUse::bounce, 0};
  // RFC 3834 3.1 and RFC 5321 4.5.5: what answers automatically is never itself answered.
  if (notice_traits(row.kind).auto_submitted != AutoSubmitted::replied) {
    out.sender = parse_address(bounce_address(settings.links, bounce)).value();
  }
  out.envelope_id = std::to_string(number(row.id));
  out.bytes = mail::compose(composition(row, settings, std::move(rendered.value())));
  return out;
}

void settle(Engine& engine, const std::vector<Attempt>& attempts) {
  std::vector<storage::Settlement> settlements;
  settlements.reserve(attempts.size());
  for (const Attempt& attempt : attempts) settlements.push_back(settlement(engine, attempt));
  storage::settle_notices(engine.db, settlements, engine.now());
  for (std::size_t i = 0; i < attempts.size(); ++i) {
    const auto& row = attempts[i].row;
    const auto& result = attempts[i].result;
    if (result.address_is_dead) storage::suppress(engine.db, row.recipient, result.text, engine.now());
    const bool undelivered =
        settlements[i].state == storage::OutboxState::failed && result.delivery != Delivery::ambiguous;
    if (undelivered) give_up(engine, row, result.text);
    alert(engine, attempts[i], settlements[i]);
  }
}

}  // namespace tertius::daemon
