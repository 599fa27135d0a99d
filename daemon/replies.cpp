#include "daemon/replies.hpp"

#include <algorithm>
#include <array>

#include "broker/reply_meaning.hpp"
#include "broker/reply_text.hpp"
#include "broker/sender_check.hpp"
#include "daemon/asking.hpp"
#include "daemon/revising.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

std::optional<Address> find_writer(const Letter& letter) {
  if (letter.from.size() != 1) return std::nullopt;
  const auto address = parse_address(letter.from.front().address);
  return address ? std::optional(address.value()) : std::nullopt;
}

namespace {

Decision decision_of(const Meaning& meaning) {
  Decision out{.kind = DecisionKind::forward,
               .note = meaning.note,
               .until = meaning.until,
               .redirect_to = meaning.redirect_to};
  switch (meaning.kind) {
    case MeaningKind::forward: out.kind = DecisionKind::forward; break;
    case MeaningKind::decline: out.kind = DecisionKind::decline; break;
    case MeaningKind::revise: out.kind = DecisionKind::revise; break;
    case MeaningKind::redirect: out.kind = DecisionKind::redirect; break;
    case MeaningKind::later: out.kind = DecisionKind::later; break;
    case MeaningKind::accept: out.kind = DecisionKind::accept; break;
    case MeaningKind::stop:
    case MeaningKind::unclear: break;
  }
  return out;
}

void answer_problem(Engine& engine, const Address& to, const std::optional<Person>& person,
                    const Wording& what, const Wording& hint) {
  std::vector<Wording> remark{what};
  if (!hint.english.empty()) remark.push_back(hint);
  post_answer(
      engine,
      {.kind = NoticeKind::problem, .to = to, .person = person, .remark = std::move(remark), .fields = {}});
}

// Once a day in each conversation: whoever is asked by two people has two questions open.
bool was_asked_again(Engine& engine, IntroductionId introduction, const std::string& recipient) {
  const auto notices = storage::notices_to(engine.db, recipient);
  return std::any_of(notices.begin(), notices.end(), [&](const storage::OutboxRow& row) {
    return row.kind == NoticeKind::could_not_tell && row.introduction == introduction &&
           row.created_at >= engine.now() - one_answer_within && row.state != storage::OutboxState::failed;
  });
}

// Once a day, but always where it takes back what was about to go out.
std::string ask_again(Engine& engine, const Conversation& conversation, const Introduction& introduction,
                      const std::string& recipient, const Unclear& unclear) {
  const std::string understood = say(unclear.understood);
  const bool takes_back = unclear.theirs && introduction.held && introduction.held->by == unclear.by;
  if (!takes_back && was_asked_again(engine, conversation.introduction, recipient)) {
    return "not clear, and asked again already today: " + understood;
  }
  const Applied applied = apply(engine, conversation.introduction, unclear);
  if (std::holds_alternative<Refusal>(applied)) return "not clear, and nothing is awaited: " + understood;
  return "not clear, asked again: " + understood;
}

std::string excerpt(const std::string& text) {
  constexpr std::size_t enough = 200;
  if (text.size() <= enough) return text;
  std::size_t end = enough;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
  return text.substr(0, end) + " ...";
}

std::string decide(Engine& engine, const Incoming& incoming, const Conversation& conversation,
                   const Person& person, const Meaning& meaning) {
  const Decided event{conversation.role, decision_of(meaning), Channel::reply,
                      "letter" + incoming.sha256.substr(0, 16)};
  const Applied applied = apply(engine, conversation.introduction, event);
  if (const auto* refusal = std::get_if<Refusal>(&applied)) {
    const auto& words = refusal_text(*refusal);
    answer_problem(engine, *person.address, person, {std::string(words.what)}, {std::string(words.hint)});
    return "refused: " + std::string(words.what);
  }
  return std::string(meaning_name(meaning.kind)) + " by the " + std::string(role_name(conversation.role));
}

// An answer of C or T.
std::string receive_decision(Engine& engine, const Incoming& incoming, const Conversation& conversation,
                             const Introduction& introduction, const Person& person) {
  const bool outdated = conversation.round != static_cast<int>(introduction.asks.size());
  const std::string notice = text_of(conversation.notice);
  const ReplyText reply = reply_text(incoming.letter, notice);
  const std::string& said = reply.text;
  const Meaning meaning = reply_meaning(reply, conversation.role, engine.now(), notice);
  const auto from = find_writer(incoming.letter);
  if (!from || !is_theirs(engine, *from, person.id, incoming.letter)) {
    const Wording whom = from ? verbatim(text(*from)) : wording("an unreadable sender");
    return ask_again(engine, conversation, introduction, text(*person.address),
                     {conversation.role,
                      wording("An answer (\"{}\") came from {}, and we could not tell whether it was you.",
                              excerpt(said), whom),
                      false});
  }
  if (meaning.kind == MeaningKind::stop) {
    stop_person(engine, person.id);
    return "stop: no more mail to this person";
  }
  if (outdated)
    return ask_again(engine, conversation, introduction, text(*person.address),
                     {conversation.role,
                      wording("You answered an earlier version of this request; this is the present one.")});
  if (meaning.kind == MeaningKind::unclear) {
    const Wording heard = said.empty() ? wording("Your answer had no words of its own.")
                                       : wording("You wrote: \"{}\"", excerpt(said));
    return ask_again(engine, conversation, introduction, text(*person.address), {conversation.role, heard});
  }
  return decide(engine, incoming, conversation, person, meaning);
}

// The word alone: a new pitch may begin with anything.
bool is_withdrawal(const std::string& said) {
  constexpr std::array words = {"withdraw", "zur\u00fcckziehen", "retirer",      "retirar",
                                "ritira",   "intrekken",         "dra tillbaka", "wycofaj"};
  std::string word;
  for (const char c : said)
    if (std::string_view(".!\n").find(c) == std::string_view::npos)
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return std::ranges::find(words, word) != words.end();
}

// What R's answer means depends on what R was last asked.
std::optional<Event> requester_event(const Introduction& introduction, const std::string& said, Time now) {
  const Meaning meaning = reply_meaning(said, Role::requester, now);
  if (introduction.state == State::introduced) {
    if (meaning.kind == MeaningKind::accept) return OutcomeReported{Outcome::spoke};
    if (meaning.kind == MeaningKind::decline) return OutcomeReported{Outcome::did_not_speak};
    return std::nullopt;
  }
  if (is_withdrawal(said)) return Withdrawn{};
  return std::nullopt;
}

std::string receive_requesters_answer(Engine& engine, const Incoming& incoming,
                                      const Conversation& conversation, const Introduction& introduction,
                                      const Person& person) {
  const auto from = find_writer(incoming.letter);
  if (!from || !is_theirs(engine, *from, person.id, incoming.letter))
    return "not provably from the requester; nothing done";
  const ReplyText reply = reply_text(incoming.letter, text_of(conversation.notice));
  const std::string said = reply.disagrees ? std::string() : reply.text;
  if (reply_meaning(said, Role::requester, engine.now()).kind == MeaningKind::stop) {
    stop_person(engine, person.id);
    return "stop: no more mail to this person";
  }
  std::optional<Event> event = requester_event(introduction, said, engine.now());
  if (!event && introduction.state == State::revising) {
    auto revision = revise(engine, introduction, incoming.letter, *from);
    if (const auto* told = std::get_if<std::string>(&revision)) return *told;
    event = std::get<Resubmitted>(std::move(revision));
  }
  if (event) {
    const Applied applied = apply(engine, introduction.id, *event);
    if (!std::holds_alternative<Refusal>(applied))
      return std::string(event_name(*event)) + " by the requester";
  }
  if (storage::answered_since(engine.db, text(*person.address), NoticeKind::problem,
                              engine.now() - one_answer_within))
    return "not understood, and said so already today";
  answer_problem(engine, *person.address, person,
                 wording("We could not tell what your answer means: \"{}\"", excerpt(reply.text)),
                 wording("Open the page of your request, or answer with the one word withdraw."));
  return "not understood; said so";
}

// Who has been passed over decides nothing any more, but may stop all mail.
std::string receive_late_answer(Engine& engine, const Incoming& incoming, const Conversation& conversation,
                                const Person& person) {
  const auto from = find_writer(incoming.letter);
  const std::string said = reply_text(incoming.letter, text_of(conversation.notice)).text;
  if (!from || !is_theirs(engine, *from, person.id, incoming.letter) ||
      reply_meaning(said, conversation.role, engine.now()).kind != MeaningKind::stop)
    return "an answer by a connector who is not asked any more";
  stop_person(engine, person.id);
  return "stop: no more mail to this person";
}

}  // namespace

bool is_theirs(Engine& engine, const Address& from, PersonId person, const Letter& letter) {
  const auto known = storage::find_person_by_address(engine.db, from);
  if (!known || known->id != person) return false;
  const auto& pinned = engine.settings.trusted_authserv_id;
  return pinned.empty() || is_authenticated(letter, from, pinned);
}

std::string receive_reply(Engine& engine, const Incoming& incoming, const Conversation& conversation) {
  const auto introduction = storage::find_introduction(engine.db, conversation.introduction);
  if (!introduction) return "an answer to a request that no longer exists";
  std::optional<PersonId> id = person_in(*introduction, conversation.role);
  const auto round = static_cast<std::size_t>(conversation.round);
  if (conversation.role == Role::connector && round >= 1 && round <= introduction->asks.size())
    id = introduction->asks[round - 1].connector;
  if (!id) return "an answer by nobody in this introduction";
  const Person person = storage::load_person(engine.db, *id);
  if (!person.address) return "an answer by somebody without an address";
  if (conversation.role == Role::requester)
    return receive_requesters_answer(engine, incoming, conversation, *introduction, person);
  if (id != person_in(*introduction, conversation.role))
    return receive_late_answer(engine, incoming, conversation, person);
  return receive_decision(engine, incoming, conversation, *introduction, person);
}

}  // namespace tertius::daemon
