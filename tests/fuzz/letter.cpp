// A letter, the whole way that daemon/receiving.cpp takes it.
#include <algorithm>

#include "broker/recognise.hpp"
#include "mail/read_letter.hpp"
#include "tests/fuzz/replying.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

void require_mailboxes(const std::vector<Mailbox>& mailboxes) {
  for (const Mailbox& mailbox : mailboxes) require_line(mailbox.name), require_line(mailbox.address);
}

void require_words(const Letter& letter) {
  for (const HeaderField& field : letter.headers) require_text(field.name), require_text(field.value);
  for (const std::string& id : letter.references) require_line(id);
  for (const Attachment& one : letter.attachments) require_text(one.name), require_text(one.type);
  for (const auto* list : {&letter.from, &letter.to, &letter.cc, &letter.reply_to}) require_mailboxes(*list);
  for (const auto* line : {&letter.subject, &letter.message_id, &letter.returned_message_id})
    require_line(*line);
  for (const auto* text : {&letter.text, &letter.html, &letter.reply_html_text, &letter.content_type,
                           &letter.report_type, &letter.unreadable})
    require_text(*text);
  require(letter.text.find('\r') == std::string::npos, "lines end in LF");
}

void require_failed(const std::vector<FailedRecipient>& failed) {
  for (const FailedRecipient& one : failed) {
    require_line(one.address), require_text(one.action), require_text(one.status),
        require_text(one.diagnostic);
  }
}

void require_limits(const Letter& letter, std::size_t bytes, const mail::ReadLimits& limits) {
  require(letter.headers.size() <= limits.header_fields, "header fields are counted");
  require(letter.parts <= limits.parts, "parts are counted");
  require(letter.references.size() <= 400, "references are counted");
  require(letter.html.size() <= limits.text_bytes, "HTML is cut");
  require(letter.reply_html_text.size() <= limits.text_bytes, "the HTML's text is cut");
  require(letter.text.size() <= limits.text_bytes, "text is cut");
  for (const Attachment& one : letter.attachments)
    require(one.size <= bytes, "an attachment is no larger than its letter");
}

// The limits themselves, at sizes that a small input reaches.
void require_small_limits(std::string_view bytes) {
  mail::ReadLimits limits;
  limits.header_fields = 20, limits.header_bytes = 2000, limits.parts = 5, limits.depth = 3;
  limits.text_bytes = 500;
  const Letter letter = mail::read_letter(bytes, limits);
  require_words(letter);
  require_limits(letter, bytes.size(), limits);
}

}  // namespace

void letter(std::string_view bytes) {
  Letter letter = mail::read_letter(bytes);
  letter.envelope = {"sender@example.org", {"intro@intro.example.org"}, true};
  require_words(letter);
  require_failed(letter.failed_recipients);
  require_limits(letter, bytes.size(), {});
  require_small_limits(bytes);
  const Recognised recognised = recognise(letter, "intro.example.org", from_unix_seconds(1'790'000'000));
  require_text(recognised.why);
  require_failed(recognised.failed);
  const bool bounce = recognised.kind == LetterKind::bounce;
  require(bounce || !(recognised.permanent || recognised.address_is_dead || recognised.delayed),
          "only a bounce ends an address");
  require(!(recognised.permanent && recognised.delayed), "a delay is not for good");
  require_reply(letter);
}

}  // namespace tertius::fuzz
