#include "mail/lmtp.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

using namespace std::string_literals;

bool knows(const std::string& address) { return address.starts_with("intro") || address == "postmaster"; }
LmtpHost host() { return {"broker.example", knows, {}}; }

LmtpLimits small() {
  LmtpLimits limits;
  limits.letter_bytes = 100;
  limits.recipients = 3;
  limits.mistakes = 5;
  return limits;
}

struct Talk {
  std::string output;
  std::vector<ReceivedLetter> letters;
  bool over = false;
};

void serve(LmtpDialogue& dialogue, Talk& talk) {
  while (auto letter = dialogue.take_letter()) {
    const std::vector<Verdict> verdicts(letter->recipients.size(), Verdict::taken);
    talk.letters.push_back(*letter);
    dialogue.answer(verdicts);
  }
  talk.output += dialogue.output();
  dialogue.wrote(dialogue.output().size());
  talk.over = dialogue.is_over();
}

// The whole talk in pieces that end at the cuts.
Talk talk_in_pieces(const std::string& bytes, const std::vector<std::size_t>& cuts) {
  LmtpDialogue dialogue(host(), small());
  Talk talk;
  std::size_t from = 0;
  for (const auto cut : cuts) {
    dialogue.receive(bytes.substr(from, cut - from));
    serve(dialogue, talk);
    from = cut;
  }
  dialogue.receive(bytes.substr(from));
  serve(dialogue, talk);
  return talk;
}

// The codes of all replies after the greeting, one per reply: "250 250 354".
std::string codes(const std::string& output) {
  std::string found;
  std::istringstream lines(output);
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    EXPECT_TRUE(line.ends_with('\r')) << line;
    if (line.size() < 4 || line[3] == '-') continue;
    found += (found.empty() ? "" : " ") + line.substr(0, 3);
  }
  return found;
}

const std::string hello = "LHLO mx.example\r\n";
const std::string letter =
    hello + "MAIL FROM:<a@example.org>\r\nRCPT TO:<intro+x@broker.example>\r\nDATA\r\n";

std::string codes_of(const std::string& bytes) { return codes(talk_in_pieces(bytes, {}).output); }

TEST(LmtpTest, TakesALetterForTwoAndRepliesForEach) {
  const auto talk =
      talk_in_pieces(hello +
                         "MAIL FROM:<a@example.org> SIZE=20 BODY=8BITMIME SMTPUTF8\r\n"
                         "RCPT TO:<intro+x@broker.example>\r\nRCPT TO:<nobody@broker.example>\r\n"
                         "RCPT TO:<Postmaster>\r\nRCPT TO:<intro@broker.example>\r\nDATA\r\n"
                         "Subject: x\r\n\r\n..dot\r\n.\r\nQUIT\r\n",
                     {});
  EXPECT_EQ(codes(talk.output), "250 250 250 550 550 250 354 250 250 221");
  EXPECT_NE(talk.output.find("550 5.1.1 "), std::string::npos);
  ASSERT_EQ(talk.letters.size(), 1U);
  EXPECT_EQ(talk.letters[0].sender, "a@example.org");
  EXPECT_EQ(talk.letters[0].recipients,
            (std::vector<std::string>{"intro+x@broker.example", "intro@broker.example"}));
  EXPECT_EQ(talk.letters[0].bytes, "Subject: x\r\n\r\n.dot\r\n");
  EXPECT_TRUE(talk.over);
}

TEST(LmtpTest, OffersItsExtensions) {
  const auto talk = talk_in_pieces(hello, {});
  EXPECT_EQ(talk.output,
            "220 broker.example LMTP Tertius\r\n250-broker.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n"
            "250-SMTPUTF8\r\n250-ENHANCEDSTATUSCODES\r\n250 SIZE 100\r\n");
}

// Two letters, mistakes, dots, lone CRs and LFs, an oversized letter: whatever the cut, the same.
TEST(LmtpTest, EveryCutMeansTheSame) {
  const std::string bytes =
      letter + "a\r\n..b\r\n.c\r\n\r.\r\r\n.\rd\n.\n\r\n.\r\nRSET\r\nBOGUS\r\n" +
      "MAIL FROM:<>\r\nRCPT TO:<intro@broker.example>\r\nDATA\r\n" + std::string(150, 'x') +
      "\r\n.\r\nMAIL FROM:<>\r\nRCPT TO:<intro@broker.example>\r\nDATA\r\n.\r\nNOOP\r\nQUIT\r\n";
  const auto whole = talk_in_pieces(bytes, {});
  EXPECT_EQ(codes(whole.output), "250 250 250 354 250 250 500 250 250 354 552 250 250 354 250 250 221");
  ASSERT_EQ(whole.letters.size(), 2U);
  EXPECT_EQ(whole.letters[0].bytes, "a\r\n.b\r\nc\r\n\r.\r\r\n\rd\n.\n\r\n");
  EXPECT_EQ(whole.letters[1].bytes, "");
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const auto cut_once = talk_in_pieces(bytes, {cut});
    EXPECT_EQ(cut_once.output, whole.output) << cut;
    ASSERT_EQ(cut_once.letters.size(), whole.letters.size()) << cut;
    for (std::size_t i = 0; i < whole.letters.size(); ++i)
      EXPECT_EQ(cut_once.letters[i].bytes, whole.letters[i].bytes) << cut;
  }
  std::vector<std::size_t> everywhere;
  for (std::size_t cut = 0; cut < bytes.size(); ++cut) everywhere.push_back(cut);
  const auto drop_by_drop = talk_in_pieces(bytes, everywhere);
  EXPECT_EQ(drop_by_drop.output, whole.output);
}

TEST(LmtpTest, OnlyCrlfDotCrlfEndsALetter) {
  for (const auto& end : {"\n.\n"s, "\r.\r"s, "\n.\r\n"s, "\r\n.\n"s, "\r\n.\r"s, "\r\n.\r\r\n"s,
                          "\r\n. \r\n"s, "\r\n.\0\r\n"s}) {
    const auto talk = talk_in_pieces(letter + "text" + end + "MAIL FROM:<eve@example.org>\r\n", {});
    EXPECT_TRUE(talk.letters.empty()) << end;
    EXPECT_EQ(codes(talk.output), "250 250 250 354") << end;
  }
}

TEST(LmtpTest, SaysWhatIsWrong) {
  const std::pair<std::string, std::string> cases[] = {
      {"EHLO x\r\n", "500"},
      {"HELO x\r\n", "500"},
      {"LHLO\r\n", "501"},
      {"MAIL FROM:<a@example.org>\r\n", "503"},
      {"RCPT TO:<intro@broker.example>\r\n", "503"},
      {"DATA\r\n", "503"},
      {"NOOP\r\nVRFY a\r\nRSET\r\n", "250 252 250"},
      {hello + "MAIL FROM:a@example.org\r\n", "250 501"},
      {hello + "MAIL FROM:<" + std::string(80, 'x') + "@example.org>\r\n", "250 250"},
      {hello + "MAIL FROM:<" + std::string(1001, 'x') + ">\r\n", "250 501"},
      {hello + "MAIL FROM:<no address>\r\n", "250 501"},
      {hello + "MAIL FROM:<a b@example.org>\r\n", "250 501"},
      {hello + "MAIL FROM:<a@example.org\r\n", "250 501"},
      {hello + "MAIL FROM:<a@example.org>SIZE=1\r\n", "250 501"},
      {hello + "MAIL FROM:<a@example.org> SIZE=101\r\n", "250 552"},
      {hello + "MAIL FROM:<a@example.org> SIZE=99999999999999999999999\r\n", "250 552"},
      {hello + "MAIL FROM:<a@example.org> RET=HDRS\r\n", "250 555"},
      {hello + "mail from: <a@example.org> size=5\r\n", "250 250"},
      {hello + "MAIL FROM:<@x.example,@y.example:a@example.org>\r\n", "250 250"},
      {hello + "MAIL FROM:<\"a>b c\"@example.org>\r\n", "250 250"},
      {hello + "MAIL FROM:<>\r\nMAIL FROM:<>\r\n", "250 250 503"},
      {hello + "MAIL FROM:<>\r\nDATA\r\n", "250 250 503"},
      {hello + "MAIL FROM:<>\r\nRCPT TO:<>\r\n", "250 250 501"},
      {hello + "MAIL FROM:<>\r\nRCPT TO:<nobody@broker.example>\r\nDATA\r\n", "250 250 550 503"},
      {hello + "MAIL FROM:<>\r\nRCPT TO:<intro@broker.example> NOTIFY=NEVER\r\n", "250 250 555"},
      {hello + "MAIL FROM:<>\r\nRCPT TO:<intro1@b.example>\r\nRCPT TO:<intro2@b.example>\r\nRCPT "
               "TO:<intro3@b.example>\r\n"
               "RCPT TO:<intro4@b.example>\r\n",
       "250 250 250 250 250 452"},
      {"NO\nOP\r\n", "500"},
      {"NO\0OP\r\n"s, "500"},
      {std::string(5000, 'x') + "\r\nNOOP\r\n", "500 250"},
      {"\r\n", "500"},
  };
  for (const auto& [bytes, expected] : cases) EXPECT_EQ(codes_of(bytes), expected) << bytes;
}

TEST(LmtpTest, TooManyMistakesEndIt) {
  std::string bytes;
  for (int i = 0; i < 10; ++i) bytes += "BOGUS\r\n";
  const auto talk = talk_in_pieces(bytes, {});
  EXPECT_EQ(codes(talk.output), "500 500 500 500 500 500 421");
  EXPECT_TRUE(talk.over);
}

TEST(LmtpTest, NothingIsAnsweredBeforeTheVerdict) {
  LmtpDialogue dialogue(host(), small());
  dialogue.receive(letter + "text\r\n.\r\nNOOP\r\n");
  dialogue.wrote(dialogue.output().size());
  EXPECT_FALSE(dialogue.wants_input());
  ASSERT_TRUE(dialogue.take_letter());
  EXPECT_FALSE(dialogue.wants_input());
  EXPECT_EQ(dialogue.output(), "");
  const Verdict verdict[] = {Verdict::taken};
  dialogue.answer(verdict);
  EXPECT_EQ(dialogue.output(), "250 2.1.5 taken\r\n250 2.0.0 ok\r\n");
  EXPECT_TRUE(dialogue.wants_input());
}

TEST(LmtpTest, EachRecipientHearsItsOwnVerdict) {
  LmtpDialogue dialogue(host(), LmtpLimits{});
  std::string bytes = hello + "MAIL FROM:<>\r\n";
  for (int i = 0; i < 6; ++i) bytes += "RCPT TO:<intro" + std::to_string(i) + "@broker.example>\r\n";
  dialogue.receive(bytes + "DATA\r\nx\r\n.\r\n");
  dialogue.wrote(dialogue.output().size());
  ASSERT_TRUE(dialogue.take_letter());
  const Verdict verdicts[] = {Verdict::taken, Verdict::busy, Verdict::failed, Verdict::unknown,
                              Verdict::refused};
  dialogue.answer(verdicts);
  EXPECT_EQ(codes("\r\n" + std::string(dialogue.output())), "250 451 451 550 554 451")
      << "the missing one is our failure";
}

TEST(LmtpTest, BusyIsToldAtMail) {
  bool busy = true;
  auto ours = host();
  ours.is_busy = [&busy] { return busy; };
  LmtpDialogue dialogue(ours, small());
  dialogue.receive(hello + "MAIL FROM:<>\r\n");
  EXPECT_EQ(codes(std::string(dialogue.output())), "250 451");
  busy = false;
  dialogue.receive("MAIL FROM:<>\r\n");
  EXPECT_EQ(codes(std::string(dialogue.output())), "250 451 250");
}

TEST(LmtpTest, ALetterWithoutEndIsCutOff) {
  LmtpDialogue dialogue(host(), small());
  dialogue.receive(letter);
  for (int i = 0; i < 100 && !dialogue.is_over(); ++i) dialogue.receive("0123456789\r\n");
  EXPECT_TRUE(dialogue.is_over());
  EXPECT_TRUE(std::string(dialogue.output()).ends_with("421 4.7.0 broker.example letter without end\r\n"));
}

TEST(LmtpTest, ALetterAtTheLimitIsTakenOneByteMoreIsNot) {
  EXPECT_EQ(codes_of(letter + std::string(98, 'x') + "\r\n.\r\n"), "250 250 250 354 250");
  EXPECT_EQ(codes_of(letter + std::string(99, 'x') + "\r\n.\r\n"), "250 250 250 354 552");
}

TEST(LmtpTest, AfterTheGoodbyeNothingFollows) {
  LmtpDialogue dialogue(host(), small());
  dialogue.receive(letter + "x\r\n.\r\n");
  ASSERT_TRUE(dialogue.take_letter());
  dialogue.close("shutting down");
  dialogue.wrote(dialogue.output().size());
  const Verdict verdict[] = {Verdict::taken};
  dialogue.answer(verdict);
  dialogue.receive("NOOP\r\n");
  EXPECT_EQ(dialogue.output(), "");
}

TEST(LmtpTest, ASecondLhloForgetsTheDraft) {
  EXPECT_EQ(codes_of(hello + "MAIL FROM:<>\r\n" + hello + "RCPT TO:<intro@broker.example>\r\n"),
            "250 250 250 503");
}

TEST(LmtpTest, LetterFarOverTheLimitEndsTheTalkHoweverItIsCut) {
  const std::string bytes = "LHLO c\r\nMAIL FROM:<>\r\nRCPT TO:<intro@broker.example>\r\nDATA\r\n" +
                            std::string(600, 'x') + "\r\n.\r\nNOOP\r\n";
  const Talk whole = talk_in_pieces(bytes, {});
  EXPECT_TRUE(whole.over);
  for (std::size_t cut = 1; cut < bytes.size(); cut += 50)
    EXPECT_EQ(talk_in_pieces(bytes, {cut}).output, whole.output) << cut;
}

}  // namespace
}  // namespace tertius::mail
