// LinkedIn's archive taken whole, and archives that strangers make to do harm.
#include "contacts/zip_file.hpp"

#include <gtest/gtest.h>

#include <random>

#include "contacts/read_contacts.hpp"
#include "tests/support/contacts/load_file.hpp"
#include "tests/support/contacts/zip_writer.hpp"

namespace tertius::contacts {
namespace {

using namespace std::string_literals;

std::string connections() { return load_file("linkedin_2024.csv"); }

std::string trouble(const std::string& archive) {
  const auto file = read_contacts(archive);
  if (file) return "read";
  EXPECT_FALSE(file.error().hint.empty()) << file.error().what;
  return file.error().what;
}
bool has(const std::string& text, std::string_view words) { return text.find(words) != text.npos; }

TEST(ZipFileTest, TheConnectionsAreFoundWhereverTheyStand) {
  const auto plain = read_contacts(connections());
  for (const char* name :
       {"Connections.csv", "Complete_LinkedInDataExport/Connections.csv", "a\\b\\CONNECTIONS.CSV"})
    for (const std::uint16_t method : std::initializer_list<std::uint16_t>{0, 8}) {
      const auto file = read_contacts(zip(
          {{"Profile.csv", "First Name\nAlice\n"}, {name, connections(), method}, {"messages.csv", "x"}}));
      ASSERT_TRUE(file) << name;
      EXPECT_EQ(file.value().contacts, plain.value().contacts) << name;
      EXPECT_EQ(file.value().format, "LinkedIn Connections.csv");
    }
  EXPECT_TRUE(read_contacts(
      zip({{"Connections.csv", connections()}}, "a comment with PK\x05\x06 in it"s + std::string(30, 'x'))));
}

TEST(ZipFileTest, NamesThatLookLikePathsOrCopiesAreNames) {
  const auto file = read_contacts(zip({{"__MACOSX/._Connections.csv", "\0\1\2"s},
                                       {"old/Connections.csv", "no list\n"},
                                       {"../../../etc/cron.d/Connections.csv", connections()}}));
  EXPECT_TRUE(file) << "of several the first that is one";
  EXPECT_EQ(base_name("/absolute/Connections.csv"), "Connections.csv");
  EXPECT_EQ(base_name("C:\\x"), "x");
  EXPECT_EQ(base_name("folder/"), "");
}

TEST(ZipFileTest, AnArchiveWithoutThemSaysSo) {
  EXPECT_TRUE(
      has(trouble(zip({{"messages.csv", "x"}, {"inner.zip", zip({{"Connections.csv", connections()}})}})),
          "no Connections.csv"));
  EXPECT_TRUE(has(trouble(zip({})), "no Connections.csv"));
  EXPECT_TRUE(has(trouble(zip({{"xl/workbook.xml", "<x/>"}})), "Excel"));
  EXPECT_TRUE(has(trouble(zip({{"Connections.csv", "just words\n"}})), "no header"));
}

TEST(ZipFileTest, WhatIsNotReadIsNamed) {
  EXPECT_TRUE(has(trouble(zip({{"Connections.csv", connections(), 8, 1}})), "encrypted"));
  EXPECT_TRUE(has(trouble(zip({{"Connections.csv", connections(), 12}})), "number 12"));
  std::string wide = zip({{"Connections.csv", connections()}});
  wide.replace(wide.size() - 22 + 16, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_TRUE(has(trouble(wide), "64-bit"));
  std::string volume = zip({{"Connections.csv", connections()}});
  volume[volume.size() - 22 + 4] = 1;
  EXPECT_TRUE(has(trouble(volume), "volumes"));
  EXPECT_TRUE(has(trouble(zip(std::vector<ZipFile>(10'001, {"a", "", 0, 0}))), "more than 10000 files"));
}

// 60 MB of zeros in 60 KB, and what claims to be small.
TEST(ZipFileTest, ABombIsNotUnpacked) {
  const std::string bomb(60'000'000, '\0');
  EXPECT_TRUE(has(trouble(zip({{"Connections.csv", bomb}})), "more tightly"));
  std::string liar = zip({{"Connections.csv", bomb}});
  const std::string size = number_le(bomb.size(), 4);
  for (auto at = liar.find(size); at != liar.npos; at = liar.find(size, at))
    liar.replace(at, 4, number_le(10, 4));
  EXPECT_TRUE(has(trouble(liar), "more tightly"));
  EXPECT_TRUE(has(trouble(zip({{"Connections.csv", std::string(64'000'001, 'x')}})), "64 MB"));
  const ZipLimits narrow{.entries = 1, .bytes = 10, .ratio = 200};
  const std::string small = zip({{"a", "12345678901"}});
  EXPECT_FALSE(read_zip_entry(small, list_zip(small, narrow).value().at(0), narrow));
}

TEST(ZipFileTest, ADamagedFileIsNotHalfRead) {
  std::string damaged = zip({{"Connections.csv", connections(), 0}});
  damaged[100] ^= 1;
  EXPECT_TRUE(has(trouble(damaged), "damaged"));
}

// Every archive cut at every place, and with octets changed at random.
TEST(ZipFileTest, CutAndChangedArchivesDoNoHarm) {
  std::mt19937 random(5);
  const std::string whole = zip({{"Connections.csv", connections()}, {"b/Connections.csv", "x", 0}}, "end");
  for (std::size_t size = 0; size < whole.size(); ++size) EXPECT_NE(trouble(whole.substr(0, size)), "read");
  for (int round = 0; round < 5000; ++round) {
    std::string changed = whole;
    for (int i = 0; i < 3; ++i) changed[random() % changed.size()] = static_cast<char>(random());
    trouble(changed);
  }
}

}  // namespace
}  // namespace tertius::contacts
