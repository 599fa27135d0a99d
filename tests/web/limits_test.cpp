// What is bounded outside the API, as whoever comes too often meets it.
#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"
#include "web/pace.hpp"

namespace tertius::web {
namespace {

struct LimitsTest : testing::Test {
  LimitsTest() { house.pace = &pace; }
  // Until it is refused; how often it was not.
  int count_until_refused(const std::function<HttpResponse()>& act) {
    for (int done = 0; done < 500; ++done) {
      last = act();
      if (last.status == 429) return done;
    }
    return 500;
  }
  void expect_told() {
    EXPECT_TRUE(has(last, "Please try again in "));
    EXPECT_GT(std::stoi(header(last, "Retry-After")), 0);
    EXPECT_LE(std::stoi(header(last, "Retry-After")), 3600);
  }
  HttpResponse ask_for_link(const std::string& address) {
    return house.press("/sign-in", {{"address", address}});
  }

  House house;
  Pace pace{"salt"};
  HttpResponse last;
};

TEST_F(LimitsTest, SignInMailsToOneAddressFromEverywhere) {
  int network = 0;
  EXPECT_EQ(count_until_refused([&] {
              house.network = "192.0.2." + std::to_string(++network);
              return ask_for_link(network % 2 == 0 ? "alice@example.org" : "Alice@Example.ORG");
            }),
            5);
  expect_told();
  EXPECT_TRUE(has(last, "look for the newest one"));
  EXPECT_EQ(ask_for_link("bob@example.org").status, 200);
  house.now += seconds{std::stoi(header(last, "Retry-After"))};
  EXPECT_EQ(ask_for_link("alice@example.org").status, 200);
}

// Or anybody could keep somebody from signing in, one forged post every twelve minutes.
TEST_F(LimitsTest, APostThatDoesNothingUsesUpNobodysAllowance) {
  for (int i = 1; i <= 20; ++i) {
    house.network = "192.0.2." + std::to_string(i);
    house.post("/sign-in", {{"address", "alice@example.org"}, {"nonce", "forged"}});
    house.post("/ask", {{"do", "send"}, {"requester", "alice@example.org"}, {"nonce", "forged"}});
  }
  EXPECT_EQ(ask_for_link("alice@example.org").status, 200);
  EXPECT_NE(house.press("/ask", {{"do", "send"}, {"requester", "alice@example.org"}}).status, 429);
}

TEST_F(LimitsTest, WhoeverIsUnknownIsRefusedAsWhoeverIsKnown) {
  const auto told = [&](const std::string& address) {
    count_until_refused([&] { return ask_for_link(address); });
    return last.body.replace(last.body.find(address), address.size(), "them");
  };
  EXPECT_EQ(told("alice@example.org"), told("nobody@example.org"));
}

TEST_F(LimitsTest, SignInMailsFromOneNetwork) {
  int person = 0;
  EXPECT_EQ(
      count_until_refused([&] { return ask_for_link("p" + std::to_string(++person) + "@example.org"); }), 30);
  expect_told();
  house.network = "198.51.100.7";
  EXPECT_EQ(ask_for_link("somebody@example.org").status, 200);
}

TEST_F(LimitsTest, RequestsOfWhoeverIsNotSignedInAndTheirWordsAreKept) {
  const Form form{{"do", "send"},
                  {"requester", "alice@example.org"},
                  {"target", "Gail"},
                  {"cover_note", "A note"},
                  {"pitch", "A <long> pitch"}};
  EXPECT_EQ(count_until_refused([&] { return house.press("/ask", form); }), 5);
  expect_told();
  EXPECT_TRUE(has(last, "A &lt;long&gt; pitch"));
}

TEST_F(LimitsTest, LooksAtTheWordsOfARequest) {
  EXPECT_EQ(count_until_refused([&] { return house.press("/ask", {{"do", "check"}}); }), 60);
  EXPECT_EQ(house.open("/ask").status, 200) << "to read the page is free";
}

TEST_F(LimitsTest, Searches) {
  house.sign_in(alice);
  EXPECT_EQ(count_until_refused([&] { return house.open("/people?q=gail"); }), 120);
  expect_told();
  EXPECT_EQ(house.open("/people").status, 200);
  house.now += seconds{1};
  EXPECT_EQ(house.open("/people?q=gail").status, 200);
}

TEST_F(LimitsTest, CoachingAsOneTypes) {
  house.sign_in(alice);
  EXPECT_EQ(count_until_refused([&] { return house.post("/coach", {}); }), 120);
}

TEST_F(LimitsTest, Uploads) {
  house.sign_in(alice);
  EXPECT_EQ(count_until_refused([&] { return house.post("/contacts/imports", {}); }), 20);
  expect_told();
}

TEST_F(LimitsTest, GuessesAtLinksAndNoOneElse) {
  house.ask();
  const std::string good = house.path("d", house.token(Role::connector));
  const Form form{{"action", "forward"}, {"nonce", house.nonce_of(good + "/forward")}};
  std::string bad = good;
  bad.back() = bad.back() == 'a' ? 'b' : 'a';
  EXPECT_EQ(count_until_refused([&] { return house.post(bad, form); }), 30);
  expect_told();
  EXPECT_EQ(house.open(bad).status, 404) << "a gateway that opens cut links is answered";
  EXPECT_EQ(house.post(good, form).status, 303) << "the same network has somebody with a link of their own";
  ASSERT_TRUE(house.introduction().held);
}

TEST_F(LimitsTest, WhereTheNetworkIsNotKnownOnlyPeopleAreCounted) {
  house.network.clear();
  int person = 0;
  EXPECT_EQ(
      count_until_refused([&] { return ask_for_link("p" + std::to_string(++person) + "@example.org"); }),
      500);
}

}  // namespace
}  // namespace tertius::web
