#include "mail/encoded_word.hpp"

#include <gtest/gtest.h>

#include <string>

#include "mail/charset.hpp"

namespace tertius::mail {
namespace {

TEST(EncodedWordTest, DecodesBothEncodings) {
  EXPECT_EQ(decode_words("=?utf-8?Q?J=C3=BCrgen_Schm=C3=BCrgen?="), "Jürgen Schmürgen");
  EXPECT_EQ(decode_words("=?UTF-8?b?SsO8cmdlbg==?="), "Jürgen");
  EXPECT_EQ(decode_words("Re: =?iso-8859-1?q?caf=E9?= at noon"), "Re: café at noon");
}

TEST(EncodedWordTest, BlanksBetweenWordsAreNotShown) {
  EXPECT_EQ(decode_words("=?utf-8?Q?a?= =?utf-8?Q?b?="), "ab");
  EXPECT_EQ(decode_words("=?utf-8?Q?a?=  \t =?iso-8859-1?Q?b?="), "ab");
  EXPECT_EQ(decode_words("=?utf-8?Q?a?= b =?utf-8?Q?c?="), "a b c");
  EXPECT_EQ(decode_words("=?utf-8?Q?a_?= =?utf-8?Q?b?="), "a b");
}

TEST(EncodedWordTest, CharacterSplitBetweenWordsIsWholeAgain) {
  EXPECT_EQ(decode_words("=?utf-8?B?SsM=?= =?utf-8?B?vHJnZW4=?="), "Jürgen");
  EXPECT_EQ(decode_words("=?utf-8?Q?J=C3?==?utf-8?Q?=BCrgen?="), "Jürgen");
}

TEST(EncodedWordTest, LanguageAndBrokenBlanksAreTaken) {
  EXPECT_EQ(decode_words("=?utf-8*en?Q?yes?="), "yes");
  EXPECT_EQ(decode_words("=?utf-8?Q?an open word?="), "an open word");
}

TEST(EncodedWordTest, BrokenWordsStayAsWritten) {
  for (const std::string broken :
       {"=?", "=?utf-8", "=?utf-8?Q", "=?utf-8?Q?abc", "=?utf-8?X?abc?=", "=? =?", "?=", "=?=?=?"}) {
    EXPECT_EQ(decode_words(broken), broken);
  }
}

TEST(EncodedWordTest, EmptyWordIsNothing) {
  EXPECT_EQ(decode_words("a =?utf-8?Q?"
                         "?= b"),
            "a  b");
}

TEST(EncodedWordTest, DecodedLineEndsCannotStartAHeader) {
  const std::string decoded = decode_words("=?utf-8?Q?Hi=0D=0ABcc:_x=40example.org=00?=");
  EXPECT_EQ(decoded, "Hi  Bcc: x@example.org");
}

TEST(EncodedWordTest, BareEightBitIsRead) {
  EXPECT_EQ(decode_words("J\xC3\xBCrgen"), "Jürgen");
  EXPECT_EQ(decode_words("J\xFCrgen"), "Jürgen");
}

TEST(EncodedWordTest, FieldOfOpeningsIsLinear) {
  std::string openings;
  for (int i = 0; i < 60000; ++i) openings += "=?u?q?x ";
  EXPECT_TRUE(decode_words(openings) == openings);
}

}  // namespace
}  // namespace tertius::mail
