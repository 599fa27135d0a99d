// A yes beside words that a rule cut, and that may be the person's own: never clear.
#include "broker/doubt.hpp"

#include <gtest/gtest.h>

#include <array>

#include "broker/reply_meaning.hpp"

namespace tertius {
namespace {

constexpr std::string_view notice = R"(Alice Chen asks: will you forward a short note to Gail Goodman?

Alice writes to you:

  Hi Christine, could you pass this on? It is fine to say no.

If you forward it, Gail sees your name first and then this, word for word:

  Hello Gail, I would love to compare notes with somebody who has built the same thing twice over.

Forward to Gail:
https://intro.example.org/d/abcdefgh2345mfrggzdf/forward

Decline:
https://intro.example.org/d/abcdefgh2345mfrggzdf/decline
)";

const std::string link = "https://intro.example.org/d/abcdefgh2345mfrggzdf/forward";
const std::string quoted_line =
    "> Hello Gail, I would love to compare notes with somebody who has built the same\n";
const std::string quote =
    "\n\nOn Mon, 9 Mar 2026 at 10:00, Alice Chen <intro@example.org> wrote:\n" + quoted_line;

MeaningKind meant(const std::string& text, const std::string& html_text = "",
                  std::string_view answered = notice) {
  Letter letter;
  letter.subject = "Re: Introduce Alice Chen to Gail Goodman?";
  letter.text = text;
  letter.reply_html_text = html_text;
  return reply_meaning(reply_text(letter, answered), Role::connector, Time{}, answered).kind;
}

void expect_no_forward(const std::string& text, const std::string& html = "") {
  EXPECT_NE(meant(text, html), MeaningKind::forward) << text << "\n--\n" << html;
  EXPECT_NE(meant(text, html, {}), MeaningKind::forward) << "with an unknown notice: " << text << "\n--\n"
                                                         << html;
}

TEST(DoubtTest, BetweenLinesOfTheQuote) {
  for (const char* answer :
       {"but only if she agrees to it beforehand", "no, not to gail", "i have to call her first",
        "(not before Friday though)", "decline", "later", "changes", "do not"})
    expect_no_forward("forward" + quote + answer + "\n" + quoted_line);
}

TEST(DoubtTest, BesideALinkOfOurs) {
  expect_no_forward("ok\ndo not use " + link + " before Friday");
  expect_no_forward("forward\nDon't! I pressed " + link + " by mistake.");
  expect_no_forward("forward\nPlease do not count my click on Forward <" + link + ">, ask me on Friday");
  expect_no_forward("forward\nNot before Friday:\n" + link);
}

TEST(DoubtTest, InWhatLooksLikeAFooter) {
  for (const char* footer :
       {"Sent from my phone, so wait until I have called her", "Sent by my assistant in error",
        "Please excuse my mistake, I meant decline", "Sent with some hesitation: wait until Friday",
        "Typed on the go - cannot stand behind this yet", "Gesendet aus Versehen, bitte ignorieren",
        "Envoy\u00e9 avec r\u00e9serve: attendez vendredi", "\u2014\nPlease wait until Friday.",
        "--\nBut not before Friday, I have to ask her.", "-- \nBut not before Friday, I have to ask her.",
        "But only if Alice keeps my name strictly confidential, does not disclose it to anybody, and will "
        "delete "
        "this mail after reading it.",
        "__\nBut please unsubscribe me and do not send it"})
    expect_no_forward("forward\n" + std::string(footer));
  for (const char* name : {"-Only If Gail Agrees", "-Not Before May", "-Wait", "/After Easter"})
    expect_no_forward("forward\n\n" + std::string(name));
  expect_no_forward("\u8f6c\u53d1\n\n-\u7b49\u5979\u540c\u610f");
  expect_no_forward("\u8f6c\u53d1\n\n-\u5148\u4e0d\u8981\u53d1");
}

TEST(DoubtTest, InWhatLooksLikeAnAttributionOrASeparator) {
  for (const char* line :
       {"As Gail wrote on 3 May 2026 she would rather not be asked:",
        "Only once the numbers that Bob wrote on 3 May 2026 are corrected:\n- revenue",
        "On 9 March 2026 I would rather not, see what Bob at bob@x.org wrote",
        "-- not before 9 March 2026, see what Bob wrote --", "First change the message:\nTo: Gail",
        "before that send a message:\nto: Gail, ask whether she minds", "** do not forward before Friday **",
        "== Only if the message is changed =="})
    expect_no_forward("forward\n" + std::string(line));
  expect_no_forward("ok\nwait for a mail from bob@example.org first:\n> Hello");
  expect_no_forward("forward. On 3 May 2026 gail@cc.com wrote she wants to be asked first:");
  expect_no_forward(
      "yes\n\nOn Mon, 9 Mar 2026, Alice Chen <intro@example.org> wrote:\nActually I have a doubt, ask me "
      "on Friday.\n\n" +
      quoted_line);
}

TEST(DoubtTest, InTheOtherPartOfTheLetter) {
  expect_no_forward("forward", "forward\nonly if she agrees, please wait");
  expect_no_forward("yes", "yes, but not before Friday");
  expect_no_forward("please forward it", "please do not forward it");
  expect_no_forward("I am happy to forward it", "I am not happy to forward it");
  expect_no_forward("forward it but not before Friday", "forward it");
}

TEST(DoubtTest, BelowWhatIsReadAndInWordsThatStandInTheNotice) {
  std::string far = "forward\n";
  for (int i = 0; i < 3'100; ++i) far += i % 2 == 0 ? "\n" : "> x\n";
  expect_no_forward(far + "no, please do not forward this");
  EXPECT_NE(meant("yes\nIt is fine to say no.\nNo."), MeaningKind::forward);
  EXPECT_NE(meant("ok\nIf you do not forward it, Gail sees your name first and then this, word for word"),
            MeaningKind::forward);
}

TEST(DoubtTest, BehindMoreCutLinesThanAreLookedAt) {
  std::string many = "forward\n";
  for (int i = 0; i < 30; ++i) many += "Sent from my iPhone\n";
  expect_no_forward(many + "Sent by my assistant in error");
}

TEST(DoubtTest, BehindTheWordItself) {
  for (const char* line :
       {"Only if she is fine with it.", "provided she agrees first", "Please hold it until Friday.",
        "Let me ask her first.", "Ignore that.", "Oops, that was a mistake.",
        "My assistant pressed this by accident.", "to Bob instead", "erst wenn ich sie gesprochen habe"})
    expect_no_forward("forward\n" + std::string(line));
}

TEST(DoubtTest, InAGreetingThatIsNone) {
  for (const char* line : {"Hey don't, forward it", "Hi Alice not now, ok", "Hey wait, ok",
                           "Hello ask Bob first, ok", "Sehr ungern, ja", "Hej inte nu, ok"})
    expect_no_forward(line);
}

TEST(DoubtTest, SomebodyElsesWordsAreNotTheWriters) {
  for (const char* text :
       {"Gail answered me:\n\nyes, forward it", "Gail schrieb:\n\nJa, leite es weiter",
        "Gail says:\n\nyes, forward it", "Hm.\nGail Goodman <gail@cc.com>\n9 March 2026\nforward",
        "| forward", "\u00bb forward", "\uff1e forward"})
    expect_no_forward(text);
}

// The other side: what real letters hold beside a yes leaves it clear.
TEST(DoubtTest, OrdinaryLettersStayClear) {
  for (const char* below :
       {"", "\n\nSent from my iPhone", "\n\nSent from my mobile device, please excuse typos and brevity.",
        "\n\nGet Outlook for iOS", "\n-- \nChristine Herron\nPartner, First Round\nNo. 5 Market Street",
        "\n\n-Christine", "\n\nBest regards,\nChristine",
        "\n\nThis e-mail and any attachments are confidential and intended solely for the addressee. If you "
        "are not the "
        "intended recipient, please notify the sender and delete it.",
        "\n-- \nChristine Herron\nPlease consider the environment before you print this e-mail."})
    EXPECT_EQ(meant("forward" + std::string(below) + quote), MeaningKind::forward) << below;
  EXPECT_EQ(meant("forward\n\nAlice is terrific. You will not regret it, Gail." + quote),
            MeaningKind::forward);
  EXPECT_EQ(meant("forward\n\n" + std::string(notice)), MeaningKind::forward) << "quoted without any mark";
  EXPECT_EQ(meant("forward\n\nForward to Gail <" + link + ">\nDecline <" + link + ">"), MeaningKind::forward);
}

TEST(DoubtTest, ASentenceWithoutAnEndDecidesNothing) {
  std::string endless;
  for (int i = 0; i < 1'300; ++i) endless += "yes forward it ";
  EXPECT_EQ(meant(endless), MeaningKind::unclear);
}

}  // namespace
}  // namespace tertius
