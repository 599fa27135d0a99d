// An address that a member types in tells them nothing but itself: neither that somebody has it among their
// contacts, nor whose it is.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "storage/people.hpp"
#include "tests/support/flow/guest.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

namespace json = boost::json;
using flow::alice_at, flow::christine_at, flow::Guest, flow::Tried;

class TypedAddressTest : public OneWorldTest {
 protected:
  // Hidden from Alice: a member knows them whom she has no tie to.
  void SetUp() override {
    OneWorldTest::SetUp();
    if (IsSkipped()) return;
    Transaction transaction(db());
    const PersonId owner = add("owner@far.example", true), hidden = add("hidden@mill.example", false);
    add_address(db(), hidden, parse_address("also@mill.example").value());
    put_tie(db(), {owner, hidden, TieSource::mail, 0.7, world().now, "wrote often"});
    transaction.commit();
    alice_.emplace(world(), "alice", find_person_by_address(db(), parse_address(alice_at).value())->id);
  }
  PersonId add(const std::string& address, bool member) {
    Person out;
    out.id = PersonId{world().engine.settings.ids()};
    out.name = "Quentin Moor";
    out.address = parse_address(address).value();
    out.member = member;
    add_person(db(), out);
    return out.id;
  }
  std::string find(const std::string& address) {
    return flow::all_of(alice_->api("GET", "/find?target=" + address).response);
  }
  Tried ask_for(const std::string& target, const json::array& connectors = {}) {
    const std::string& body = flow::good_body;
    const auto pitch = body.find("Hello Gail");
    return alice_->api("POST", "/introductions",
                       json::serialize(json::object{{"target", target},
                                                    {"connectors", connectors},
                                                    {"cover_note", body.substr(0, body.find("---"))},
                                                    {"pitch", "Dear Quentin" + body.substr(pitch + 10)},
                                                    {"send_anyway", true}}));
  }

 private:
  std::optional<Guest> alice_;
};
INSTANTIATE_TEST_SUITE_P(Both, TypedAddressTest, testing::Values(Engine::sqlite_memory, Engine::postgres),
                         engine_name);

TEST_P(TypedAddressTest, FindingAnAddressToldThatSomebodyHasIt) {
  EXPECT_EQ(find("hidden@mill.example"), find("nobody@mill.example"));
}

TEST_P(TypedAddressTest, FindingTwoAddressesToldByOneIdThatTheyAreOnePersons) {
  EXPECT_EQ(find("hidden@mill.example"), find("also@mill.example"));
}

TEST_P(TypedAddressTest, AskingForAnAddressToldThatSomebodyHasIt) {
  const Tried hidden = ask_for("hidden@mill.example"), nobody = ask_for("nobody@mill.example");
  EXPECT_EQ(hidden.response.status, 422);
  EXPECT_EQ(flow::all_of(hidden.response), flow::all_of(nobody.response));
  EXPECT_EQ(nobody.changes, "") << "whoever was not asked for in the end is not kept";
}

TEST_P(TypedAddressTest, WithAConnectorBothAreAskedForAlike) {
  for (const char* target : {"hidden@mill.example", "nobody@mill.example"}) {
    const Tried asked = ask_for(target, {json::value(christine_at)});
    ASSERT_EQ(asked.response.status, 201) << asked.response.body;
    const json::value made = json::parse(asked.response.body);
    EXPECT_EQ(made.at("target").at("name").as_string(), "somebody at mill.example");
    EXPECT_TRUE(made.at("target").at("id").is_null());
  }
}

}  // namespace
}  // namespace tertius::storage
