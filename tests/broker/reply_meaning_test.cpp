#include "broker/reply_meaning.hpp"

#include <gtest/gtest.h>

#include "broker/verbs.hpp"
#include "tests/support/broker/replies.hpp"

namespace tertius {
namespace {

using tests::iso_date;
using tests::noon;
using tests::ReplyCase;

const Time now = noon(2026, 3, 10);  // a Tuesday

Meaning by_connector(std::string_view text) { return reply_meaning(text, Role::connector, now); }

bool agrees(const Meaning& meaning) {
  return meaning.kind == MeaningKind::forward || meaning.kind == MeaningKind::accept;
}

bool is_right(const ReplyCase& reply, const Meaning& meaning) {
  if (reply.expected == "-") return !agrees(meaning);
  return meaning_name(meaning.kind) == reply.expected &&
         (reply.until.empty() || reply.until == iso_date(meaning.until));
}

std::string report(const ReplyCase& reply, const Meaning& meaning) {
  return reply.where + " wants " + reply.expected + " " + reply.until + ", is " +
         std::string(meaning_name(meaning.kind)) + " " + iso_date(meaning.until) + ": " + reply.text;
}

TEST(ReplyMeaningTest, NoReplyOfTheSetIsFalselyAForwardAndNineteenOfTwentyAreRight) {
  std::size_t all = 0, right = 0;
  for (const auto& file : tests::reply_files())
    for (const ReplyCase& reply : tests::load_replies(file)) {
      const Meaning meaning = reply_meaning(reply.text, reply.by, now);
      const bool good = is_right(reply, meaning);
      ++all;
      right += good;
      if (!good) std::cout << "missed " << report(reply, meaning) << "\n";
      EXPECT_TRUE(good || !agrees(meaning)) << "falsely agrees: " << report(reply, meaning);
    }
  EXPECT_GE(all, 700u);
  EXPECT_GE(right * 100, all * 95) << right << " of " << all;
}

TEST(ReplyMeaningTest, EveryPhraseOfTheTableIsItsVerb) {
  for (const reading::VerbRow& row : reading::verb_table())
    for (std::string_view rest = row.phrases; !rest.empty();) {
      const std::size_t end = std::min(rest.find(';'), rest.size());
      const auto verb = reading::find_verb(rest.substr(0, end));
      ASSERT_TRUE(verb) << rest.substr(0, end);
      EXPECT_EQ(*verb, row.verb) << row.language << ": " << rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

TEST(ReplyMeaningTest, WordsBelowForwardAreTheEndorsement) {
  const Meaning meaning =
      by_connector("Hi,\n\nForward please.\n\nGail, she is the one I told you about.\nBob");
  EXPECT_EQ(meaning.kind, MeaningKind::forward);
  EXPECT_EQ(meaning.note, "Gail, she is the one I told you about.\nBob");
}

TEST(ReplyMeaningTest, TheSentenceThatAgreesIsNotPartOfTheEndorsement) {
  const Meaning meaning = by_connector("No problem, happy to pass it along. Alice is a star.");
  EXPECT_EQ(meaning.kind, MeaningKind::forward);
  EXPECT_EQ(meaning.note, "Alice is a star.");
}

TEST(ReplyMeaningTest, AForwardToSomebodyTheRequestDoesNotNameIsUnclear) {
  constexpr std::string_view notice = "Hi Carol,\nAlice Ames would like to meet Gail Brandt.";
  const auto kind = [&](std::string_view text, std::string_view answered) {
    return reply_meaning(text, Role::connector, now, answered).kind;
  };
  for (const std::string_view text :
       {"Forward to Bob", "Happy to forward it to Bob", "Yes, I'll pass it on to Bob Jones."}) {
    EXPECT_EQ(kind(text, notice), MeaningKind::unclear) << text;
    EXPECT_EQ(kind(text, {}), MeaningKind::forward) << text;
  }
  for (const std::string_view text :
       {"Forward to Gail", "Happy to introduce Alice to Gail.", "Happy to forward it"})
    EXPECT_EQ(kind(text, notice), MeaningKind::forward) << text;
}

TEST(ReplyMeaningTest, ADeclinesReasonAndARevisionsWordsAreKept) {
  EXPECT_EQ(by_connector("no\n\nI hardly know her.").note, "I hardly know her.");
  EXPECT_EQ(by_connector("changes: say why Gail").note, "say why Gail");
  EXPECT_EQ(by_connector("I'd forward this if it were shorter").note, "I'd forward this if it were shorter");
}

TEST(ReplyMeaningTest, ARedirectNamesThePerson) {
  EXPECT_EQ(by_connector("try bob@example.org").redirect_to, "bob@example.org");
  EXPECT_EQ(by_connector("No, ask Bob Jones instead").redirect_to, "Bob Jones");
  EXPECT_EQ(by_connector("Fragen Sie lieber Peter Müller.").redirect_to, "Peter Müller");
}

TEST(ReplyMeaningTest, TheSameYesIsForwardFromTheConnectorAndAcceptFromTheTarget) {
  EXPECT_EQ(reply_meaning("yes", Role::connector, now).kind, MeaningKind::forward);
  EXPECT_EQ(reply_meaning("yes", Role::target, now).kind, MeaningKind::accept);
  EXPECT_EQ(reply_meaning("forward", Role::target, now).kind, MeaningKind::unclear);
  EXPECT_EQ(reply_meaning("accept", Role::connector, now).kind, MeaningKind::unclear);
}

TEST(ReplyMeaningTest, NothingSaidIsUnclear) {
  for (std::string_view text : {"", " \n\n", "\xE2\x80\x8B", "!!!", "\xFF\xFE"})
    EXPECT_EQ(by_connector(text).kind, MeaningKind::unclear) << text;
}

TEST(ReplyMeaningTest, WhatIsTooLongToBeReadToTheEndDecidesNothing) {
  std::string text = "forward\n\n";
  while (text.size() < 59'000) text += "words ";
  EXPECT_EQ(by_connector(text).kind, MeaningKind::unclear);
}

// A note cut in the middle of a letter would be no text.
TEST(ReplyMeaningTest, WhatIsTooLongHasNoNote) {
  std::string text = "a";
  for (int i = 0; i < 40'000; ++i) text += "\xC3\xBC";
  EXPECT_EQ(reply_meaning(text, Role::connector, Time{}).note, "");
}

// A quarter of a megabyte each of what makes a careless matcher quadratic. The suite's time limit is the
// assertion.
TEST(ReplyMeaningTest, HostileTextIsReadToTheEndAndDecidesNothing) {
  for (std::string_view piece : {"a", " ", "\n", "\r", "\r\n", ">", "no ", "not forward ", "i'd ", "\"", ". ",
                                 ",", "1", "2w ", "（", "转", "\xC3", "@", "ask Bob "}) {
    std::string text;
    while (text.size() < 250'000) text += piece;
    EXPECT_FALSE(agrees(by_connector(text))) << piece;
  }
}

struct WhenCase {
  const char* text;
  const char* until;
};
class LaterTest : public testing::TestWithParam<WhenCase> {};
TEST_P(LaterTest, IsThisDay) {
  const Meaning meaning = by_connector(GetParam().text);
  EXPECT_EQ(meaning.kind, MeaningKind::later) << GetParam().text;
  EXPECT_EQ(iso_date(meaning.until), GetParam().until) << GetParam().text;
}
INSTANTIATE_TEST_SUITE_P(
    Dates, LaterTest,
    testing::Values(
        WhenCase{"later 2w", "2026-03-24"}, WhenCase{"later 10d", "2026-03-20"},
        WhenCase{"later 3 months", "2026-06-10"}, WhenCase{"later tomorrow", "2026-03-11"},
        WhenCase{"later next month", "2026-04-01"}, WhenCase{"later next week", "2026-03-16"},
        WhenCase{"later, after the 15th", "2026-03-16"}, WhenCase{"later in March", "2027-03-01"},
        WhenCase{"later in May", "2026-05-01"}, WhenCase{"later 2026-07-01", "2026-07-01"},
        WhenCase{"later 1.7.2026", "2026-07-01"}, WhenCase{"later on Friday", "2026-03-13"},
        WhenCase{"later 15 June", "2026-06-15"}, WhenCase{"later June 15th", "2026-06-15"},
        WhenCase{"later, next year", "2027-01-01"}, WhenCase{"später nächste Woche", "2026-03-16"},
        WhenCase{"später am 3. Juni", "2026-06-03"}, WhenCase{"plus tard, le 3 juin", "2026-06-03"},
        WhenCase{"más tarde, el 3 de junio", "2026-06-03"}, WhenCase{"later volgende maand", "2026-04-01"},
        WhenCase{"senare, i juni", "2026-06-01"}, WhenCase{"później, w czerwcu", "2026-06-01"},
        WhenCase{"6月3日以降にお願いします", "2026-06-03"}, WhenCase{"下个月再说", "2026-04-01"}));

TEST(ReplyMeaningTest, NotYetIsTheRequestersNo) {
  EXPECT_EQ(reply_meaning("Not yet.", Role::requester, Time{}).kind, MeaningKind::decline);
  EXPECT_EQ(reply_meaning("todavía no", Role::requester, Time{}).kind, MeaningKind::decline);
  EXPECT_EQ(reply_meaning("Not yet.", Role::connector, Time{}).kind, MeaningKind::later);
}

TEST(ReplyMeaningTest, QuotesAroundAnAddressAreNotPartOfIt) {
  const auto meant = reply_meaning("try \u201cbob@example.org\u201d", Role::connector, Time{});
  EXPECT_EQ(meant.kind, MeaningKind::redirect);
  EXPECT_EQ(meant.redirect_to, "bob@example.org");
}

TEST(ReplyMeaningTest, ATabWithinANameIsABlank) {
  const auto meant = reply_meaning("Bob\tJones would be a better person to ask.", Role::connector, Time{});
  EXPECT_EQ(meant.kind, MeaningKind::redirect);
  EXPECT_EQ(meant.redirect_to, "Bob Jones");
}

}  // namespace
}  // namespace tertius
