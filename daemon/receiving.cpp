#include "daemon/receiving.hpp"

#include <algorithm>

#include "broker/recognise.hpp"
#include "broker/reply_text.hpp"
#include "broker/sender_check.hpp"
#include "broker/sha256.hpp"
#include "daemon/conversation.hpp"
#include "daemon/replies.hpp"
#include "mail/read_letter.hpp"
#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/people.hpp"
#include "storage/turns.hpp"

namespace tertius::daemon {

namespace {

// A connector who has been passed over bounces and is away late; the one who is asked now does not. An
// answer's token knows the round; a bounce's does not, but its notice knows whom it went to.
bool is_about_another_connector(Engine& engine, const Conversation& conversation) {
  if (conversation.role != Role::connector) return false;
  const auto introduction = storage::find_introduction(engine.db, conversation.introduction);
  if (!introduction) return false;
  const auto& asks = introduction->asks;
  const auto round = static_cast<std::size_t>(conversation.round);
  std::optional<PersonId> person = conversation.notice ? conversation.notice->person : std::nullopt;
  if (round >= 1 && round <= asks.size()) person = asks[round - 1].connector;
  return person && current_connector(*introduction) != person;
}

std::string receive_bounce(Engine& engine, const Conversation& conversation, const Recognised& kind) {
  if (kind.delayed) return "a delay, not a failure yet";
  const auto& notice = conversation.notice;
  if (kind.address_is_dead && notice && !notice->recipient.empty()) {
    storage::suppress(engine.db, notice->recipient, "bounced: " + kind.why, engine.now());
  }
  if (is_about_another_connector(engine, conversation)) return "a bounce of an earlier connector";
  const Applied applied = apply(engine, conversation.introduction, Bounced{conversation.role, kind.why});
  if (std::holds_alternative<Refusal>(applied)) return "a bounce that changes nothing any more";
  return "a bounce of the " + std::string(role_name(conversation.role));
}

std::string receive_absence(Engine& engine, const Conversation& conversation, const Recognised& kind) {
  if (is_about_another_connector(engine, conversation)) return "an automatic reply of an earlier connector";
  const Applied applied = apply(engine, conversation.introduction, Away{conversation.role, kind.until});
  if (std::holds_alternative<Refusal>(applied)) return "an automatic reply that changes nothing";
  return "an automatic reply: the clock is paused";
}

std::string receive_complaint(Engine& engine, const Conversation& conversation) {
  const auto& notice = conversation.notice;
  if (!notice || !notice->person) return "a complaint about nobody we know";
  stop_person(engine, *notice->person);
  return "a complaint: this person gets no more mail";
}

std::string receive_machine_mail(Engine& engine, const Incoming& incoming, const Recognised& kind) {
  const auto conversation = find_conversation(engine, incoming);
  if (!conversation) return "machine mail about nothing of ours";
  // A report goes to the envelope sender (RFC 3464 2). Reply addresses stand in everybody's Cc: whoever read
  // one there could kill an address or stop a person with a forged report.
  const bool reports = kind.kind == LetterKind::bounce || kind.kind == LetterKind::complaint;
  if (reports && !conversation->at_bounce_address)
    return "a report that came to no bounce address; nothing done";
  switch (kind.kind) {
    case LetterKind::bounce: return receive_bounce(engine, *conversation, kind);
    case LetterKind::automatic: return receive_absence(engine, *conversation, kind);
    case LetterKind::complaint: return receive_complaint(engine, *conversation);
    case LetterKind::list:
    case LetterKind::loop:
    case LetterKind::receipt:
    case LetterKind::human: return "recorded; it decides nothing";
  }
  return {};
}

// The local part in lower case: telephones write Intro@, and it is ours to say that this is the same (RFC
// 5321 2.4).
std::string local_part(const Address& address) {
  const std::string key = address_key(address);
  return key.substr(0, key.rfind('@'));
}

bool is_for_postmaster(const Incoming& incoming) {
  const auto address = parse_address(incoming.recipient);
  return address && local_part(address.value()) == "postmaster";
}

// While it lives, answers name this letter; also where the acting throws, the next job answers none.
class Answering {
 public:
  Answering(Engine& engine, const Letter& letter) : engine_(engine) {
    const auto writer = find_writer(letter);
    if (writer && !letter.message_id.empty()) engine.answered = {letter.message_id, text(*writer)};
  }
  ~Answering() { engine_.answered.reset(); }
  Answering(const Answering&) = delete;
  Answering& operator=(const Answering&) = delete;

 private:
  Engine& engine_;
};

std::string act(Engine& engine, const Incoming& incoming, const Recognised& kind, storage::LetterRow& row) {
  if (!incoming.letter.unreadable.empty()) return "not read: " + incoming.letter.unreadable;
  if (is_for_postmaster(incoming)) return "for the operator; nothing done";
  const Answering answering(engine, incoming.letter);
  const auto conversation = find_conversation(engine, incoming);
  if (conversation) row.introduction = conversation->introduction;
  if (kind.kind != LetterKind::human) return receive_machine_mail(engine, incoming, kind);
  if (conversation) return receive_reply(engine, incoming, *conversation);
  return receive_request(engine, incoming);
}

}  // namespace

Incoming read_incoming(std::string sender, std::string recipient, std::string raw) {
  Incoming out{std::move(sender), std::move(recipient), std::move(raw), {}, {}};
  out.sha256 = hex_sha256(out.raw);
  out.letter = mail::read_letter(out.raw);
  out.letter.envelope = {out.sender, {out.recipient}, true};
  return out;
}

bool knows_recipient(const Links& links, std::string_view recipient) {
  const auto address = parse_address(recipient);
  if (!address || address.value().domain != links.domain) return false;
  const std::string local = local_part(address.value());
  const std::string ours = local_part({links.mailbox, links.domain});
  if (local == ours || local == "postmaster") return true;  // RFC 5321 4.5.1
  const std::string mailbox = local.substr(0, local.find('+'));
  return (mailbox == ours || mailbox == "b") &&
         find_token(address_tag(address.value()), links.keys).has_value();
}

std::string receive(Engine& engine, const Incoming& incoming) {
  if (const auto seen = storage::find_letter_by_hash(engine.db, incoming.sha256, incoming.recipient))
    return seen->outcome;
  const Recognised kind = recognise(incoming.letter, engine.settings.links.domain, engine.now());
  storage::LetterRow row{.id = LetterId{engine.settings.ids()},
                         .received_at = engine.now(),
                         .sha256 = incoming.sha256,
                         .message_id = incoming.letter.message_id,
                         .envelope_sender = incoming.sender,
                         .recipient = incoming.recipient,
                         .subject = incoming.letter.subject,
                         .kind = std::string(letter_kind_name(kind.kind)),
                         .outcome = {},
                         .introduction = {},
                         .raw = incoming.raw};
  // Many mail systems deliver one letter twice with other Received lines, perhaps to two daemons at once: its
  // Message-ID tells.
  if (!row.message_id.empty())
    storage::take_turns(engine.db, {storage::turn_number(row.message_id + ' ' + row.recipient)});
  const bool again =
      !row.message_id.empty() && storage::has_message_id(engine.db, row.message_id, row.recipient);
  row.outcome = again ? "the same letter again; nothing done" : act(engine, incoming, kind, row);
  storage::add_letter(engine.db, row);
  if (engine.settings.on_letter) engine.settings.on_letter(kind.kind);
  return row.outcome;
}

}  // namespace tertius::daemon
