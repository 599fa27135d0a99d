#include "contacts/decode_text.hpp"

#include <gtest/gtest.h>

#include "broker/utf8.hpp"
#include "contacts/read_contacts.hpp"

namespace tertius::contacts {
namespace {

std::string utf16(std::u16string_view text, bool big_endian) {
  std::string out;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8), low = static_cast<char>(unit & 0xFF);
    out += big_endian ? high : low;
    out += big_endian ? low : high;
  }
  return out;
}

const std::u16string table =
    u"\uFEFFFirst Name,Last Name,E-mail Address\r\nZo\u00EB,M\u00FCller \U0001F600,zoe@x.example\r\n";
const std::string decoded = "First Name,Last Name,E-mail Address\r\nZoë,Müller 😀,zoe@x.example\r\n";

TEST(DecodeTextTest, Utf16OfEitherOrderIsReadByItsMark) {
  EXPECT_EQ(decode_text(utf16(table, true)), decoded);
  EXPECT_EQ(decode_text(utf16(table, false)), decoded);
}

TEST(DecodeTextTest, HalvesOfCharactersDoNotBecomeCharacters) {
  EXPECT_EQ(decode_text(utf16(u"\uFEFFa\xD83D", false)), "a\uFFFD");
  EXPECT_EQ(decode_text(utf16(u"\uFEFF\xDE00z", true)), "\uFFFDz");
  EXPECT_EQ(decode_text(utf16(u"\uFEFF\xD83D"
                              u"b",
                              true)),
            "\uFFFD"
            "b");
  EXPECT_EQ(decode_text("\xFF\xFE"
                        "a"),
            "\uFFFD");
  EXPECT_EQ(decode_text("\xFF\xFE"), "");
}

TEST(DecodeTextTest, WhatIsNowhereUtf8IsWindows1252) {
  EXPECT_EQ(decode_text("Zo\xEB M\xFCller, \x80 5 \x96 7"), "Zoë Müller, € 5 – 7");
  std::string all;
  for (int octet = 0x80; octet < 0x100; ++octet) all += std::string(1, static_cast<char>(octet)) + " ";
  EXPECT_TRUE(is_utf8(decode_text(all)));
}

TEST(DecodeTextTest, Utf8WithAFewBrokenOctetsStaysAsItIs) {
  const std::string broken = "Zoë Müller\nJos\xE9\n";
  EXPECT_EQ(decode_text(broken), broken);
  EXPECT_EQ(decode_text("plain"), "plain");
  EXPECT_EQ(decode_text(""), "");
}

TEST(DecodeTextTest, AnAddressBookOfWindowsIsReadWithItsNames) {
  for (const auto& bytes :
       {utf16(table, false),
        std::string("First Name;Last Name;E-mail Address\r\nZo\xEB;M\xFCller;zoe@x.example\r\n")}) {
    const auto file = read_contacts(bytes);
    ASSERT_TRUE(file) << file.error().what;
    ASSERT_EQ(file.value().contacts.size(), 1U);
    EXPECT_TRUE(file.value().contacts.front().name.starts_with("Zoë Müller"));
  }
}

}  // namespace
}  // namespace tertius::contacts
