#include "mail/charset.hpp"
#include "broker/utf8.hpp"

#include <gtest/gtest.h>
#include <iconv.h>

#include <string>

namespace tertius::mail {
namespace {

TEST(CharsetTest, EveryConverterOfTheTableExists) {
  for (const CharsetAlias& alias : charset_table()) {
    if (alias.converter.empty()) continue;
    const iconv_t handle = iconv_open("utf-8", std::string(alias.converter).c_str());
    EXPECT_NE(handle, reinterpret_cast<iconv_t>(-1)) << alias.name;
    if (handle != reinterpret_cast<iconv_t>(-1)) iconv_close(handle);
  }
}

TEST(CharsetTest, ReadsWhatIsDeclared) {
  EXPECT_EQ(to_utf8("J\xFCrgen", "ISO-8859-1"), "Jürgen");
  EXPECT_EQ(to_utf8("\xCF\xF0\xE8\xE2\xE5\xF2", "windows-1251"), "Привет");
  EXPECT_EQ(to_utf8("\xF0\xD2\xC9\xD7\xC5\xD4", "koi8-r"), "Привет");
  EXPECT_EQ(to_utf8("\x1B$B$3$s$K$A$O\x1B(B", "ISO-2022-JP"), "こんにちは");
  EXPECT_EQ(to_utf8("\x82\xB1\x82\xF1", "Shift_JIS"), "こん");
}

TEST(CharsetTest, Gb2312AndKsc5601AreReadAsTheirSupersets) {
  EXPECT_EQ(to_utf8("\xC4\xE3\xBA\xC3 \x80", "gb2312").substr(0, 6), "你好");
  EXPECT_EQ(to_utf8("\xE9\x46", "gb2312"), "镕");  // the name of a prime minister, in GBK alone
  EXPECT_EQ(to_utf8("\xB0\xA1\x8C\x63", "ks_c_5601-1987"), "가똠");  // the second syllable is in CP949 alone
}

TEST(CharsetTest, MarkTellsTheByteOrderAndIsNotShown) {
  using namespace std::string_view_literals;
  EXPECT_EQ(to_utf8("\xFF\xFEJ\0\xFC\0"sv, "UTF-16"), "Jü");
  EXPECT_EQ(to_utf8("\xFE\xFF\0J\0\xFC"sv, "utf-16"), "Jü");
  EXPECT_EQ(to_utf8("\0J\0\xFC"sv, "utf-16"), "Jü");
  EXPECT_EQ(to_utf8("\xEF\xBB\xBFJ\xC3\xBC", "utf-8"), "Jü");
  EXPECT_EQ(to_utf8("J\xEF\xBB\xBF", "utf-8"), "J\xEF\xBB\xBF");
}

TEST(CharsetTest, Latin1MeansWindows1252) { EXPECT_EQ(to_utf8("\x93yes\x94 \x80", "iso-8859-1"), "“yes” €"); }

TEST(CharsetTest, UnknownCharsetIsUtf8WhereValidElse1252) {
  EXPECT_EQ(to_utf8("J\xC3\xBCrgen", "x-nobody-knows"), "Jürgen");
  EXPECT_EQ(to_utf8("J\xFCrgen", "x-nobody-knows"), "Jürgen");
  EXPECT_EQ(to_utf8("J\xFCrgen"), "Jürgen");
  EXPECT_EQ(to_utf8("J\xC3\xBCrgen", "us-ascii"), "Jürgen");
}

TEST(CharsetTest, NamesThatAreNotInTheTableNeverReachIconv) {
  EXPECT_EQ(to_utf8("\xA1\xA1", "IBM1364"), to_utf8("\xA1\xA1"));
  EXPECT_EQ(to_utf8("abc", "utf-16//TRANSLIT"), "abc");
  EXPECT_EQ(to_utf8("abc", "../../etc/passwd"), "abc");
}

TEST(CharsetTest, BrokenInputBecomesReplacementCharacters) {
  EXPECT_EQ(to_utf8("J\xC3\xBCrgen \xFF!", "utf-8"), "Jürgen \xEF\xBF\xBD!");
  EXPECT_EQ(to_utf8("\xC4", "gb2312"), "\xEF\xBF\xBD");
  EXPECT_EQ(to_utf8("J\xFCrgen", "utf-8"), "Jürgen");  // not a single good sequence: the client lies
}

TEST(CharsetTest, OutputIsValidUtf8WithoutNulForEveryByteInEveryCharset) {
  std::string every;
  for (int c = 0; c < 256; ++c) every += static_cast<char>(c);
  for (int c = 255; c >= 0; --c) every += static_cast<char>(c);
  for (const CharsetAlias& alias : charset_table()) {
    const std::string out = to_utf8(every, alias.name);
    EXPECT_TRUE(is_valid_utf8(out)) << alias.name;
    EXPECT_EQ(out.find('\0'), std::string::npos) << alias.name;
  }
}

TEST(CharsetTest, RejectsOverlongAndSurrogateSequences) {
  EXPECT_FALSE(is_valid_utf8("\xC0\xAF"));
  EXPECT_FALSE(is_valid_utf8("\xE0\x80\xAF"));
  EXPECT_FALSE(is_valid_utf8("\xED\xA0\x80"));
  EXPECT_FALSE(is_valid_utf8("\xF4\x90\x80\x80"));
  EXPECT_FALSE(is_valid_utf8("abcdefgh\xC3"));
  EXPECT_TRUE(is_valid_utf8("abcdefgh\xF0\x9F\x98\x80"));
}

TEST(CharsetTest, PrefixNeverCutsACharacter) {
  EXPECT_EQ(utf8_prefix("aü", 2), "a");
  EXPECT_EQ(utf8_prefix("aü", 3), "aü");
  EXPECT_EQ(utf8_prefix("aü", 9), "aü");
}

}  // namespace
}  // namespace tertius::mail
