// openapi.json against the routes and against what the handlers really give.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "storage/imports.hpp"
#include "storage/introductions.hpp"
#include "storage/letters.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/webhooks.hpp"
#include "tests/support/web/api_house.hpp"
#include "tests/support/web/json_shape.hpp"
#include "web/api_call.hpp"
#include "web/inbound.hpp"

namespace tertius::web {
namespace {

namespace json = boost::json;

const json::value& document() {
  static const json::value parsed = json_of(ApiHouse().get("/openapi.json", ""));
  return parsed;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

const json::object& operation_of(const ApiRoute& route) {
  return document()
      .at("paths")
      .at(json::string_view(route.path.data(), route.path.size()))
      .at(lower(route.method))
      .as_object();
}

std::string query_names(const json::object& operation) {
  std::string out;
  if (const auto* parameters = operation.if_contains("parameters"))
    for (const auto& parameter : parameters->as_array()) {
      const auto& one = resolved(parameter, document());
      if (one.at("in") == "query") out += (out.empty() ? "" : " ") + std::string(one.at("name").as_string());
    }
  return out;
}

TEST(ApiDocumentTest, EveryRouteHasAnOperationAndEveryOperationARoute) {
  std::set<std::string> routes, operations;
  for (const ApiRoute& route : api_routes())
    routes.insert(lower(route.method) + " " + std::string(route.path));
  for (const auto& [path, methods] : document().at("paths").as_object()) {
    if (methods.as_object().contains("servers")) continue;  // not below /api/v1
    for (const auto& [method, operation] : methods.as_object())
      operations.insert(std::string(method) + " " + std::string(path));
  }
  EXPECT_EQ(routes, operations);
}

TEST(ApiDocumentTest, ScopesAndParametersAreThoseOfTheRoutes) {
  for (const ApiRoute& route : api_routes()) {
    const json::object& operation = operation_of(route);
    json::array security;
    if (route.scope) security.push_back(json::object{{"token", json::array{scope_name(*route.scope)}}});
    EXPECT_EQ(operation.at("security"), security) << route.method << route.path;
    EXPECT_EQ(query_names(operation), route.query) << route.method << route.path;
  }
}

TEST(ApiDocumentTest, BodiesHaveTheMembersThatAreRead) {
  for (const ApiRoute& route : api_routes()) {
    const json::object& operation = operation_of(route);
    ASSERT_EQ(operation.contains("requestBody"), !route.body.empty()) << route.method << route.path;
    if (route.body.empty()) continue;
    const auto& schema =
        resolved(operation.at("requestBody").at("content").at("application/json").at("schema"), document());
    std::set<std::string> described, read, wanted, required;
    for (const auto& [name, member] : schema.at("properties").as_object()) described.emplace(name);
    for (const auto& name : schema.at("required").as_array()) wanted.emplace(name.as_string());
    for (const BodyMember& member : route.body) {
      read.emplace(member.name);
      if (member.required) required.emplace(member.name);
    }
    EXPECT_EQ(described, read) << route.method << route.path;
    EXPECT_EQ(wanted, required) << route.method << route.path;
  }
}

TEST(ApiDocumentTest, InboundIsDescribedAsItAnswers) {
  const auto& operation = document().at("paths").at("/inbound").at("post").as_object();
  const auto& content = operation.at("responses").at("200").at("content").at("application/json").as_object();
  const auto answer =
      inbound_answer({.public_url = {}, .domain = {}, .keys = {}}, std::array{mail::Verdict::taken});
  EXPECT_EQ(json_of(answer), content.at("example"));
  EXPECT_TRUE(misfits(json_of(answer), content.at("schema"), document()).empty());
  EXPECT_EQ(operation.at("security").at(0).at("token").at(0).as_string(), scope_name(ApiScope::inbound));
}

TEST(ApiDocumentTest, EveryKindOfProblemIsDescribed) {
  const json::object& described = document().at("x-problems").as_object();
  EXPECT_EQ(described.size(), problem_kinds().size());
  for (const ProblemKind& kind : problem_kinds()) {
    const json::string_view name(kind.name.data(), kind.name.size());
    ASSERT_TRUE(described.contains(name)) << kind.name;
    EXPECT_EQ(described.at(name).at("status"), kind.status) << kind.name;
    EXPECT_EQ(described.at(name).at("title").as_string(), kind.title) << kind.name;
  }
}

void expect_fits(const json::value& value, const json::value& schema, const std::string& where) {
  for (const auto& misfit : misfits(value, schema, document())) ADD_FAILURE() << where << ": " << misfit;
}

// The one response of an operation that is no problem: its status, and its content where it has any.
std::pair<int, const json::object*> good_response(const json::object& operation) {
  for (const auto& [status, response] : operation.at("responses").as_object()) {
    if (status == "default") continue;
    const auto* content = response.as_object().if_contains("content");
    const int number = std::stoi(std::string(status));
    return {number, content ? &content->at("application/json").as_object() : nullptr};
  }
  return {0, nullptr};
}

TEST(ApiDocumentTest, ItsExamplesFitItsOwnSchemas) {
  for (const ApiRoute& route : api_routes()) {
    const json::object& operation = operation_of(route);
    const std::string where = std::string(route.method) + " " + std::string(route.path);
    if (const auto* body = operation.if_contains("requestBody")) {
      const auto& content = body->at("content").at("application/json").as_object();
      expect_fits(content.at("example"), content.at("schema"), where + " request");
    }
    const auto [status, content] = good_response(operation);
    if (content) expect_fits(content->at("example"), content->at("schema"), where + " response");
  }
}

// A house in which each operation can do its work, and who may do it there.
struct Readied {
  ApiHouse api;
  PersonId person = alice;
  std::string id = "77";

  explicit Readied(const std::string& operation) {
    House& house = api.house;
    storage::put_tie(house.db, {alice, bob, TieSource::rating, 0.8, house.now, ""});
    storage::LetterRow letter;
    letter.id = LetterId{5};
    letter.received_at = house.now;
    storage::add_letter(house.db, letter);
    storage::add_webhook(house.db, {.id = storage::WebhookId{77},
                                    .person = alice,
                                    .url = "https://example.org/hook",
                                    .secret = "whsec_c2VjcmV0",
                                    .created_at = house.now});
    storage::ImportRow import;
    import.id = storage::ImportId{77};
    import.owner = alice;
    import.file_name = "Connections.csv";
    import.state = storage::ImportState::done;
    import.created_at = house.now;
    storage::add_import(house.db, import, {});
    if (operation == "choose") {
      Introduction draft = house.introduction();
      draft.confirmed = true;
      draft.connectors.clear();
      storage::save_introduction(house.db, draft, std::nullopt);
      return;
    }
    house.ask();
    if (operation == "decide" || operation == "undo" || operation == "send_now") person = christine;
    if (operation == "undo" || operation == "send_now")
      house.apply(Decided{Role::connector,
                          {.kind = DecisionKind::forward,
                           .note = "Alice is worth your time.",
                           .until = {},
                           .redirect_to = {}},
                          Channel::bound_browser,
                          "v"});
    if (operation.ends_with("tie") || operation.ends_with("ties")) id = "4";
    if (operation.ends_with("notice")) id = std::to_string(house.notice_count);
  }
};

// Each operation's own example is sent, and answered as it is described.
TEST(ApiDocumentTest, EachOperationTakesItsExampleAndAnswersAsDescribed) {
  for (const ApiRoute& route : api_routes()) {
    const json::object& operation = operation_of(route);
    const std::string name(operation.at("operationId").as_string());
    Readied ready(name);
    std::string path(route.path), body;
    if (const auto at = path.find("{id}"); at != path.npos) path.replace(at, 4, ready.id);
    if (name == "find") path += "?target=Gail+Goodman";
    if (const auto* wanted = operation.if_contains("requestBody"))
      body = json::serialize(wanted->at("content").at("application/json").at("example"));
    const auto response =
        ready.api.send(std::string(route.method), path, ready.api.token(ready.person), body);
    const auto [status, content] = good_response(operation);
    EXPECT_EQ(response.status, status) << name << " " << response.body;
    if (!content || response.status != status) continue;
    const json::value given = json_of(response);
    expect_fits(given, content->at("schema"), name);
    const auto* items = given.as_object().if_contains("items");
    EXPECT_TRUE(!items || !items->as_array().empty()) << name << " has nothing to be looked at";
  }
}

TEST(ApiDocumentTest, ProblemsAreAsDescribed) {
  ApiHouse api;
  const auto& schema = document().at("components").at("schemas").at("Problem");
  const std::string secret = api.token(alice);
  for (const auto& response :
       {api.get("/nowhere", ""), api.get("/people", ""), api.get("/people?x=1", secret),
        api.post("/introductions", secret, "{\"target\":\"Gail\",\"cover_note\":\"\",\"pitch\":\"short\"}"),
        api.post("/introductions", secret, "{\"target\":7}"), api.get("/find?target=o", secret)}) {
    EXPECT_EQ(response.content_type, "application/problem+json");
    expect_fits(json_of(response), schema, response.body);
    EXPECT_EQ(json_of(response).at("status"), response.status);
  }
}

}  // namespace
}  // namespace tertius::web
