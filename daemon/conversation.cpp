#include "daemon/conversation.hpp"

#include <algorithm>

#include "daemon/replies.hpp"
#include "mail/html_text.hpp"
#include "storage/keys.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

// Every address the letter may have been sent to; LMTP has the token in RCPT TO alone, IMAP in Delivered-To.
std::vector<std::string> recipients(const Incoming& incoming) {
  std::vector<std::string> out{incoming.recipient};
  for (const auto& list : {incoming.letter.to, incoming.letter.cc}) {
    for (const auto& mailbox : list) out.push_back(mailbox.address);
  }
  for (const char* name : {"Delivered-To", "X-Original-To", "Envelope-To"}) {
    out.emplace_back(find_header(incoming.letter, name));
  }
  return out;
}

std::optional<Token> token_in(const Links& links, const std::string& recipient) {
  const auto address = parse_address(recipient);
  if (!address || address.value().domain != links.domain) return std::nullopt;
  return find_token(address_tag(address.value()), links.keys);
}

std::optional<Conversation> from_token(Engine& engine, const Token& token, Time as_of) {
  if (token.use == TokenUse::bounce) {
    auto notice = storage::find_notice(engine.db, NoticeId{token.subject});
    if (!notice || !notice->introduction) return std::nullopt;
    return Conversation{*notice->introduction, notice->role, token.round, true, std::move(notice)};
  }
  if (token.use != TokenUse::reply || token.subject == 0) return std::nullopt;
  const IntroductionId id{token.subject};
  return Conversation{id, token.role, token.round, false,
                      storage::find_latest_notice(engine.db, id, token.role, as_of)};
}

// A Message-ID stands in every copy and archive of an answer: whoever had the mail answers it, or an address
// of theirs.
bool is_by_recipient(Engine& engine, const storage::OutboxRow& notice, const Letter& letter) {
  const auto writer = find_writer(letter);
  if (!writer) return false;
  if (address_key(*writer) == storage::recipient_key(notice.recipient)) return true;
  const auto known = storage::find_person_by_address(engine.db, *writer);
  return known && known->id == notice.person;
}

// s-nail ignores Reply-To: its answer reaches plain intro@ and is linked by its references alone.
std::optional<Conversation> from_references(Engine& engine, const Incoming& incoming) {
  for (auto id = incoming.letter.references.rbegin(); id != incoming.letter.references.rend(); ++id) {
    auto notice = storage::find_notice_by_message_id(engine.db, *id);
    if (!notice || !notice->introduction || !is_by_recipient(engine, *notice, incoming.letter)) continue;
    const auto token = token_in(engine.settings.links, notice->fields.values["REPLY_ADDRESS"]);
    return Conversation{*notice->introduction, notice->role, token ? token->round : 0, false,
                        std::move(notice)};
  }
  return std::nullopt;
}

}  // namespace

std::optional<Conversation> find_conversation(Engine& engine, const Incoming& incoming, Time as_of) {
  for (const auto& recipient : recipients(incoming)) {
    if (const auto token = token_in(engine.settings.links, recipient)) {
      if (auto found = from_token(engine, *token, as_of)) return found;
    }
  }
  return from_references(engine, incoming);
}

std::string text_of(const std::optional<storage::OutboxRow>& notice) {
  if (!notice) return {};
  const auto rendered = templates::render_notice(notice->kind, notice->language, notice->fields);
  if (!rendered) return {};
  // Clients quote either part, and an operator's own templates may say different things in the two.
  return rendered.value().text + "\n" + mail::html_text(rendered.value().html);
}

}  // namespace tertius::daemon
