#include "broker/request.hpp"

#include <gtest/gtest.h>

#include "broker/bare_subject.hpp"

namespace tertius {
namespace {

const std::string broker = "intro.example.org";

Letter letter(std::string subject = "Gail Goodman, Constant Contact") {
  Letter l;
  l.subject = std::move(subject);
  l.from = {{"Alice Chen", "alice@example.org"}};
  l.to = {{"", "intro@intro.example.org"}};
  return l;
}

// The request, or a failed test with an empty one.
Request made(const Letter& letter, const std::string& body) {
  auto result = make_request(letter, body, broker);
  EXPECT_TRUE(result) << letter.subject << ": " << result.error().what;
  return result ? std::move(result.value()) : Request{};
}

const std::string body = "Hi Bob, could you?\n\n---\nHi Gail,\nthis is me.\n";

TEST(RequestTest, SubjectNamesTheTargetAndDashesPartNoteAndPitch) {
  const auto request = made(letter(), body);
  EXPECT_EQ(text(request.requester), "alice@example.org");
  EXPECT_EQ(request.target, "Gail Goodman, Constant Contact");
  EXPECT_EQ(request.cover_note, "Hi Bob, could you?");
  EXPECT_EQ(request.pitch, "Hi Gail,\nthis is me.");
  EXPECT_EQ(request.subject, "");
  EXPECT_TRUE(request.connectors.empty());
}

TEST(RequestTest, DashesOfEveryKeyboardPart) {
  for (const std::string dashes : {"---", "-----------", "  ---  ", "—", "——", "–-", "———", "-–", "---\r"}) {
    EXPECT_EQ(made(letter(), "note\n" + dashes + "\npitch").pitch, "pitch") << dashes;
  }
  for (const std::string no_dashes : {"--", "-- ", "–", "--- Alice", "***", "- - x", ""})
    EXPECT_FALSE(make_request(letter(), "note\n" + no_dashes + "\npitch", broker)) << no_dashes;
}

TEST(RequestTest, OnlyTheFirstLineOfDashesParts) {
  EXPECT_EQ(made(letter(), "note\n---\npitch\n---\nmore").pitch, "pitch\n---\nmore");
}

TEST(RequestTest, APitchWithoutANoteIsStillARequest) {
  EXPECT_EQ(made(letter(), "---\npitch").cover_note, "");
}

TEST(RequestTest, WithoutDashesTheHintShowsTheFormat) {
  const auto made = make_request(letter(), "Hi Gail, this is me.", broker);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().what, "There is no line of dashes between your note and your pitch.");
  EXPECT_NE(made.error().hint.find("---"), std::string::npos);
}

TEST(RequestTest, AnEmptyPitchIsRefused) {
  EXPECT_FALSE(make_request(letter(), "note\n---\n  \n", broker));
  EXPECT_FALSE(make_request(letter(), "", broker));
}

TEST(RequestTest, ASubjectThatNamesNobodyIsRefused) {
  for (const std::string subject :
       {"", "Introduction request", "Re: intro", "  ", "Quick question", "Intro please?"})
    EXPECT_FALSE(make_request(letter(subject), body, broker)) << subject;
  EXPECT_EQ(make_request(letter("Introduction request"), body, broker).error().what,
            "The subject does not say whom you want to meet.");
}

TEST(RequestTest, CourtesiesAndReplyMarksAreTakenOffTheSubject) {
  for (const std::string subject :
       {"Gail Goodman", "Re: Gail Goodman", "AW: WG: Gail Goodman", "[EXTERNAL] Fwd: Gail Goodman",
        "Introduction to Gail Goodman", "Intro: Gail Goodman", "Please introduce me to Gail Goodman",
        "Could you introduce me to Gail Goodman, please?", "Introduction request: Gail Goodman",
        "RE: Request for an introduction to Gail Goodman?", "introduce me to  Gail Goodman"})
    EXPECT_EQ(made(letter(subject), body).target, "Gail Goodman") << subject;
}

TEST(RequestTest, NamesThatBeginLikeCourtesiesStay) {
  EXPECT_EQ(bare_subject("Introducta Smith"), "Introducta Smith");
  EXPECT_EQ(bare_subject("Requesta: x"), "Requesta: x");
  EXPECT_EQ(bare_subject("Reed: x"), "Reed: x");
}

TEST(RequestTest, OthersInCcAndToAreTheWishedConnectors) {
  auto l = letter();
  l.cc = {{"Bob", "bob@example.org"},
          {"", "INTRO@Intro.Example.Org"},
          {"me", "Alice@example.org"},
          {"", "broken"}};
  l.to = {{"", "intro+x@intro.example.org"}, {"", "carol@example.net"}, {"", "BOB@example.org"}};
  const auto request = made(l, body);
  ASSERT_EQ(request.connectors.size(), 2u);
  EXPECT_EQ(text(request.connectors[0]), "bob@example.org");
  EXPECT_EQ(text(request.connectors[1]), "carol@example.net");
}

TEST(RequestTest, TheTargetsOwnAddressIsNoConnector) {
  auto l = letter("Gail Goodman <gail@example.com>");
  l.cc = {{"", "gail@example.com"}};
  EXPECT_TRUE(made(l, body).connectors.empty());
}

TEST(RequestTest, LinesForTheDaemonAreTakenOut) {
  const auto request = made(letter(), "Purpose: Advice\nHi Bob\nSend anyway\n---\nHi Gail\npurpose:  job\n");
  EXPECT_EQ(request.cover_note, "Hi Bob");
  EXPECT_EQ(request.pitch, "Hi Gail");
  EXPECT_EQ(request.purpose, "job");
  EXPECT_TRUE(request.send_anyway);
  const auto plain = made(letter(), "We can send anyway.\n---\nPurpose: I want to tell you a long story");
  EXPECT_FALSE(plain.send_anyway);
  EXPECT_EQ(plain.purpose, "");
  EXPECT_EQ(plain.pitch, "Purpose: I want to tell you a long story");
}

TEST(RequestTest, ASenderWithoutAnAddressIsRefused) {
  auto l = letter();
  l.from.clear();
  EXPECT_FALSE(make_request(l, body, broker));
  l.from = {{"", "not an address"}};
  EXPECT_FALSE(make_request(l, body, broker));
  l.from = {{"", "a@example.org"}, {"", "b@example.org"}};
  EXPECT_FALSE(make_request(l, body, broker));
}

struct Wanted {
  std::string text, name, organisation, address;
};

TEST(RequestTest, WantedTargetsAreReadAsPeopleWriteThem) {
  const Wanted rows[] = {
      {"Gail Goodman, Constant Contact", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman (Constant Contact)", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman at Constant Contact", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman - Constant Contact", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman — Constant Contact", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman", "Gail Goodman", "", ""},
      {"Gail Goodman, CEO of Constant Contact", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman, Head of Data at Acme", "Gail Goodman", "Acme", ""},
      {"Gail Goodman, University of Michigan", "Gail Goodman", "University of Michigan", ""},
      {"Dr. Gail Goodman, PhD, Constant Contact", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman, MD (Constant Contact)", "Gail Goodman", "Constant Contact", ""},
      {"Gail Goodman <gail@example.com>", "Gail Goodman", "", "gail@example.com"},
      {"gail@example.com", "", "", "gail@example.com"},
      {"Gail Goodman, Constant Contact, gail@example.com", "Gail Goodman", "Constant Contact",
       "gail@example.com"},
      {"Mary-Ann O'Neil @ Acme", "Mary-Ann O'Neil", "Acme", ""},
      {"", "", "", ""},
      {",", "", "", ""},
      {"((((", "", "", ""},
  };
  for (const auto& row : rows) {
    const auto wanted = make_wanted_target(row.text);
    EXPECT_EQ(wanted.name, row.name) << row.text;
    EXPECT_EQ(wanted.organisation, row.organisation) << row.text;
    EXPECT_EQ(wanted.address ? text(*wanted.address) : "", row.address) << row.text;
  }
}

TEST(RequestTest, OtherTargetsAreFoundInTheNameAlone) {
  EXPECT_EQ(other_targets("Gail Goodman and Bob Stone, Acme"), std::vector<std::string>{"Bob Stone"});
  EXPECT_EQ(other_targets("Gail Goodman; Bob Stone & Ann Lee"),
            (std::vector<std::string>{"Bob Stone", "Ann Lee"}));
  EXPECT_TRUE(other_targets("Gail Goodman, Johnson and Johnson").empty());
  EXPECT_TRUE(other_targets("Ernst & Young").empty());
  EXPECT_TRUE(other_targets("Alexander Anderson").empty());
  EXPECT_TRUE(other_targets("").empty());
}

}  // namespace
}  // namespace tertius
