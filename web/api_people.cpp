// The API's people: whom one may see, one's own settings, whom one knows, and who can introduce one.
#include <boost/json/array.hpp>
#include <cmath>

#include "storage/names.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/people_page.hpp"
#include "storage/preferences.hpp"
#include "templates/render.hpp"
#include "web/api_call.hpp"
#include "web/api_json.hpp"

namespace tertius::web {

namespace json = boost::json;

namespace {

std::optional<HttpResponse> refuse_stranger(const ApiCall& call) {
  if (call.person.member) return std::nullopt;
  return problem(call, {"not_a_member", "This token's person is not a member.", "Ask the operator to join."});
}

// ---- settings ----

json::value number_json(const std::optional<int>& number) {
  return number ? json::value(*number) : json::value();
}

json::object me_json(const ApiCall& call, const Person& me) {
  const Preferences preferences = storage::load_preferences(call.desk.db, me.id);
  json::object out = person_json(me, true);
  out["stopped"] = me.stopped;
  out["language"] = me.language;
  out["consent"] = storage::consent_name(me.consent);
  out["click_policy"] =
      preferences.click_policy ? json::value(click_policy_name(*preferences.click_policy)) : json::value();
  out["shown_as_connector"] = shown_name(preferences.shown);
  out["quiet_from"] = number_json(preferences.quiet_from);
  out["quiet_to"] = number_json(preferences.quiet_to);
  out["max_open_asks"] = number_json(preferences.max_open_asks);
  return out;
}

struct Settings {
  Person person;
  Preferences preferences;
};

// A whole number in bounds, or null.
std::optional<ApiProblem> take_number(const json::object& body, std::string_view name, int least, int most,
                                      std::optional<int>& out) {
  out.reset();
  const auto number = number_in(body, name);
  if (!number) return std::nullopt;
  if (*number < least || *number > most || *number != std::floor(*number))
    return wrong_member(name, "has to be a whole number from " + std::to_string(least) + " to " +
                                  std::to_string(most) + ", or null");
  out = static_cast<int>(*number);
  return std::nullopt;
}

std::optional<ApiProblem> take_names(const json::object& body, ClickPolicy least, Settings& out) {
  const auto languages = templates::languages();
  out.person.language = text_in(body, "language");
  if (std::ranges::find(languages, out.person.language) == languages.end())
    return wrong_member("language", "is no language that there are mails in");
  const auto consent = storage::find_consent(text_in(body, "consent"));
  if (!consent) return wrong_member("consent", "has to be ask_first, straight or never");
  out.person.consent = *consent;
  const auto shown = find_shown(text_in(body, "shown_as_connector"));
  if (!shown) return wrong_member("shown_as_connector", "has to be named, anonymous or no");
  out.preferences.shown = *shown;
  const std::string policy = text_in(body, "click_policy");
  out.preferences.click_policy = find_click_policy(policy);
  if (!body.at("click_policy").is_null() && !out.preferences.click_policy)
    return wrong_member("click_policy", "has to be one_click, bound, strict, reply_only, or null");
  if (out.preferences.click_policy && *out.preferences.click_policy < least)
    return wrong_member("click_policy", "has to be as strict as the community's, or null");
  return std::nullopt;
}

std::optional<ApiProblem> take_settings(const json::object& body, ClickPolicy least, Settings& out) {
  constexpr int last_hour = 23;
  if (auto wrong = take_names(body, least, out)) return wrong;
  if (auto wrong = take_number(body, "quiet_from", 0, last_hour, out.preferences.quiet_from)) return wrong;
  if (auto wrong = take_number(body, "quiet_to", 0, last_hour, out.preferences.quiet_to)) return wrong;
  if (out.preferences.quiet_from.has_value() != out.preferences.quiet_to.has_value())
    return wrong_member("quiet_to", "and \"quiet_from\" are both hours, or both null");
  return take_number(body, "max_open_asks", 1, most_open_asks, out.preferences.max_open_asks);
}

// ---- ties ----

Person seen(const ApiCall& call, const Person& person) {
  return storage::as_seen_by(call.desk.db, call.person.id, person);
}

json::object tie_json(const ApiCall& call, const Tie& tie) {
  return {{"person", person_json(seen(call, storage::load_person(call.desk.db, tie.contact)))},
          {"source", storage::tie_source_name(tie.source)},
          {"strength", tie.strength},
          {"since", json_time(tie.since)},
          {"evidence", tie.evidence}};
}

std::optional<Person> find_visible(const ApiCall& call, std::string_view id) {
  const auto wanted = find_id<PersonId>(id);
  auto person = wanted ? storage::find_person(call.desk.db, *wanted) : std::nullopt;
  if (!person || !may_see(call.desk, call.person.id, person->id)) return std::nullopt;
  return seen(call, *person);
}

}  // namespace

HttpResponse api_list_people(const ApiCall& call) {
  if (auto refusal = refuse_stranger(call)) return *refusal;
  const auto paging = read_paging(call, 2);
  if (const auto* wrong = std::get_if<ApiProblem>(&paging)) return problem(call, *wrong);
  const auto& [limit, behind] = std::get<Paging>(paging);
  storage::NamePlace place;
  if (!behind.empty()) place = {behind[0], find_id<std::int64_t>(behind[1]).value_or(0)};
  const auto people =
      storage::people_page(call.desk.db, call.person.id, field(call.query, "q"), place, limit + 1);
  json::array items;
  std::string next;
  for (const Person& person : people) {
    if (static_cast<int>(items.size()) == limit) {
      const auto last = storage::place_of(people[items.size() - 1]);
      next = make_cursor(std::array{last.folded_name, std::to_string(last.id)});
      break;
    }
    items.push_back(person_json(seen(call, person)));
  }
  return page_of(call, std::move(items), next);
}

HttpResponse api_show_me(const ApiCall& call) { return json_response(200, me_json(call, call.person)); }

HttpResponse api_change_me(const ApiCall& call) {
  if (auto refusal = refuse_changed(call, me_json(call, call.person))) return *refusal;
  Settings settings{call.person, {}};
  if (const auto wrong = take_settings(call.body, call.desk.policy.click, settings))
    return problem(call, *wrong);
  storage::save_person(call.desk.db, settings.person);
  storage::save_preferences(call.desk.db, call.person.id, settings.preferences);
  return json_response(200, me_json(call, settings.person));
}

HttpResponse api_list_ties(const ApiCall& call) {
  if (auto refusal = refuse_stranger(call)) return *refusal;
  const auto paging = read_paging(call, 2);
  if (const auto* wrong = std::get_if<ApiProblem>(&paging)) return problem(call, *wrong);
  const auto& [limit, behind] = std::get<Paging>(paging);
  const auto contact = behind.empty() ? 0 : find_id<std::int64_t>(behind[0]).value_or(0);
  const std::string source = behind.empty() ? "" : behind[1];
  const auto ties =
      storage::ties_of_behind(call.desk.db, call.person.id, PersonId{contact}, source, limit + 1);
  json::array items;
  std::string next;
  for (const Tie& tie : ties) {
    if (static_cast<int>(items.size()) == limit) {
      const Tie& last = ties[items.size() - 1];
      next =
          make_cursor(std::array{id_text(last.contact), std::string(storage::tie_source_name(last.source))});
      break;
    }
    items.push_back(tie_json(call, tie));
  }
  return page_of(call, std::move(items), next);
}

HttpResponse api_put_tie(const ApiCall& call) {
  if (auto refusal = refuse_stranger(call)) return *refusal;
  const auto person = find_visible(call, call.values[0]);
  if (!person || person->id == call.person.id) return not_found(call);
  const double strength = number_in(call.body, "strength").value_or(0);
  if (!(strength > 0 && strength <= 1))
    return problem(call, wrong_member("strength", "has to be more than 0 and at most 1"));
  const Tie tie{call.person.id, person->id, TieSource::rating, strength, call.desk.now, ""};
  storage::put_tie(call.desk.db, tie);
  return json_response(200, tie_json(call, tie));
}

HttpResponse api_delete_ties(const ApiCall& call) {
  const auto contact = find_id<PersonId>(call.values[0]);
  if (!contact || storage::delete_ties(call.desk.db, call.person.id, *contact) == 0) return not_found(call);
  call.desk.wake();
  return nothing_left();
}

HttpResponse api_find(const ApiCall& call) {
  if (auto refusal = refuse_stranger(call)) return *refusal;
  const std::string words = field(call.query, "target");
  if (words.empty())
    return problem(call, {"wrong_parameter", "The parameter \"target\" is missing.",
                          "A name and organisation, an address, or a person's id."});
  std::variant<Person, Rejected> target;
  if (auto person = find_visible(call, words))
    target = std::move(*person);
  else
    target = call.desk.find_target(words, call.person.id);
  if (const auto* rejected = std::get_if<Rejected>(&target))
    return rejection_response(call.desk, *rejected, call.person);
  const Person& found = std::get<Person>(target);
  json::array connectors;
  for (const Choice& choice : call.desk.connectors(call.person.id, found.id)) {
    const bool is_named = choice.person.id != PersonId{};  // some do not want to be
    json::array reasons;
    for (const Wording& reason : choice.ranked.reasons) reasons.push_back(json::value(say(reason)));
    connectors.push_back(
        json::object{{"handle", choice.handle},
                     {"person", is_named ? json::value(person_json(choice.person)) : json::value()},
                     {"tier", tier_name(choice.ranked.tier)},
                     {"long_way", choice.long_way},
                     {"reasons", std::move(reasons)}});
  }
  return json_response(200, json::object{{"target", target_json(call.desk, call.person.id, found)},
                                         {"connectors", std::move(connectors)}});
}

}  // namespace tertius::web
