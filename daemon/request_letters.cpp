// New requests by mail.
#include <algorithm>

#include "broker/reply_meaning.hpp"
#include "broker/reply_text.hpp"
#include "broker/sender_check.hpp"
#include "daemon/asking.hpp"
#include "daemon/replies.hpp"
#include "daemon/revising.hpp"
#include "storage/letters.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

// A request is new text throughout. Its own line of dashes is not to be taken for a signature's: only two
// dashes and a space (RFC 3676 4.3) begin one.
std::string without_signature(const std::string& text) {
  if (text.starts_with("-- \n")) return {};
  return text.substr(0, text.find("\n-- \n"));
}

// R's letter went to C in Cc: C's "Happy to!" to all of us is no request. The decision is asked for by our
// own mail.
bool answers_a_letter_we_have(Engine& engine, const Incoming& incoming) {
  return std::ranges::any_of(incoming.letter.references, [&](const std::string& id) {
    return storage::has_message_id(engine.db, id, incoming.recipient);
  });
}

}  // namespace

std::string receive_request(Engine& engine, const Incoming& incoming) {
  const auto from = find_writer(incoming.letter);
  if (!from) return "no single sender; nothing done";
  const auto person = storage::find_person_by_address(engine.db, *from);
  const bool member = person && person->member;
  const bool is_request = split_at_dashes(text_outside_quote(incoming.letter)).has_value();
  // "stop" to the plain address, or in answer to a mail that has no conversation.
  if (!is_request && person && is_theirs(engine, *from, person->id, incoming.letter) &&
      reply_meaning(reply_text(incoming.letter).text, Role::target, engine.now()).kind == MeaningKind::stop) {
    stop_person(engine, person->id);
    return "stop: no more mail to this person";
  }
  if (!is_request && answers_a_letter_we_have(engine, incoming))
    return "an answer to a member's letter, not to one of ours";
  if (!member && storage::answered_since(engine.db, text(*from), NoticeKind::problem,
                                         engine.now() - one_answer_within)) {
    return "from a stranger who was answered today";
  }
  auto request =
      make_request(incoming.letter, without_signature(incoming.letter.text), engine.settings.links.domain);
  if (!request)
    return answer_turned(engine, *from, person, {{request.error().what}, {request.error().hint}, {}, {}});
  const bool proven = is_authenticated(incoming.letter, *from, engine.settings.trusted_authserv_id);
  const SubmitResult result = submit(engine, request.value(), proven);
  if (const auto* turned = std::get_if<Turned>(&result))
    return answer_turned(engine, *from, person, *turned, request.value());
  const auto& introduction = std::get<Introduction>(result);
  return "a request, now " + std::string(state_name(introduction.state));
}

}  // namespace tertius::daemon
