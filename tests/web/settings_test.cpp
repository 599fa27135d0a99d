// /settings: what is saved, what is turned back and kept, and that the list tells nothing of others.
#include <gtest/gtest.h>

#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

const Form usual{{"action", "save"},    {"language", "en"}, {"consent", "ask_first"}, {"shown", "named"},
                 {"max_open_asks", ""}, {"quiet_from", ""}, {"quiet_to", ""},         {"click_policy", ""}};

struct SettingsTest : testing::Test {
  SettingsTest() { house.sign_in(christine); }
  HttpResponse save(const Form& changes) {
    Form form = usual;
    for (const auto& [name, value] : changes) form[name] = value;
    return house.press("/settings", form);
  }
  HttpResponse add(const std::string& address) {
    return house.press("/settings", {{"action", "add"}, {"address", address}});
  }
  House house;
};

TEST_F(SettingsTest, EachIsSavedWithAWordOfWhatChanged) {
  const auto page = save({{"language", "de"},
                          {"consent", "never"},
                          {"shown", "anonymous"},
                          {"max_open_asks", "3"},
                          {"quiet_from", "20"},
                          {"quiet_to", "9"},
                          {"click_policy", "strict"}});
  EXPECT_EQ(page.status, 200);
  for (const char* words : {"language", "being introduced", "introducing others", "requests at once",
                            "quiet hours", "buttons in mails"})
    EXPECT_TRUE(has(page, words)) << words;
  const Person person = storage::load_person(house.db, christine);
  EXPECT_EQ(person.language, "de");
  EXPECT_EQ(person.consent, Consent::never);
  EXPECT_TRUE(person.member);
  const Preferences wanted{ClickPolicy::strict, Shown::anonymous, 20, 9, 3};
  EXPECT_EQ(storage::load_preferences(house.db, christine), wanted);
  EXPECT_EQ(storage::load_preferences(house.db, alice), Preferences{}) << "somebody else's";
  EXPECT_TRUE(has(save({{"language", "de"},
                        {"consent", "never"},
                        {"shown", "anonymous"},
                        {"max_open_asks", "3"},
                        {"quiet_from", "20"},
                        {"quiet_to", "9"},
                        {"click_policy", "strict"}}),
                  "Nothing has changed."));
  save({});
  EXPECT_EQ(storage::load_preferences(house.db, christine), Preferences{});
}

TEST_F(SettingsTest, WhatIsWrongIsToldAndWhatWasTypedIsKept) {
  const auto before = storage::load_preferences(house.db, christine);
  for (const auto& [name, value] :
       std::vector<std::pair<std::string, std::string>>{{"language", "xx"},
                                                        {"consent", "maybe"},
                                                        {"shown", ""},
                                                        {"max_open_asks", "none"},
                                                        {"max_open_asks", "0"},
                                                        {"max_open_asks", "100"},
                                                        {"quiet_from", "24"},
                                                        {"quiet_from", "7"},
                                                        {"click_policy", "loose"}}) {
    const auto page = save({{name, value}, {"consent", name == "consent" ? value : "straight"}});
    EXPECT_EQ(page.status, 422) << name << " " << value;
    EXPECT_TRUE(has(page, "Nothing was saved yet"));
    EXPECT_EQ(storage::load_preferences(house.db, christine), before);
    EXPECT_EQ(storage::load_person(house.db, christine).consent, Consent::ask_first);
    if (name == "max_open_asks") {
      EXPECT_TRUE(has(page, "value=\"" + value + "\""));
    }
    if (name != "consent") {
      EXPECT_TRUE(has(page, "value=\"straight\" checked")) << name;
    }
  }
}

TEST_F(SettingsTest, NobodyIsLaxerThanTheCommunity) {
  house.policy.click = ClickPolicy::strict;
  EXPECT_EQ(save({{"click_policy", "bound"}}).status, 422);
  EXPECT_FALSE(has(house.open("/settings"), "value=\"bound\""));
  EXPECT_EQ(save({{"click_policy", "reply_only"}}).status, 200);
}

TEST_F(SettingsTest, TheListShowsWhatWasWrittenWhetherOrNotItIsKnown) {
  const auto known = add("alice@example.org");
  const auto unknown = add("nobody@elsewhere.example");
  EXPECT_TRUE(has(unknown, "alice@example.org"));
  EXPECT_TRUE(has(unknown, "nobody@elsewhere.example"));
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_FALSE(has(unknown, "Alice Chen"));
  storage::add_address(house.db, alice, parse_address("chen@home.example").value());
  const auto second = add("chen@home.example");
  EXPECT_TRUE(has(second, "chen@home.example"));
  EXPECT_TRUE(has(second, "alice@example.org")) << "that both are one person's would show";
  EXPECT_TRUE(storage::has_do_not_ask(house.db, christine, alice));
  EXPECT_FALSE(storage::has_do_not_ask(house.db, alice, christine));
}

TEST_F(SettingsTest, WhoIsOnTheListCannotAsk) {
  add("alice@example.org");
  house.apply(Submitted{});
  house.apply(Confirmed{});
  ASSERT_EQ(house.introduction().state, State::asked);
  EXPECT_EQ(house.introduction().asks.back().connector, bob) << "Christine is passed over";
}

TEST_F(SettingsTest, AnAddressIsTakenOffAgain) {
  add("alice@example.org");
  house.press("/settings", {{"action", "remove"}, {"other", "2"}, {"written", "alice@example.org"}});
  EXPECT_TRUE(storage::has_do_not_ask(house.db, christine, alice)) << "another person's number";
  house.press("/settings", {{"action", "remove"}, {"other", "1"}, {"written", "alice@example.org"}});
  EXPECT_FALSE(storage::has_do_not_ask(house.db, christine, alice));
}

TEST_F(SettingsTest, OddAddressesAreTurnedBackAndKept) {
  EXPECT_EQ(add("christine@example.org").status, 422) << "their own";
  const auto page = add("<script>");
  EXPECT_EQ(page.status, 422);
  EXPECT_TRUE(has(page, "&lt;script&gt;"));
  EXPECT_FALSE(has(page, "<script>"));
  for (int i = 0; i < 100; ++i) add("n" + std::to_string(i) + "@elsewhere.example");
  EXPECT_EQ(add("more@elsewhere.example").status, 422) << "a list without end";
}

TEST_F(SettingsTest, AnotherPageOrAnUsedNonceChangesNothing) {
  Form form = usual;
  form["consent"] = "never";
  EXPECT_EQ(house.post("/settings", form).status, 409);
  form["nonce"] = house.nonce_of("/settings");
  EXPECT_EQ(house.post_from("/settings", form, {{"origin", "https://elsewhere.example"}}).status, 403);
  EXPECT_EQ(storage::load_person(house.db, christine).consent, Consent::ask_first);
  EXPECT_EQ(house.post("/settings", form).status, 200);
  form["consent"] = "straight";
  EXPECT_EQ(house.post("/settings", form).status, 303) << "reloaded, the page as it stands";
  EXPECT_EQ(storage::load_person(house.db, christine).consent, Consent::never);
}

TEST_F(SettingsTest, SigningOutEverywhereIsOnePress) {
  const std::string nonce = house.nonce_of("/settings");
  house.post("/sign-out", {{"action", "everywhere"}, {"nonce", nonce}});
  EXPECT_EQ(house.open("/settings").status, 401);
}

}  // namespace
}  // namespace tertius::web
