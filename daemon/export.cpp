#include "daemon/export.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "daemon/export_settings.hpp"
#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/names.hpp"
#include "storage/noted_keys.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/storable.hpp"
#include "templates/render.hpp"
#include "web/requesters_view.hpp"

namespace tertius::daemon {

namespace {

namespace json = boost::json;

// What R may know; held answers, silent noes and questions to C are C's and T's own affair.
constexpr auto open_to_requester = std::to_array<std::string_view>(
    {"draft", "confirm", "ask", "forward", "revise", "resubmit", "redirect", "accept", "decline", "expire",
     "bounce", "withdraw", "report", "pass_on"});

json::array addresses_json(Engine& engine, PersonId person) {
  json::array out;
  for (const Address& address : storage::every_address_of(engine.db, person)) out.emplace_back(text(address));
  return out;
}

json::object person_json(Engine& engine, const Person& person) {
  return {{"name", person.name},
          {"organisation", person.organisation},
          {"title", person.title},
          {"profile_url", person.profile_url},
          {"addresses", addresses_json(engine, person.id)},
          {"language", person.language},
          {"member", person.member},
          {"stopped_all_mail", person.stopped},
          {"consent", storage::consent_name(person.consent)}};
}

// How others' files call them; whose words they are is those members' affair.
json::array called_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& words : storage::all_words_for(engine.db, person))
    out.push_back(
        json::object{{"name", words.name}, {"organisation", words.organisation}, {"title", words.title}});
  return out;
}

std::string label(Engine& engine, PersonId viewer, PersonId person) {
  return person_label(storage::as_seen_by(engine.db, viewer, storage::load_person(engine.db, person)));
}

json::array contacts_json(Engine& engine, PersonId person) {
  json::array out;
  for (const Tie& tie : storage::ties_of(engine.db, person))
    out.push_back(json::object{{"contact", label(engine, person, tie.contact)},
                               {"source", storage::tie_source_name(tie.source)},
                               {"evidence", tie.evidence},
                               {"since", moment(tie.since)}});
  return out;
}

// That somebody knows them is about them; who it is, is that member's affair.
json::array known_by_json(Engine& engine, PersonId person) {
  json::array out;
  for (const Tie& tie : storage::ties_to(engine.db, person))
    out.push_back(
        json::object{{"source", storage::tie_source_name(tie.source)}, {"since", moment(tie.since)}});
  return out;
}

json::array open_history(Engine& engine, IntroductionId id) {
  json::array out;
  for (const auto& entry : storage::load_history(engine.db, id))
    if (std::ranges::find(open_to_requester, entry.trigger) != open_to_requester.end())
      out.push_back(json::object{{"at", moment(entry.at)}, {"what", entry.trigger}});
  return out;
}

// Whom a label would call by their address is nobody before the two are introduced.
std::string name_for_requester(Engine& engine, const Introduction& intro) {
  const Cast cast = web::as_requester_sees(engine.db, intro, load_cast(engine.db, intro), {});
  const bool shown = intro.introduced_at || !cast.target.name.empty();
  return shown ? person_label(cast.target) : "somebody";
}

json::object as_requester(Engine& engine, const Introduction& intro) {
  return {{"role", "requester"},
          {"to", name_for_requester(engine, intro)},
          {"state", state_name(state_shown_to_requester(intro))},
          {"subject", intro.subject},
          {"cover_note", intro.cover_note},
          {"pitch", intro.pitch},
          {"endorsement", intro.forwarded_at ? intro.endorsement : ""},
          {"created_at", moment(intro.created_at)},
          {"history", open_history(engine, intro.id)}};
}

json::object as_connector(Engine& engine, const Introduction& intro, const Ask& ask) {
  // The texts may have been changed since, for somebody else.
  const bool is_last = ask.round == intro.asks.back().round;
  const auto of_last = [&](const std::string& words) { return is_last ? json::value(words) : json::value(); };
  return {{"role", "connector"},
          {"from", label(engine, ask.connector, intro.requester)},
          {"to", label(engine, ask.connector, intro.target)},
          {"cover_note", of_last(note_to_connector(intro))},
          {"pitch", of_last(intro.pitch)},
          {"vouching", is_last && passed_on_by(intro) ? json::value(intro.vouching) : json::value()},
          {"my_endorsement", of_last(intro.endorsement)},
          {"my_vouching", passed_on_by(intro) == ask.connector ? json::value(intro.vouching) : json::value()},
          {"asked_at", moment(ask.asked_at)},
          {"decided_at", moment(ask.decided_at)},
          {"my_decision", ask.decision ? json::value(decision_name(*ask.decision)) : json::value()}};
}

json::object as_target(Engine& engine, const Introduction& intro) {
  return {{"role", "target"},
          {"from", label(engine, intro.target, intro.requester)},
          {"pitch", intro.pitch},
          {"endorsement", intro.endorsement},
          {"forwarded_at", moment(intro.forwarded_at)},
          {"introduced_at", moment(intro.introduced_at)}};
}

json::array introductions_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& intro : storage::find_introductions_of(engine.db, person)) {
    if (intro.requester == person) out.push_back(as_requester(engine, intro));
    // Before it was forwarded, T knows of nothing.
    if (intro.target == person && intro.forwarded_at) out.push_back(as_target(engine, intro));
    for (const Ask& ask : intro.asks)
      if (ask.connector == person) out.push_back(as_connector(engine, intro, ask));
  }
  return out;
}

// A letter may be 25 MB, and all of this is one answer: the newest have their words, the others are listed.
json::array letters_json(Engine& engine, const std::vector<Address>& addresses) {
  constexpr std::size_t most_octets = 20'000'000;
  std::size_t octets = 0;
  json::array out;
  for (const Address& address : addresses)
    for (const auto& listed : storage::letters_from(engine.db, address)) {
      json::object entry{{"received_at", moment(listed.received_at)},
                         {"subject", storage::make_storable(listed.subject)}};
      const auto letter = octets < most_octets ? storage::find_letter(engine.db, listed.id) : std::nullopt;
      octets += letter ? letter->raw.size() : 0;
      if (letter) entry["raw"] = storage::make_storable(letter->raw);
      out.push_back(std::move(entry));
    }
  return out;
}

json::object notice_json(const storage::OutboxRow& row, bool with_words) {
  json::object out{{"kind", notice_name(row.kind)},
                   {"created_at", moment(row.created_at)},
                   {"sent_at", moment(row.sent_at)}};
  const auto rendered = with_words ? templates::render_plain_notice(row.kind, row.language, row.fields)
                                   : Result<templates::RenderedNotice>(Failure{});
  if (rendered) {
    out["subject"] = rendered.value().subject;
    out["text"] = rendered.value().text;
  }
  return out;
}

// Those that have gone out, and those that would not: what waits is nobody's yet, and may never be sent.
json::array notices_json(Engine& engine, const std::vector<Address>& addresses) {
  json::array out;
  std::size_t rendered = 0;
  for (const Address& address : addresses)
    for (const auto& row : storage::notices_to(engine.db, text(address))) {
      const bool is_sent = row.state == storage::OutboxState::sent;
      if (!is_sent && row.state != storage::OutboxState::failed) continue;
      const bool with_words = is_sent && row.fields != Fields{} && rendered < most_rendered;
      rendered += with_words;
      out.push_back(notice_json(row, with_words));
    }
  return out;
}

// What there is of anybody to whom mails went or from whom they came, be they in `people` or not.
void put_mails(Engine& engine, const std::vector<Address>& addresses, json::object& out) {
  out["letters"] = letters_json(engine, addresses);
  out["notices"] = notices_json(engine, addresses);
}

}  // namespace

json::object export_person(Engine& engine, PersonId id) {
  json::object out{{"community", engine.settings.community},
                   {"made_at", moment(engine.now())},
                   {"person", person_json(engine, storage::load_person(engine.db, id))},
                   {"called", called_json(engine, id)},
                   {"contacts", contacts_json(engine, id)},
                   {"known_by", known_by_json(engine, id)},
                   {"introductions", introductions_json(engine, id)}};
  put_mails(engine, storage::addresses_of(engine.db, id), out);
  for (const auto& setting : export_settings(engine, id)) out.insert(setting);
  return out;
}

json::object export_stranger(Engine& engine, const Address& address) {
  json::object out{{"community", engine.settings.community},
                   {"made_at", moment(engine.now())},
                   {"address", text(address)}};
  put_mails(engine, {address}, out);
  return out;
}

}  // namespace tertius::daemon
