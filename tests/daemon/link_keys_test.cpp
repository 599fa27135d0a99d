#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "daemon/config.hpp"

namespace tertius::daemon {
namespace {

struct LinkKeysTest : testing::Test {
  LinkKeysTest() {
    std::string path = (std::filesystem::temp_directory_path() / "tertius-keys-XXXXXX").string();
    if (!mkdtemp(path.data())) throw std::runtime_error("no temporary folder");
    folder = path;
    file = folder / "link.key";
  }
  ~LinkKeysTest() override { std::filesystem::remove_all(folder); }

  void write(const std::string& text) { std::ofstream(file) << text; }

  std::filesystem::path folder, file;
};

const std::string hex_7 = [] {
  std::string out;
  for (int i = 0; i < 32; ++i) out += "07";
  return out;
}();

TEST_F(LinkKeysTest, AMissingFileIsMadeForUsAloneAndReadBack) {
  const mode_t before = ::umask(0);
  const auto made = load_link_keys(file);
  ::umask(before);
  ASSERT_TRUE(made) << made.error().what;
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  const auto read = load_link_keys(file);
  ASSERT_TRUE(read);
  ASSERT_EQ(read.value().size(), 1U);
  EXPECT_EQ(read.value()[0].secret, made.value()[0].secret);
  EXPECT_NE(read.value()[0].secret, LinkKey{}.secret) << "a key of zeros";
}

TEST_F(LinkKeysTest, EachFileHasItsOwnKey) {
  const auto one = load_link_keys(file);
  const auto two = load_link_keys(folder / "other.key");
  EXPECT_NE(one.value()[0].secret, two.value()[0].secret);
}

TEST_F(LinkKeysTest, TheFirstSignsAndAllVerify) {
  load_link_keys(file).value();
  const Token token{77, Role::connector, TokenUse::decision, 1};
  const std::string old = make_token(token, load_link_keys(file).value()[0]);
  std::string rest;
  std::getline(std::ifstream(file), rest);
  write("# since March\n\n2 " + hex_7 + "\n" + rest + "\n");
  const auto keys = load_link_keys(file);
  ASSERT_TRUE(keys);
  ASSERT_EQ(keys.value().size(), 2U);
  EXPECT_EQ(keys.value()[0].id, 2);
  EXPECT_EQ(keys.value()[0].secret[31], 7);
  EXPECT_EQ(find_token(old, keys.value()), token);
  write("2 " + hex_7 + "\n");
  EXPECT_FALSE(find_token(old, load_link_keys(file).value())) << "a key that is taken out verifies nothing";
}

TEST_F(LinkKeysTest, ABadLineIsRefusedAndNeverPassedOver) {
  const std::string good = "1 " + hex_7 + "\n";
  // 255 is the key of previews, whose links must verify nowhere.
  for (const std::string& line : {std::string("1"), std::string("x ") + hex_7, "1 " + hex_7.substr(2),
                                  "1 " + hex_7 + "07", "1 " + hex_7.substr(1), "256 " + hex_7, "255 " + hex_7,
                                  "-1 " + hex_7, hex_7, "1 g" + hex_7.substr(1)}) {
    write(good + line + "\n");
    const auto keys = load_link_keys(file);
    ASSERT_FALSE(keys) << line;
    EXPECT_NE(keys.error().what.find(file.string()), std::string::npos);
    EXPECT_NE(keys.error().hint.find("64 hex digits"), std::string::npos);
  }
}

// Two keys of one id: the second would sign nothing and verify nothing, and old links would die unseen.
TEST_F(LinkKeysTest, TwoKeysOfOneIdAreRefused) {
  write("1 " + hex_7 + "\n1 " + std::string(64, 'a') + "\n");
  EXPECT_FALSE(load_link_keys(file));
}

TEST_F(LinkKeysTest, AnEmptyFileIsNoKey) {
  write("# nothing\n");
  const auto keys = load_link_keys(file);
  ASSERT_FALSE(keys);
  EXPECT_NE(keys.error().what.find("no key"), std::string::npos);
}

TEST_F(LinkKeysTest, WhereItCannotBeWrittenItSaysSo) {
  const auto keys = load_link_keys(folder / "nowhere" / "link.key");
  ASSERT_FALSE(keys);
  EXPECT_FALSE(keys.error().hint.empty());
}

TEST_F(LinkKeysTest, ANewKeySignsAndTheOldOnesVerifyWhatTheySigned) {
  const Token token{77, Role::connector, TokenUse::decision, 1};
  write("# since March\n7 " + hex_7 + "\n");
  const std::string old = make_token(token, load_link_keys(file).value()[0]);
  const auto made = rotate_link_keys(file);
  ASSERT_TRUE(made);
  const LinkKeys keys = load_link_keys(file).value();
  ASSERT_EQ(keys.size(), 2U);
  EXPECT_EQ(keys[0].id, 8);
  EXPECT_EQ(keys[0].secret, made.value().secret);
  EXPECT_NE(keys[0].secret, keys[1].secret);
  EXPECT_EQ(find_token(old, keys), token);
  EXPECT_EQ(find_token(make_token(token, keys[0]), keys), token);
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  EXPECT_NE(text.str().find("# since March"), std::string::npos) << "what somebody wrote there stays";
}

TEST_F(LinkKeysTest, RotatingGoesRoundAndSaysWhenThereIsNoPlace) {
  write("254 " + hex_7 + "\n0 " + hex_7 + "\n");
  for (int i = 0; i < 253; ++i) ASSERT_TRUE(rotate_link_keys(file)) << i;
  EXPECT_EQ(load_link_keys(file).value().size(), 255U);
  const auto full = rotate_link_keys(file);
  ASSERT_FALSE(full);
  EXPECT_FALSE(full.error().hint.empty());
}

TEST_F(LinkKeysTest, WhatAForgottenKeySignedIsDead) {
  const Token token{77, Role::connector, TokenUse::decision, 1};
  const std::string old = make_token(token, load_link_keys(file).value()[0]);
  ASSERT_FALSE(forget_link_key(file, 1)) << "it signs";
  ASSERT_TRUE(rotate_link_keys(file));
  ASSERT_FALSE(forget_link_key(file, 9)) << "there is none";
  ASSERT_TRUE(forget_link_key(file, 1));
  const LinkKeys keys = load_link_keys(file).value();
  EXPECT_EQ(keys.size(), 1U);
  EXPECT_EQ(find_token(old, keys), std::nullopt);
}

TEST_F(LinkKeysTest, WhatRootMakesBelongsToTheFoldersOwner) {
  if (::geteuid() != 0) GTEST_SKIP() << "only root makes files for others";
  ASSERT_EQ(::chown(folder.c_str(), 4321, 4321), 0);
  ASSERT_TRUE(load_link_keys(file));
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 4321U);
  ASSERT_TRUE(rotate_link_keys(file));
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_uid, 4321U);
}

}  // namespace
}  // namespace tertius::daemon
