#include "daemon/export_settings.hpp"

#include <boost/json/array.hpp>
#include <limits>

#include "storage/address_books.hpp"
#include "storage/api_tokens.hpp"
#include "storage/browsers.hpp"
#include "storage/imports.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/visible_people.hpp"
#include "storage/webhooks.hpp"

namespace tertius::daemon {

namespace {

namespace json = boost::json;

json::value number_or_null(const std::optional<int>& number) {
  return number ? json::value(*number) : json::value();
}

json::object preferences_json(Engine& engine, PersonId person) {
  const Preferences set = storage::load_preferences(engine.db, person);
  return {
      {"click_policy", set.click_policy ? json::value(click_policy_name(*set.click_policy)) : json::value()},
      {"shown_as_connector", shown_name(set.shown)},
      {"quiet_from", number_or_null(set.quiet_from)},
      {"quiet_to", number_or_null(set.quiet_to)},
      {"max_open_asks", number_or_null(set.max_open_asks)}};
}

// By the address that they wrote, and by nothing else that is known of whoever it is.
json::array do_not_ask_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& one : storage::do_not_ask_addresses(engine.db, person)) {
    std::string name = one.address;
    if (name.empty() && storage::may_see(engine.db, person, one.other))
      name = storage::as_seen_by(engine.db, person, storage::load_person(engine.db, one.other)).name;
    out.emplace_back(name.empty() ? "somebody" : name);
  }
  return out;
}

json::array imports_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& import : storage::imports_of(engine.db, person, std::numeric_limits<int>::max()))
    out.push_back(json::object{{"file", import.file_name},
                               {"state", storage::import_state_name(import.state)},
                               {"created_at", moment(import.created_at)},
                               {"contacts", import.total},
                               {"added", import.report.added},
                               {"merged", import.report.merged},
                               {"unchanged", import.report.unchanged},
                               {"skipped", import.skipped_count},
                               {"hidden", import.hidden},
                               {"gone", import.gone}});
  return out;
}

json::array address_books_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& book : storage::books_of(engine.db, person))
    out.push_back(json::object{{"url", book.url},
                               {"user", book.user_name},
                               {"cards", book.cards},
                               {"since", moment(book.created_at)}});
  return out;
}

json::array browsers_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& browser : storage::browsers_of(engine.db, person, engine.now()))
    out.push_back(json::object{{"name", browser.name},
                               {"created_at", moment(browser.created_at)},
                               {"seen_at", moment(browser.seen_at)}});
  return out;
}

json::array api_tokens_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& token : storage::api_tokens_of(engine.db, person))
    out.push_back(json::object{{"name", token.name},
                               {"scopes", text(token.scopes)},
                               {"created_at", moment(token.created_at)},
                               {"used_at", moment(token.used_at)},
                               {"expires_at", moment(token.expires_at)},
                               {"revoked_at", moment(token.revoked_at)}});
  return out;
}

json::array webhooks_json(Engine& engine, PersonId person) {
  json::array out;
  for (const auto& hook : storage::webhooks_of(engine.db, person))
    out.push_back(json::object{{"url", hook.url}, {"since", moment(hook.created_at)}});
  return out;
}

json::array mail_stopped_json(Engine& engine, PersonId person) {
  json::array out;
  for (const Address& address : storage::addresses_of(engine.db, person))
    if (const auto stop = storage::find_suppression(engine.db, text(address)))
      out.push_back(
          json::object{{"address", text(address)}, {"why", stop->why}, {"since", moment(stop->since)}});
  return out;
}

}  // namespace

json::object export_settings(Engine& engine, PersonId person) {
  return {
      {"preferences", preferences_json(engine, person)},     {"do_not_ask", do_not_ask_json(engine, person)},
      {"mail_stopped", mail_stopped_json(engine, person)},   {"imports", imports_json(engine, person)},
      {"address_books", address_books_json(engine, person)}, {"browsers", browsers_json(engine, person)},
      {"api_tokens", api_tokens_json(engine, person)},       {"webhooks", webhooks_json(engine, person)}};
}

}  // namespace tertius::daemon
