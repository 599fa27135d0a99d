#include <gtest/gtest.h>

#include "storage/preferences.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"
#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

class FactsTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (!IsSkipped()) add_people(db(), 5);
  }
  // Person 1 asks 2 for 3 unless changed.
  void add(std::int64_t id, State state, Time asked_at, std::int64_t target = 3, std::int64_t requester = 1,
           bool confirmed = true) {
    Introduction intro = asked_introduction(id, asked_at);
    intro.confirmed = confirmed;
    intro.state = state;
    intro.target = PersonId{target};
    intro.requester = PersonId{requester};
    if (state == State::drafted) intro.asks.clear();
    add_introduction(db(), intro, {});
  }
  Facts facts(const std::vector<PersonId>& also = {PersonId{2}}) {
    return load_facts(db(), sample_introduction(1), noon, also);
  }
};
TERTIUS_ON_EVERY_ENGINE(FactsTest);

TEST_P(FactsTest, AloneThereIsNothingInTheWay) {
  add(1, State::asked, noon);
  const Facts found = facts();
  EXPECT_EQ(found.target_consent, Consent::ask_first);
  EXPECT_FALSE(found.target_stopped);
  EXPECT_TRUE(found.target_has_address);
  EXPECT_FALSE(found.target_is_being_asked);
  EXPECT_EQ(found.open_by_requester, 0);
  ASSERT_EQ(found.connectors.size(), 1u);
  EXPECT_EQ(found.connectors[0].person, PersonId{2});
  EXPECT_TRUE(found.connectors[0].has_address);
  EXPECT_EQ(found.connectors[0].open_with_requester, 0);
  EXPECT_EQ(found.connectors[0].this_year_with_requester, 0);
  EXPECT_FALSE(found.connectors[0].last_ask_by_requester);
}

TEST_P(FactsTest, WhatPeopleHaveSetForThemselvesIsTold) {
  add(1, State::asked, noon);
  const Preferences set{
      .click_policy = {}, .shown = Shown::no, .quiet_from = 1, .quiet_to = 2, .max_open_asks = 1};
  save_preferences(db(), PersonId{2}, set);
  add_do_not_ask(db(), PersonId{3}, PersonId{1});
  const Facts found = load_facts(db(), asked_introduction(1, noon), noon, {PersonId{2}});
  EXPECT_EQ(found.preferences[static_cast<std::size_t>(Role::connector)], set);
  EXPECT_EQ(found.preferences[static_cast<std::size_t>(Role::target)], Preferences{});
  EXPECT_TRUE(found.connectors[0].unwilling);
  EXPECT_EQ(found.connectors[0].max_open_asks, 1);
  EXPECT_TRUE(found.target_unwilling);
}

TEST_P(FactsTest, OnlyWhoIsOnTheConnectorsListIsUnwanted) {
  add_do_not_ask(db(), PersonId{2}, PersonId{4});
  add_do_not_ask(db(), PersonId{1}, PersonId{2});
  add_do_not_ask(db(), PersonId{3}, PersonId{2});
  EXPECT_FALSE(facts().connectors[0].unwilling);
  EXPECT_FALSE(facts().target_unwilling);
  add_do_not_ask(db(), PersonId{2}, PersonId{1});
  EXPECT_TRUE(facts().connectors[0].unwilling);
}

// Whoever has answered, and a connector of an earlier round, has nothing waiting.
TEST_P(FactsTest, RequestsThatWaitForAConnectorAreCounted) {
  save_preferences(db(), PersonId{2},
                   {.click_policy = {}, .quiet_from = {}, .quiet_to = {}, .max_open_asks = 9});
  add(1, State::asked, noon);
  for (const auto state :
       {State::asked, State::snoozed, State::forwarded, State::declined_silently, State::revising})
    add(10 + static_cast<int>(state), state, noon, 5, 4);
  Introduction passed_on = asked_introduction(40, noon);
  passed_on.asks.push_back({2, PersonId{5}, noon, noon, {}, {}});
  add_introduction(db(), passed_on, {});
  EXPECT_EQ(facts().connectors[0].open_asks, 3) << "asked, put off, and what looks like asked";
}

TEST_P(FactsTest, TheLastCallIsWhatTheRequesterDidNotWhatTimeDid) {
  add(1, State::asked, noon);
  EXPECT_FALSE(facts().last_called);
  const auto happened = [&](int day, const char* trigger, State from, State to) {
    append_history(db(), IntroductionId{1}, {noon + days{day}, trigger, from, to, ""});
  };
  happened(1, "ask", State::drafted, State::asked);
  happened(3, "remind", State::asked, State::asked);
  happened(4, "decline_silently", State::asked, State::declined_silently);
  happened(5, "wake", State::snoozed, State::asked);
  EXPECT_EQ(facts().last_called, noon + days{1});
  happened(6, "nudge", State::asked, State::asked);
  EXPECT_EQ(facts().last_called, noon + days{6});
  happened(8, "decline", State::asked, State::asked);
  EXPECT_EQ(facts().last_called, noon + days{8}) << "the next connector was asked";
}

TEST_P(FactsTest, ThePeoplesOwnWordsAreTold) {
  for (const std::int64_t id : {2, 3}) {
    Person person = load_person(db(), PersonId{id});
    person.stopped = true;
    person.consent = Consent::never;
    person.address.reset();
    save_person(db(), person);
  }
  const Facts found = facts();
  EXPECT_EQ(found.target_consent, Consent::never);
  EXPECT_TRUE(found.target_stopped);
  EXPECT_FALSE(found.target_has_address);
  EXPECT_TRUE(found.connectors[0].stopped);
  EXPECT_FALSE(found.connectors[0].has_address);
}

TEST_P(FactsTest, ASuppressedAddressIsNone) {
  suppress(db(), "P3@example.org", "550", noon);
  suppress(db(), "p2@example.org", "550", noon);
  EXPECT_FALSE(facts().target_has_address);
  EXPECT_FALSE(facts().connectors[0].has_address);
}

// Every state, so that a new one is thought about here.
TEST_P(FactsTest, ATargetIsBeingAskedFromTheAskToTheIntroduction) {
  for (int i = 0; i < state_count; ++i) {
    const auto state = static_cast<State>(i);
    add(10 + i, state, noon, 3, 4);
    const bool is_asked = !is_final(state) && state != State::drafted && state != State::introduced;
    EXPECT_EQ(facts().target_is_being_asked, is_asked) << state_name(state);
    db().run("DELETE FROM introductions");
  }
}

TEST_P(FactsTest, OpenIsWhatIsNotFinal) {
  int open = 0;
  for (int i = 0; i < state_count; ++i) {
    add(10 + i, static_cast<State>(i), noon, 5);
    open += is_final(static_cast<State>(i)) ? 0 : 1;
  }
  add(1, State::asked, noon);                  // the one itself
  add(50, State::asked, noon, 5, 4);           // somebody else's
  add(51, State::drafted, noon, 5, 1, false);  // anybody's
  EXPECT_EQ(facts().open_by_requester, open - 1) << "who has been introduced waits for nothing";
  EXPECT_EQ(facts().connectors[0].open_with_requester, open - 1);  // a draft has asked nobody
}

TEST_P(FactsTest, ThePairsYearCountsIntroductionsNotRounds) {
  add(10, State::declined, noon - std::chrono::days{10}, 5);
  add(11, State::declined, noon - std::chrono::days{364}, 5);
  add(12, State::declined, noon - std::chrono::days{366}, 5);
  add(13, State::declined, noon - std::chrono::days{1}, 5, 4);  // another requester
  Introduction revised = asked_introduction(14, noon - std::chrono::days{20});
  revised.state = State::expired;
  revised.asks.push_back(revised.asks[0]);
  revised.asks[1].round = 2;
  add_introduction(db(), revised, {});
  const ConnectorFacts found = facts().connectors[0];
  EXPECT_EQ(found.this_year_with_requester, 3);
  EXPECT_EQ(found.last_ask_by_requester, noon - std::chrono::days{10});
  EXPECT_EQ(found.open_with_requester, 0);
}

TEST_P(FactsTest, AChosenConnectorIsLookedUpToo) {
  EXPECT_EQ(facts({PersonId{2}, PersonId{4}}).connectors.size(), 2u);
  EXPECT_EQ(facts({PersonId{2}}).connectors.size(), 1u);
  const Facts found = load_facts(db(), asked_introduction(1, noon), noon, {PersonId{4}});
  ASSERT_EQ(found.connectors.size(), 1u) << "who has been asked is no question";
  EXPECT_EQ(found.connectors[0].person, PersonId{4});
}

class FactsOfTwoTest : public FactsTest {
 protected:
  // Whether another daemon waits for whoever looks at the first.
  bool waits(State first, PersonId requester, PersonId target) {
    Database other = open_another();
    other.run("SET lock_timeout = '50ms'");
    Introduction mine = sample_introduction(1), theirs = sample_introduction(2);
    mine.state = first;
    mine.confirmed = true;  // as a program's request is from its beginning
    theirs.state = State::drafted;
    theirs.requester = requester;
    theirs.target = target;
    theirs.connectors.clear();
    Transaction here(db()), there(other);
    load_facts(db(), mine, noon);
    return trouble_of([&] { load_facts(other, theirs, noon); }) == StorageTrouble::busy;
  }
};
TERTIUS_ON_POSTGRES(FactsOfTwoTest);

TEST_P(FactsOfTwoTest, TwoRequestsThatBeginAreCountedOneAfterTheOther) {
  const Introduction mine = sample_introduction(1);
  EXPECT_TRUE(waits(State::drafted, PersonId{5}, mine.target)) << "the same target";
  EXPECT_TRUE(waits(State::drafted, mine.requester, PersonId{5})) << "the same requester";
  EXPECT_FALSE(waits(State::drafted, PersonId{4}, PersonId{5})) << "nobody in common";
  EXPECT_FALSE(waits(State::asked, mine.requester, mine.target)) << "it has begun";
}

}  // namespace
}  // namespace tertius::storage
