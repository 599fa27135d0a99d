#include "daemon/notice_letter.hpp"

#include "mail/compose.hpp"
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
    case NoticeKind::reminder: {
      // On a long way: whoever is asked next knows the one before, and not R.
      const auto before = fields.values.find("BEFORE");
      return via(before == fields.values.end() || before->second.empty() ? "REQUESTER" : "BEFORE");
    }
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
    case NoticeKind::token_made:
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
  if (const auto answers = fields.values.find("ANSWERS"); answers != fields.values.end())
    out.references.push_back(answers->second);
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

}  // namespace

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

}  // namespace tertius::daemon
