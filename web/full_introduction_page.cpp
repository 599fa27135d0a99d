// One introduction with all that the operator may see and nobody else: held and silent answers, addresses,
// every step, every mail.
#include <algorithm>

#include "storage/people.hpp"
#include "web/dashboard_pages.hpp"
#include "web/record_parts.hpp"

namespace tertius::web {

namespace {

constexpr int most_mails = 100;

std::string with_address(const Person& person) {
  return person_label(person) + (person.address ? ", " + text(*person.address) : ", no address") +
         (person.stopped ? ", has stopped all mail" : "");
}

std::string person_text(const Call& call, PersonId id) {
  const auto person = storage::find_person(call.desk.db, id);
  return person ? with_address(*person) : "a person who was erased";
}

std::string decision_text(const Decision& decision) {
  return std::string(decision_name(decision.kind)) + (decision.silent ? ", silently" : "") +
         (decision.until ? ", until " + time_text(*decision.until) : "") +
         (decision.redirect_to.empty() ? "" : ", to " + decision.redirect_to) +
         (decision.note.empty() ? "" : ": \"" + decision.note + "\"");
}

std::string held_text(const Held& held) {
  return decision_text(held.decision) + ". By the " + std::string(role_name(held.by)) + " (" +
         std::string(channel_name(held.channel)) + "), takes effect at " + time_text(held.effective_at) + ".";
}

// Also where it has run out since, and where the answer is still held.
bool was_declined_silently(const Introduction& introduction,
                           const std::vector<storage::HistoryRow>& history) {
  return (introduction.held && introduction.held->decision.silent) ||
         std::ranges::any_of(history, [](const auto& step) { return step.to == State::declined_silently; });
}

void put_fact(Fields& fields, const std::string& name, const std::string& value) {
  if (!value.empty()) fields.sections["FACTS"].push_back(row({{"NAME", name}, {"VALUE", value}}));
}

void put_facts(Fields& fields, const Introduction& intro) {
  const auto moment = [](const std::optional<Time>& time) { return time ? time_text(*time) : std::string(); };
  put_fact(fields, "In this state since", time_text(intro.state_since));
  put_fact(fields, "Forwarded", moment(intro.forwarded_at));
  put_fact(fields, "Introduced", moment(intro.introduced_at));
  put_fact(fields, "Clock paused until", moment(intro.paused_until));
  put_fact(fields, "Version of the words", std::to_string(intro.revision));
  put_fact(fields, "Reminders", std::to_string(intro.reminders));
  put_fact(fields, "Confirmed by the requester", intro.confirmed ? "yes" : "no");
  if (intro.connector_must_press) put_fact(fields, "Contradiction", "the connector's answer needs a press");
  if (intro.target_must_press) put_fact(fields, "Contradiction", "the target's answer needs a press");
  if (intro.outcome != Outcome::unknown)
    put_fact(fields, "Outcome", std::string(outcome_name(intro.outcome)));
}

void put_asks(const Call& call, Fields& fields, const Introduction& intro) {
  for (const Ask& ask : intro.asks) {
    const std::string answer =
        ask.decision ? std::string(decision_name(*ask.decision)) + ", " + time_text(*ask.decided_at) : "none";
    fields.sections["ASKS"].push_back(row({{"CONNECTOR", person_text(call, ask.connector)},
                                           {"WHEN", time_text(ask.asked_at)},
                                           {"UNTIL", time_text(ask.expires_at)},
                                           {"ANSWER", answer}}));
  }
}

void put_words(const Call& call, Fields& fields, const Introduction& intro) {
  const auto put = [&](const char* label, const std::string& words) {
    if (!words.empty())
      fields.sections["WORDS"].push_back(row({{"LABEL", label}, {"TEXT", shown(call, words)}}));
  };
  put("Subject", intro.subject);
  put("Cover note: the requester's private words to the connector", intro.cover_note);
  put("Pitch: the requester's words to the target", intro.pitch);
  put("Purpose", intro.purpose);
  put("Endorsement: what the connector adds", intro.endorsement);
  put("Vouching: what whoever passed it on wrote to the next connector", intro.vouching);
  put("What the connector wants changed, or whom instead", intro.question);
}

void put_mails(const Call& call, Fields& fields, IntroductionId id) {
  const storage::MailSearch search{
      .words = std::to_string(number(id)), .kind = {}, .limit = most_mails, .window = 1};
  for (const auto& letter : storage::search_letters(call.desk.db, search).rows)
    if (letter.introduction == id) fields.sections["LETTERS"].push_back(letter_line(call, letter));
  for (const auto& notice : storage::search_notices(call.desk.db, search).rows)
    if (notice.introduction == id) fields.sections["NOTICES"].push_back(notice_line(call, notice));
}

HttpResponse introduction_page(const Call& call, const Introduction& intro) {
  Fields fields = row({{"STATE", spoken(state_name(intro.state))},
                       {"STATE_KIND", state_words(intro.state).kind},
                       {"NUMBER", std::to_string(number(intro.id))},
                       {"REQUESTER", person_text(call, intro.requester)},
                       {"TARGET", person_text(call, intro.target)},
                       {"WHEN", time_text(intro.created_at)},
                       {"SHOWN_STATE", state_words(state_shown_to_requester(intro)).text}});
  for (const PersonId connector : intro.connectors)
    fields.sections["CONNECTORS"].push_back(row({{"CONNECTOR", person_text(call, connector)}}));
  if (was_declined_silently(intro, storage::load_history(call.desk.db, intro.id)))
    fields.sections["SILENT"] = {Fields{}};
  if (intro.held) fields.sections["HELD"] = {row({{"HELD_TEXT", shown(call, held_text(*intro.held))}})};
  put_facts(fields, intro);
  put_asks(call, fields, intro);
  put_full_history(call, fields, intro.id);
  put_mails(call, fields, intro.id);
  put_words(call, fields, intro);
  const auto requester = storage::find_person(call.desk.db, intro.requester);
  const auto target = storage::find_person(call.desk.db, intro.target);
  const std::string title =
      (requester ? requester->name : "Somebody") + " to " + (target ? target->name : "somebody");
  return page(call, "dashboard_introduction", title, std::move(fields));
}

}  // namespace

HttpResponse show_full_introduction(const Call& call) {
  const std::string asked = field(call.form, "id");
  if (call.parts.size() == 2 && !asked.empty() && asked.find_first_not_of("0123456789") == asked.npos)
    return see_other("/dashboard/introductions/" + asked);
  const auto id = path_number(call);
  const auto intro = id && call.parts.size() == 3
                         ? storage::find_introduction(call.desk.db, IntroductionId{*id})
                         : std::nullopt;
  if (intro) return introduction_page(call, *intro);
  return message(call, 404, "No such introduction", "There is no introduction of that number.",
                 "Letters and mails name theirs; tertius list lists them.");
}

}  // namespace tertius::web
