#include "contacts/interactions.hpp"

#include <gtest/gtest.h>

namespace tertius::contacts {
namespace {

using std::chrono::days;

const Time now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 1}};
const std::string me = "alice@example.org";

Address address(const std::string& text) { return parse_address(text).value(); }

std::vector<Mailbox> mailboxes(const std::vector<std::string>& addresses) {
  std::vector<Mailbox> out;
  for (const auto& one : addresses) out.push_back({"", one});
  return out;
}

Message message(const std::string& from, const std::vector<std::string>& to, days age = days{0}) {
  return {"", mailboxes({from}), mailboxes(to), now - age, false};
}

struct InteractionsTest : testing::Test {
  Interactions interactions{{address(me), address("a.chen@work.example")}, now};

  void add(const std::string& from, const std::vector<std::string>& to, days age = days{0}) {
    interactions.add(message(from, to, age));
  }
  double score_of(const std::string& who) {
    for (const auto& one : interactions.both_ways())
      if (text(one.address) == who) return one.score;
    return 0;
  }
};

TEST_F(InteractionsTest, OnlyMailThatWentBothWaysCounts) {
  for (int i = 0; i < 50; ++i) add(me, {"silent@x.example"}), add("loud@x.example", {me});
  EXPECT_TRUE(interactions.both_ways().empty());
  add("silent@x.example", {me});
  ASSERT_EQ(interactions.both_ways().size(), 1U);
  EXPECT_EQ(interactions.both_ways().front().sent, 50U);
  EXPECT_EQ(interactions.both_ways().front().received, 1U);
}

TEST_F(InteractionsTest, WhatOneSendsWeighsTwiceAndAgesByHalfInHalfAYear) {
  add(me, {"bob@x.example"});
  add("bob@x.example", {me});
  EXPECT_DOUBLE_EQ(score_of("bob@x.example"), 3);
  add(me, {"bob@x.example"}, half_life);
  EXPECT_DOUBLE_EQ(score_of("bob@x.example"), 4);
  add("bob@x.example", {me}, 2 * half_life);
  EXPECT_DOUBLE_EQ(score_of("bob@x.example"), 4.25);
}

TEST_F(InteractionsTest, ADateInTheFutureIsWorthNoMoreThanToday) {
  add(me, {"bob@x.example"});
  add("bob@x.example", {me}, days{-4000});
  EXPECT_DOUBLE_EQ(score_of("bob@x.example"), 3);
  EXPECT_EQ(interactions.both_ways().front().last, now);
}

TEST_F(InteractionsTest, AMessageIsSharedByTheOthersOnIt) {
  add(me, {"bob@x.example", "cat@x.example", me});
  add("bob@x.example", {"cat@x.example", "A.Chen@work.example"});
  EXPECT_DOUBLE_EQ(score_of("bob@x.example"), 1.5);
  // Cat has been written to beside Alice, and has written to nobody.
  EXPECT_EQ(score_of("cat@x.example"), 0);
}

TEST_F(InteractionsTest, ACrowdSaysNothingOfAnybody) {
  const std::vector<std::string> four = {"b@x.example", "c@x.example", "d@x.example", "e@x.example"};
  add("b@x.example", {me});
  add(me, four);
  EXPECT_DOUBLE_EQ(score_of("b@x.example"), 1.5);
  std::vector<std::string> many = four;
  many.push_back("f@x.example");
  add(me, many);
  many.assign(four.begin() + 1, four.end());
  many.push_back(me), many.push_back("g@x.example");
  add("b@x.example", many);
  EXPECT_DOUBLE_EQ(score_of("b@x.example"), 1.5);
  EXPECT_EQ(interactions.passed().crowded, 2U);
}

TEST_F(InteractionsTest, RobotsListsCopiesAndStrangersArePassedOver) {
  Message robot = message("b@x.example", {me});
  robot.automatic = true;
  interactions.add(robot);
  Message twice = message(me, {"b@x.example"});
  twice.id = "1@x.example";
  interactions.add(twice), interactions.add(twice);
  add("b@x.example", {"undisclosed@x.example"});
  add(me, {me});
  add(me, {});
  interactions.add({"", mailboxes({me, "b@x.example"}), mailboxes({me}), now, false});
  interactions.add({"", {}, mailboxes({me}), now, false});
  EXPECT_EQ(interactions.passed().automatic, 1U);
  EXPECT_EQ(interactions.passed().again, 1U);
  EXPECT_EQ(interactions.passed().strangers, 5U);
  EXPECT_EQ(interactions.counted(), 1U);
  EXPECT_TRUE(interactions.both_ways().empty());
}

TEST_F(InteractionsTest, PeopleAreCalledAsTheyCallThemselves) {
  interactions.add({"", {{"", me}}, {{"Mum", "b@x.example"}}, now, false});
  interactions.add({"", {{"Dr. Beth Chen, PhD", "B@x.example"}}, {{"", me}}, now, false});
  interactions.add({"", {{"", me}}, {{"Mum", "b@x.example"}}, now, false});
  ASSERT_EQ(interactions.both_ways().size(), 1U);
  EXPECT_EQ(interactions.both_ways().front().name, "Beth Chen");
}

TEST_F(InteractionsTest, TheClosestComeFirst) {
  for (const auto* who : {"b@x.example", "c@x.example", "d@x.example"}) add(me, {who}), add(who, {me});
  add("c@x.example", {me});
  EXPECT_EQ(text(interactions.both_ways().front().address), "c@x.example");
}

}  // namespace
}  // namespace tertius::contacts
