#include "mail/stored_mail.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "broker/letter.hpp"

namespace tertius::mail {
namespace {

namespace fs = std::filesystem;

class StoredMailTest : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(testing::TempDir()) / ("stored-mail-" + std::to_string(getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path file(const std::string& name, const std::string& bytes) {
    const fs::path path = folder_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  std::vector<std::string> names() {
    const auto found = find_stored_mail(folder_);
    EXPECT_TRUE(found);
    std::vector<std::string> out;
    for (const auto& path : found.value()) out.push_back(path.lexically_relative(folder_).string());
    return out;
  }

  fs::path folder_;
};

struct Read {
  StoredAs kind{};
  std::vector<std::string> headers;
};

Read read(const fs::path& path) {
  Read out;
  const auto kind = visit_headers(path, [&](std::string_view header) { out.headers.emplace_back(header); });
  EXPECT_TRUE(kind);
  if (kind) out.kind = kind.value();
  return out;
}

const std::string letter = "From: a@example.org\r\nTo: b@example.org\r\n\r\nHello.\r\n";
const std::string header = "From: a@example.org\nTo: b@example.org\n";
const std::string from_line = "From a@example.org Thu Nov 26 10:00:00 2026\n";

TEST_F(StoredMailTest, AMboxGivesEachHeaderAndNoBody) {
  const auto got = read(file("Inbox", from_line + letter + "\r\n" + from_line + letter));
  EXPECT_EQ(got.kind, StoredAs::mbox);
  EXPECT_EQ(got.headers, (std::vector{header, header}));
}

TEST_F(StoredMailTest, AFromLineHasAZoneInSomeMailboxes) {
  const auto got = read(file("Inbox", "From a@example.org Thu Nov 26 10:00:00 2026 +0000\n" + letter));
  EXPECT_EQ(got.headers.size(), 1U);
}

TEST_F(StoredMailTest, SentencesOfABodyBeginNoLetter) {
  const auto got =
      read(file("Inbox", from_line + letter + "\nFrom here on it is easy.\n\nFrom you: 3\nTo: c@x.example\n" +
                             "x" + from_line + letter));
  EXPECT_EQ(got.headers, (std::vector{header}));
}

TEST_F(StoredMailTest, ALetterOfItsOwnGivesItsHeader) {
  const auto got = read(file("one.eml", letter + "\n" + from_line));
  EXPECT_EQ(got.kind, StoredAs::letter);
  EXPECT_EQ(got.headers, (std::vector{header}));
}

TEST_F(StoredMailTest, WhatIsNoMailGivesNothing) {
  EXPECT_EQ(read(file("empty", "")).kind, StoredAs::nothing);
  EXPECT_EQ(read(file("cat.png", std::string("\x89PNG\r\n\x1a\n\0\0", 10))).kind, StoredAs::nothing);
  EXPECT_EQ(read(file("notes.txt", "Dear diary\nFrom: me\n")).kind, StoredAs::nothing);
}

TEST_F(StoredMailTest, ALineWithoutEndTakesNoMoreThanAHeaderMay) {
  const auto got =
      read(file("long", from_line + "Subject: " + std::string(3'000'000, 'x') + "\nTo: b@example.org\n\n"));
  ASSERT_EQ(got.headers.size(), 1U);
  EXPECT_EQ(got.headers.front(), "To: b@example.org\n");
}

TEST_F(StoredMailTest, AMaildirIsReadWithItsFoldersAndWithoutWhatIsOnItsWay) {
  for (const auto* name : {"cur/1:2,S", "new/2", "tmp/3", ".Sent/cur/4:2,S", ".Sent/dovecot.index.log",
                           ".cache/5", ".hidden", "dovecot-uidlist"})
    file(name, letter);
  EXPECT_EQ(names(), (std::vector<std::string>{".Sent/cur/4:2,S", ".Sent/dovecot.index.log", "cur/1:2,S",
                                               "dovecot-uidlist", "new/2"}));
}

TEST_F(StoredMailTest, WhereNothingIsIsAFailure) {
  const auto found = find_stored_mail(folder_ / "nowhere");
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().what.find("nowhere"), std::string::npos);
  EXPECT_FALSE(visit_headers(folder_ / "nowhere", [](std::string_view) {}));
}

TEST_F(StoredMailTest, ALinkToAFolderIsNotFollowed) {
  file("a/1", letter);
  fs::create_directory_symlink(folder_, folder_ / "a/again");
  EXPECT_EQ(names(), std::vector<std::string>{"a/1"});
}

}  // namespace
}  // namespace tertius::mail
