#include "web/api_json.hpp"

#include <boost/json/array.hpp>

#include "storage/people.hpp"
#include "storage/visible_people.hpp"
#include "web/requesters_view.hpp"
#include "web/told_history.hpp"

namespace tertius::web {

namespace json = boost::json;

namespace {

bool read_digits(std::string_view text, std::size_t at, std::size_t count, int& out) {
  if (text.size() < at + count) return false;
  const char* const begin = text.data() + at;
  const auto [end, error] = std::from_chars(begin, begin + count, out);
  return error == std::errc{} && end == begin + count && out >= 0;
}

json::value held_json(const Introduction& introduction, std::optional<Role> by) {
  const auto& held = introduction.held;
  if (!held || (by && held->by != *by)) return nullptr;
  return json::object{{"by", role_name(held->by)},
                      {"decision", decision_name(held->decision.kind)},
                      {"note", held->decision.note},
                      {"silent", held->decision.silent},
                      {"until", json_time(held->decision.until)},
                      {"redirect_to", held->decision.redirect_to},
                      {"effective_at", json_time(held->effective_at)}};
}

json::array history_json(const Desk& desk, const Introduction& introduction, PersonId person) {
  json::array out;
  for (const Told& told : told_history(desk.db, introduction, person))
    out.push_back(json::object{{"at", json_time(told.at)}, {"what", told.words}});
  return out;
}

json::value connector_json(const Introduction& introduction, const Cast& cast) {
  if (!current_connector(introduction)) return nullptr;
  return person_json(cast.connector, introduction.introduced_at.has_value());
}

void put_requesters_part(json::object& out, const Desk& desk, const Introduction& introduction) {
  const State shown = state_shown_to_requester(introduction);
  out["cover_note"] = introduction.cover_note;
  out["purpose"] = introduction.purpose;
  out["question"] = shown == State::revising || shown == State::redirected ? introduction.question : "";
  out["can_be_withdrawn"] = may_be_withdrawn(introduction.state);
  out["history"] = history_json(desk, introduction, introduction.requester);
}

// On a long way; else there is nobody.
json::value way_json(const Person& person) {
  return person.id == PersonId{} ? json::value() : person_json(person);
}

void put_deciders_part(json::object& out, const Introduction& introduction, const Cast& cast, Role role) {
  if (role == Role::connector) {
    out["cover_note"] = note_to_connector(introduction);
    out["purpose"] = introduction.purpose;
    out["passed_on_by"] = way_json(cast.before);
    out["vouching"] = passed_on_by(introduction) ? introduction.vouching : "";
    out["passes_on_to"] = way_json(cast.next);
  }
  out["held"] = held_json(introduction, role);
  out["awaits_you"] = decider(introduction.state) == role && out["held"].is_null();
}

}  // namespace

std::string json_time(Time time) {
  const std::string text = time_text(time);  // "2026-03-09 14:05 UTC"
  const auto seconds = unix_seconds(time) % 60;
  return text.substr(0, 10) + "T" + text.substr(11, 5) + (seconds < 10 ? ":0" : ":") +
         std::to_string(seconds) + "Z";
}

json::value json_time(const std::optional<Time>& time) {
  return time ? json::value(json_time(*time)) : json::value();
}

std::optional<Time> find_time(std::string_view text) {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  if (!read_digits(text, 0, 4, year) || !read_digits(text, 5, 2, month) || !read_digits(text, 8, 2, day))
    return std::nullopt;
  if (text[4] != '-' || text[7] != '-') return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok()) return std::nullopt;
  const Time midnight{std::chrono::sys_days{date}};
  if (text.size() == 10) return midnight;
  const bool is_whole = text.size() == 20 && text[10] == 'T' && text[13] == ':' && text[16] == ':' &&
                        text[19] == 'Z' && read_digits(text, 11, 2, hour) &&
                        read_digits(text, 14, 2, minute) && read_digits(text, 17, 2, second);
  if (!is_whole || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return midnight + std::chrono::hours{hour} + std::chrono::minutes{minute} + std::chrono::seconds{second};
}

json::object person_json(const Person& person) {
  return {{"id", person.id == PersonId{} ? json::value() : json::value(id_text(person.id))},
          {"name", person.name},
          {"organisation", person.organisation},
          {"title", person.title},
          {"member", person.member}};
}

json::object person_json(const Person& person, bool with_address) {
  json::object out = person_json(person);
  if (with_address) out["address"] = person.address ? json::value(text(*person.address)) : json::value();
  return out;
}

json::object target_json(const Desk& desk, PersonId requester, const Person& target) {
  json::object out = person_json(target);
  if (!storage::may_see(desk.db, requester, target.id)) out["id"] = nullptr;
  return out;
}

json::object introduction_json(const Desk& desk, const Introduction& introduction, Role role) {
  const Cast cast = cast_shown_to(desk, introduction, role);
  const bool introduced = introduction.introduced_at.has_value();
  const bool knows_endorsement = role != Role::requester || introduction.forwarded_at || introduced;
  json::object out{{"id", id_text(introduction.id)},
                   {"role", role_name(role)},
                   {"state", state_name(state_shown_to(introduction, role))},
                   {"requester", person_json(cast.requester, introduced)},
                   {"connector", connector_json(introduction, cast)},
                   {"target", role == Role::requester && !introduced
                                  ? target_json(desk, introduction.requester, cast.target)
                                  : person_json(cast.target, introduced)},
                   {"subject", introduction.subject},
                   {"pitch", introduction.pitch},
                   {"endorsement", knows_endorsement ? introduction.endorsement : ""},
                   {"revision", introduction.revision},
                   {"created_at", json_time(introduction.created_at)},
                   {"introduced_at", json_time(introduction.introduced_at)}};
  if (role == Role::requester)
    put_requesters_part(out, desk, introduction);
  else
    put_deciders_part(out, introduction, cast, role);
  return out;
}

json::object whole_introduction_json(const Desk& desk, const Introduction& introduction) {
  const Cast cast = desk.cast(introduction);
  json::value connector;
  if (current_connector(introduction)) connector = person_json(cast.connector, true);
  return {{"id", id_text(introduction.id)},
          {"state", state_name(introduction.state)},
          {"requester", person_json(cast.requester, true)},
          {"connector", connector},
          {"target", person_json(cast.target, true)},
          {"subject", introduction.subject},
          {"cover_note", introduction.cover_note},
          {"vouching", introduction.vouching},
          {"pitch", introduction.pitch},
          {"endorsement", introduction.endorsement},
          {"question", introduction.question},
          {"revision", introduction.revision},
          {"held", held_json(introduction, std::nullopt)},
          {"outcome", outcome_name(introduction.outcome)},
          {"created_at", json_time(introduction.created_at)},
          {"state_since", json_time(introduction.state_since)},
          {"forwarded_at", json_time(introduction.forwarded_at)},
          {"introduced_at", json_time(introduction.introduced_at)}};
}

}  // namespace tertius::web
