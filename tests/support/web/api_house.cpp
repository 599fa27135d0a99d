#include "tests/support/web/api_house.hpp"

#include <boost/json.hpp>

#include "broker/sha256.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "web/router.hpp"

namespace tertius::web {

namespace {

ApiScopes scopes_of(const std::string& names) {
  if (names != "all") return find_scopes(names).value();
  ApiScopes all;
  for (const ApiScopeRow& row : api_scopes()) all.add(row.scope);
  return all;
}

// As daemon/asking.cpp enters a request that is proven, without its checks.
std::variant<Introduction, Rejected> enter(ApiHouse& house, const tertius::Request& request) {
  if (request.pitch.size() < 20) {
    const Finding finding{"Q5", Severity::blocks, "pitch", {"The pitch is very short."}, {"Say why."}};
    return Rejected{"Something has to be mended first.", "", {}, {finding}};
  }
  house.asked.push_back(request);
  Introduction draft;
  draft.id = second_request;
  draft.requester = storage::find_person_by_address(house.house.db, request.requester)->id;
  draft.target = gail;
  for (const Address& one : request.connectors)
    draft.connectors.push_back(storage::find_person_by_address(house.house.db, one)->id);
  draft.subject = request.subject;
  draft.cover_note = request.cover_note;
  draft.pitch = request.pitch;
  draft.purpose = request.purpose;
  draft.confirmed = true;
  draft.created_at = draft.state_since = house.house.now;
  storage::add_introduction(house.house.db, draft, next_deadline(draft, house.house.policy));
  storage::append_history(house.house.db, draft.id,
                          {house.house.now, "draft", State::drafted, State::drafted, ""});
  return draft;
}

}  // namespace

Desk ApiHouse::desk() {
  Desk out = house.desk();
  out.ask = [this](const tertius::Request& request) { return enter(*this, request); };
  out.find_target = [this](const std::string& words, PersonId) -> std::variant<Person, Rejected> {
    const auto found = storage::search_people(house.db, make_wanted_target(words).name, 20);
    if (found.size() == 1) return found.front();
    return Rejected{"It could be any of " + std::to_string(found.size()) + " people.",
                    "Name the organisation.",
                    found,
                    {}};
  };
  out.new_id = [this] { return ++next_token; };
  out.api_pace = [this](const std::string& who, const PaceRule& rule) {
    return pace.take(who, rule, house.now);
  };
  return out;
}

std::string ApiHouse::token(PersonId person, const std::string& scopes) {
  const std::string secret = "secret-" + std::to_string(++next_token);
  storage::add_api_token(house.db,
                         {.id = storage::ApiTokenId{next_token},
                          .person = person,
                          .name = "test",
                          .scopes = scopes_of(scopes),
                          .created_at = house.now},
                         hex_sha256(secret));
  return secret;
}

HttpResponse ApiHouse::send(const std::string& method, const std::string& path, const std::string& secret,
                            const std::string& body, std::map<std::string, std::string> headers) {
  if (!secret.empty()) headers.emplace("authorization", "Bearer " + secret);
  if (!body.empty()) headers.emplace("content-type", "application/json");
  const auto query = path.find('?');
  Desk at = desk();
  return respond({method, "/api/v1" + path.substr(0, query), query == path.npos ? "" : path.substr(query + 1),
                  std::move(headers), body},
                 at);
}

boost::json::value json_of(const HttpResponse& response) { return boost::json::parse(response.body); }

std::string problem_of(const HttpResponse& response) {
  if (response.content_type != "application/problem+json") return {};
  const std::string type(json_of(response).at("type").as_string());
  return type.substr(type.rfind('/') + 1);
}

}  // namespace tertius::web
