#include "mail/letter_guard.hpp"

#include <gtest/gtest.h>

#include <string>

namespace tertius::mail {
namespace {

std::string guarded(std::string_view bytes) {
  GuardedLetter out;
  guard(bytes, {}, out);
  EXPECT_EQ(out.refusal, "");
  return std::string(out.bytes);
}

std::string refusal(std::string_view bytes, const ReadLimits& limits = {}) {
  GuardedLetter out;
  guard(bytes, limits, out);
  return out.refusal;
}

TEST(LetterGuardTest, OrdinaryLetterIsNotCopied) {
  const std::string letter = "Subject: x\r\n\r\nbody\r\n";
  GuardedLetter out;
  guard(letter, {}, out);
  EXPECT_EQ(out.bytes.data(), letter.data());
  EXPECT_EQ(out.bytes.size(), letter.size());
}

TEST(LetterGuardTest, MboxLineAndByteOrderMarkAreDropped) {
  EXPECT_EQ(guarded("From joe@x.test Mon Jan  1\nSubject: x\n\nb"), "Subject: x\n\nb");
  EXPECT_EQ(guarded(">From joe@x.test Mon Jan  1\r\nSubject: x\n\nb"), "Subject: x\n\nb");
  EXPECT_EQ(guarded("\xEF\xBB\xBFSubject: x\n\nb"), "Subject: x\n\nb");
  EXPECT_EQ(guarded("From: joe@x.test\n\nb"), "From: joe@x.test\n\nb");
}

TEST(LetterGuardTest, NulIsStrippedAndLoneCrEndsALine) {
  EXPECT_EQ(guarded(std::string_view("Sub\0ject: x\n\nb\0", 15)), "Subject: x\n\nb");
  EXPECT_EQ(guarded("A: x\rB: y\r\rbody\r"), "A: x\nB: y\n\nbody\n");
  EXPECT_EQ(guarded("A: x\r\n\r\nb\rc\r\n"), "A: x\r\n\r\nb\nc\r\n");
}

TEST(LetterGuardTest, EightBitInAFieldNameIsDropped) {
  EXPECT_EQ(guarded("A: 1\nX-\xFC"
                    "ber: 2\nSubject: \xFC\n\nb"),
            "A: 1\nX-ber: 2\nSubject: \xFC\n\nb");
}

TEST(LetterGuardTest, HeaderWithoutAnEmptyLineGetsOne) {
  EXPECT_EQ(guarded("Subject: x"), "Subject: x\n\n");
  EXPECT_EQ(guarded("Subject: x\r\n"), "Subject: x\r\n\n");
  EXPECT_EQ(guarded(""), "\n");
}

TEST(LetterGuardTest, EachLimitRefusesAndNamesItself) {
  const ReadLimits limits{
      .letter_bytes = 200, .header_bytes = 100, .line_bytes = 50, .content_types = 2, .boundary_lines = 3};
  EXPECT_EQ(refusal("A: x\n\n" + std::string(40, 'b'), limits), "");
  EXPECT_NE(
      refusal("A: x\n\n" + std::string(40, 'b') + "\n" + std::string(160, '\n'), limits).find("octets: "),
      std::string::npos);
  EXPECT_NE(
      refusal("A: x\nB: " + std::string(40, 'b') + "\nC: " + std::string(45, 'c') + "\nD: y\n\n", limits)
          .find("octets of header"),
      std::string::npos);
  EXPECT_NE(refusal("A: x\n\n" + std::string(51, 'b'), limits).find("octets in a line"), std::string::npos);
  EXPECT_NE(refusal("Content-Type: a\nCONTENT-type: b\n\ncontent-type\n", limits).find("content types"),
            std::string::npos);
  EXPECT_NE(refusal("A: x\n\n--a\n--b\n--c\n--d\n", limits).find("lines like boundaries"), std::string::npos);
}

TEST(LetterGuardTest, RefusedLetterKeepsItsHeader) {
  const std::string long_line = "A: x\nB: y\n\nbody " + std::string(90, 'b');
  GuardedLetter out;
  guard(long_line, {.line_bytes = 50}, out);
  EXPECT_EQ(out.bytes, "A: x\nB: y\n\n");
  const std::string long_header = "A: x\nB: " + std::string(90, 'b');
  GuardedLetter cut;
  guard(long_header, {.header_bytes = 20}, cut);
  EXPECT_EQ(cut.bytes, "A: x\n\n");
}

}  // namespace
}  // namespace tertius::mail
