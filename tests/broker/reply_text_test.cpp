#include "broker/reply_text.hpp"

#include <gtest/gtest.h>

namespace tertius {
namespace {

constexpr std::string_view notice = R"(Hello Christine,

Ann Lee would like to meet Gail Müller and believes you know her.

    "We both build open tide gauges. I would love to compare
    calibration notes – half an hour by phone would do."

Would you pass this on?

  Forward:  https://intro.broker.test/d/abcdefgh2345/forward
  Decline:  https://intro.broker.test/d/abcdefgh2345/decline

or just reply: forward, decline, later 2w, try bob@example.org, or what to change;
anything else you write above the quote goes to Gail as your own words.

--
Example Alumni at broker.test
)";

std::string said(std::string_view text, std::string_view answered = notice) {
  Letter letter;
  letter.subject = "Re: Introduce Ann Lee to Gail Müller?";
  letter.text = text;
  return reply_text(letter, answered).text;
}

constexpr std::string_view words = "FORWARD\n\nGladly, tell Gail I said hello. Über.";

TEST(ReplyTextTest, WordsAboveAMarkedQuoteRemain) {
  EXPECT_EQ(said(std::string(words) +
                 "\n\nOn Mon, Nov 23, 2026 at 10:58:06PM +0000, Ann Lee via Example Alumni wrote:\n"
                 "> Hello Christine,\n>\n> Would you pass this on?\n>   FORWARD   send it\n"),
            words);
}

TEST(ReplyTextTest, RoundcubesAttributionNeedsNoEmptyLineAboveIt) {
  EXPECT_EQ(said(std::string(words) + "\nOn 2026-11-23 22:58, Ann Lee via Example Alumni wrote:\n> Hello\n"),
            words);
}

TEST(ReplyTextTest, ClawsAttributionOfTwoLinesIsCut) {
  EXPECT_EQ(said(std::string(words) + "\nOn Mon, 23 Nov 2026 22:58:20 +0000\nAnn Lee via Example Alumni "
                                      "<intro@broker.test> wrote:\n\n> Hello\n"),
            words);
}

TEST(ReplyTextTest, AttributionWithoutADateIsCut) {
  EXPECT_EQ(
      said(std::string(words) + "\n\nAnn Lee via Example Alumni <intro@broker.test> wrote:\n\n> Hello\n"),
      words);
}

TEST(ReplyTextTest, RoundcubesUnmarkedListOfOurLinksIsCut) {
  EXPECT_EQ(said(std::string(words) +
                 "\n\nOn 2026-11-23 22:58, Ann Lee wrote:\n\n> Hello\n> Forward [1 [1]]\n\n\nLinks:\n------\n"
                 "[1] https://intro.broker.test/d/abcdefgh2345/forward\n[2] "
                 "https://intro.broker.test/stop/abcdefgh2345\n"),
            words);
}

TEST(ReplyTextTest, ALinkOfTheirOwnStays) {
  const std::string text =
      "forward\n\nHer paper: https://docs.example/document/d/1x0ZtT9aBcDeFgHiJkLmN/edit\nand the talk: "
      "https://talks.example/show/oceanographers";
  EXPECT_EQ(said(text), text);
}

TEST(ReplyTextTest, AButtonsWordsOrTheExampleWeGiveMayBeTheAnswer) {
  for (const std::string_view answer : {"try bob@example.org", "Just reply: decline", "Example Alumni"}) {
    EXPECT_EQ(said(std::string(answer) + "\n\nOn Mon, 23 Nov 2026, Ann Lee wrote:\n> Hello\n"), answer);
    EXPECT_EQ(said("On Mon, 23 Nov 2026, Ann Lee wrote:\n> Hello\n\n" + std::string(answer)), answer);
  }
  EXPECT_EQ(said("Hello Christine,\n\ntry bob@example.org, or what to change\n\nWould you pass this on?"),
            "");
}

TEST(ReplyTextTest, WordsRightAboveAWholeAttributionAreNotPartOfIt) {
  for (const std::string_view answer :
       {"later 2w", "No problem, happy to pass it along", "not until 2026-12-05"})
    EXPECT_EQ(
        said(std::string(answer) + "\nOn 2026-11-23 22:58, Ann Lee via Example Alumni wrote:\n> Hello\n"),
        answer);
  EXPECT_EQ(said("later 2w\nOn 2026-11-23 22:58, Ann Lee via Example\nAlumni wrote:\n> Hello\n"), "later 2w");
  EXPECT_EQ(said("ok\n\nAnn Lee <intro@broker.test>\nschrieb am 23.11.2026 um 22:58:\n> Hello\n"), "ok");
  EXPECT_EQ(said("ok\nAm Montag, dem 23.11.2026\num 22:58:20 +0000 schrieb Ann Lee:\n> Hello\n"), "ok");
}

TEST(ReplyTextTest, LabelsOfOurButtonsAreNoAnswer) {
  EXPECT_EQ(said("> Would you pass this on?\n>\n> Forward\n> Decline\n"), "");
  EXPECT_EQ(said("Ann Lee would like to meet Gail Müller and believes you know her.\n\nForward\n\nDecline\n"),
            "");
}

TEST(ReplyTextTest, ANoticeQuotedWithoutAnyMarkIsKnownByItsWords) {
  EXPECT_EQ(said("decline\n\nHello Christine,\nAnn Lee would like to meet Gail Müller and believes\nyou know "
                 "her.\nForward\nDecline\n"
                 "or just reply: forward, decline, later 2w, try bob@example.org, or what to\nchange;\n"),
            "decline");
}

TEST(ReplyTextTest, AnswersBelowAndBetweenAMarkedQuoteRemain) {
  EXPECT_EQ(said("On Mon, 23 Nov 2026, Ann Lee wrote:\n> Would you pass this on?\n\nforward\n"), "forward");
  EXPECT_EQ(said("> Ann Lee would like to meet Gail\nwith pleasure\n> Would you pass this on?\nyes\n"),
            "with pleasure\n\nyes");
}

TEST(ReplyTextTest, AQuoteAloneSaysNothing) {
  EXPECT_EQ(said("> Hello Christine,\n> Would you pass this on?\n"), "");
  EXPECT_EQ(said(notice), "");
}

TEST(ReplyTextTest, OutlooksHeaderBlockEndsTheWordsInAnyLanguage) {
  for (std::string_view block : {"From: Ann Lee <intro@broker.test>\nSent: Monday, November 23, 2026 10:58 "
                                 "PM\nTo: Christine\nSubject: Introduce\n\nHello\nForward\n",
                                 "Von: Ann Lee <intro@broker.test>\nGesendet: Montag, 23. November 2026 "
                                 "22:58\nAn: Christine\nBetreff: Introduce\n\nHello\nForward\n",
                                 "De : Ann Lee <intro@broker.test>\nEnvoyé : lundi 23 novembre 2026 22:58\nÀ "
                                 ": Christine\nObjet : Introduce\n\nHello\nForward\n",
                                 "差出人: Ann Lee <intro@broker.test>\n送信日時: 2026年11月23日 22:58\n宛先: "
                                 "Christine\n件名: Introduce\n\nHello\nForward\n"})
    EXPECT_EQ(said("no thanks\n\n________________________________\n" + std::string(block)), "no thanks")
        << block;
}

TEST(ReplyTextTest, OriginalMessageSeparatorsEndTheWords) {
  for (std::string_view separator :
       {"-----Original Message-----", "-----Ursprüngliche Nachricht-----",
        "-------- Message d'origine --------", "---------- Forwarded message ---------"})
    EXPECT_EQ(said("yes\n\n" + std::string(separator) + "\nFrom: Ann Lee <intro@broker.test>\nHello\n"),
              "yes")
        << separator;
}

TEST(ReplyTextTest, AttributionsOfManyLanguagesAreCut) {
  for (std::string_view line :
       {"Am 23.11.2026 um 22:58 schrieb Ann Lee <intro@broker.test>:",
        "Le lun. 23 nov. 2026 à 22:58, Ann Lee <intro@broker.test> a écrit :",
        "El lun, 23 nov 2026 a las 22:58, Ann Lee (<intro@broker.test>) escribió:",
        "Em seg., 23 de nov. de 2026 às 22:58, Ann Lee <intro@broker.test> escreveu:",
        "Il giorno lun 23 nov 2026 alle ore 22:58 Ann Lee <intro@broker.test> ha scritto:",
        "Op ma 23 nov 2026 om 22:58 schreef Ann Lee <intro@broker.test>:",
        "Den mån 23 nov. 2026 kl 22:58 skrev Ann Lee <intro@broker.test>:",
        "pon., 23 lis 2026 o 22:58 Ann Lee <intro@broker.test> napisał(a):",
        "2026年11月23日(月) 22:58 Ann Lee <intro@broker.test>:",
        "Ann Lee <intro@broker.test> 于2026年11月23日周一 22:58写道："})
    EXPECT_EQ(said("ok\n\n" + std::string(line) + "\n\nHello Christine,\nForward\n"), "ok") << line;
}

TEST(ReplyTextTest, SignaturesDeviceLinesAndDisclaimersAreCut) {
  EXPECT_EQ(said("decline\n\n-- \nChristine\nForward Ltd\n"), "decline");
  EXPECT_EQ(said("decline\n\nSent from my iPhone\n"), "decline");
  EXPECT_EQ(said("abgelehnt\n\nVon meinem iPhone gesendet"), "abgelehnt");
  EXPECT_EQ(said("decline\n\nThis email and any attachments are confidential and intended solely for the "
                 "addressee. Do not forward this email.\n"),
            "decline");
}

TEST(ReplyTextTest, ASentenceThatBeginsLikeADeviceLineStays) {
  EXPECT_EQ(said("Sent from my desk, which is much easier than my phone."),
            "Sent from my desk, which is much easier than my phone.");
}

TEST(ReplyTextTest, ThreeDashesPartTwoTextsAndAreNoSignature) {
  EXPECT_EQ(said("Could you help me?\n\n---\n\nDear Gail, may I ask you something?", ""),
            "Could you help me?\n\n---\n\nDear Gail, may I ask you something?");
}

TEST(ReplyTextTest, ASentenceWithDatesAndAColonStays) {
  const std::string text = "We presented this in 2021 and 2022:\n\na tide gauge for everybody.";
  EXPECT_EQ(said(text, ""), text);
}

TEST(ReplyTextTest, TheSubjectOfAMailtoButtonIsTheWord) {
  Letter letter;
  letter.subject = "forward";
  EXPECT_EQ(reply_text(letter, notice).text, "forward");
  letter.text = "She is great.";
  EXPECT_EQ(reply_text(letter, notice).text, "forward\n\nShe is great.");
  letter.subject = "Re: forward";
  EXPECT_EQ(reply_text(letter, notice).text, "She is great.");
}

TEST(ReplyTextTest, WhatTheHtmlPartMarksAsQuoteIsQuoteInTheTextPartToo) {
  Letter letter;
  letter.text = "decline\n\nHallo Christine\nGanz andere Worte des Zitats\n";
  letter.html = "<p>decline</p><blockquote type=\"cite\">...</blockquote>";
  letter.reply_html_text = "decline";
  EXPECT_EQ(reply_text(letter).text, "decline");
}

TEST(ReplyTextTest, PartsThatSayDifferentThingsAreToldSo) {
  Letter letter;
  letter.text = "forward it please";
  letter.html = "<p>Never ever do that, I decline.</p>";
  letter.reply_html_text = "Never ever do that, I decline.";
  EXPECT_TRUE(reply_text(letter).disagrees);
  letter.reply_html_text = "forward it please";
  EXPECT_FALSE(reply_text(letter).disagrees);
}

TEST(ReplyTextTest, LineEndsOfAnyKindAreTheSame) {
  EXPECT_EQ(said("yes\r\n\r\n> Hello\r\n"), "yes");
  EXPECT_EQ(said("yes\r\r> Hello\r"), "yes");
}

// A hundred kilobytes each; the suite's time limit is the assertion.
TEST(ReplyTextTest, HostileTextIsReadToTheEnd) {
  for (std::string_view piece : {"\n", "\r", " ", ">", "> ", "On 1 2:\n", "From: a@b.c\n", "-----\n", "_",
                                 "https://x/d/", "a:\n", "\xF0\x9F", "wrote "}) {
    std::string text;
    while (text.size() < 100'000) text += piece;
    EXPECT_LE(said(text, text).size(), 1'000'000u) << piece;
  }
}

TEST(ReplyTextTest, LongTextIsCut) {
  EXPECT_EQ(said(std::string(1'500'000, 'a'), "").size(), 300'000u);
  std::string lines;
  for (int i = 0; i < 10'000; ++i) lines += "word\n";
  EXPECT_EQ(said(lines, "").size(), 3000u * 5 - 1);
}

TEST(ReplyTextTest, AnAttributionOnTheLineOfTheWordsIsParted) {
  EXPECT_EQ(said("forward On Mon, 23 Nov 2026 at 22:58, Ann Lee <intro@broker.test> wrote:\n> Hello\n"),
            "forward");
  EXPECT_EQ(said("Oui, volontiers --- Le 23 nov. 2026 \xC3\xA0 22:58, Ann Lee <intro@broker.test> a \xC3\xA9"
                 "crit :\n> Bonjour\n"),
            "Oui, volontiers");
  // A sentence, no attribution: nobody's address stands in it.
  EXPECT_EQ(said("Tell her what On 3 May 2026 I told you: yes"),
            "Tell her what On 3 May 2026 I told you: yes");
}

TEST(ReplyTextTest, RuledAndBareAttributionsAreCut) {
  EXPECT_EQ(said("decline\n\n---- Ann Lee wrote ----\n\n> Hello\n"), "decline");
  EXPECT_EQ(said("decline\n\n------On 11/23/2026 22:58 PM, Ann Lee wrote-----\n\nWould you like to meet?\n"),
            "decline");
  EXPECT_EQ(said("decline\n2026/11/23 Ann Lee <intro@broker.test>\n\n> Hello\n"), "decline");
}

TEST(ReplyTextTest, ABrokenQuotedLineLeavesNoTail) {
  const std::string above =
      "Gladly.\n\n> A line that somebody wrote at such length that a relay broke it in\n";
  EXPECT_EQ(said(above + "two halves here.\n> And more.\n", ""), "Gladly.");
  EXPECT_EQ(said(above + "yes\n> And more.\n", ""), "Gladly.\n\nyes");
  EXPECT_EQ(said(above + "Please ask her first.\n> And more.\n", ""), "Gladly.\n\nPlease ask her first.");
  EXPECT_EQ(said("> Would you?\nsure, as you like\n> And more.\n", ""), "sure, as you like");
  // Where we know what we sent, we know its tails.
  EXPECT_EQ(said(above + "but only if she agrees.\n> And more.\n"), "Gladly.\n\nbut only if she agrees.");
}

TEST(ReplyTextTest, AForwardedMailIsNobodysAnswerThoughHalfOfItIsMarked) {
  EXPECT_EQ(
      said(
          "Forwarded message:\n\n> From: Ann Lee <ann@example.org>\n> Subject: tides\n>\n> Hello\nforward\n"),
      "");
  EXPECT_EQ(said("no\n\n-----\nFrom: ann@example.org Date: Mon, 23 Nov 2026 22:58:06 +0000\nforward\n"),
            "no");
}

TEST(ReplyTextTest, ANameBehindADashAtTheEndIsASignature) {
  EXPECT_EQ(said("Happy to.\n\n-Christine Moore\n"), "Happy to.");
  EXPECT_EQ(said("Happy to.\n\n/Christine\n"), "Happy to.");
  EXPECT_EQ(said("-Christine Moore\n"), "-Christine Moore");
  EXPECT_EQ(said("Two things:\n\n-Shorter please\n"), "Two things:\n\n-Shorter please");
  EXPECT_EQ(said("So:\n\n-Forward\n"), "So:\n\n-Forward");
}

}  // namespace
}  // namespace tertius
