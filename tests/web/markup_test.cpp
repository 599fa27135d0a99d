// Names, notes and pitches are strangers' words: they come out as words.
#include <gtest/gtest.h>

#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"
#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

const std::string hostile = "\" onfocus=\"z\"><script>alert(1)</script>'</textarea><img src=x onerror=y>";
const std::string turned =
    "gpj.\xE2\x80\xAE"
    "exe";  // U+202E turns the reading direction round

std::size_t count(std::string_view text, std::string_view word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

// The decision page's own script, and no other that would look like it.
std::size_t our_own(const HttpResponse& page) {
  return count(page.body, "<script>" + std::string(templates::decision_script()) + "</script>");
}

void expect_words(const HttpResponse& page, const std::string& path) {
  ASSERT_LT(page.status, 500) << path;
  EXPECT_EQ(count(page.body, "<script"), our_own(page)) << path;
  EXPECT_FALSE(has(page, "<img")) << path;
  EXPECT_FALSE(has(page, "onfocus=\"")) << path << ": a quote has closed its attribute";
  EXPECT_FALSE(has(page, "'</textarea>")) << path;
  EXPECT_FALSE(has(page, "\xE2\x80\xAE")) << path << ": the reading direction is turned";
}

struct MarkupTest : testing::Test {
  MarkupTest() {
    for (const PersonId id : {alice, christine, gail, bob}) {
      Person person = storage::load_person(house.db, id);
      person.name = person.name + hostile + turned;
      person.organisation = hostile;
      storage::save_person(house.db, person);
    }
    Introduction draft = house.introduction();
    draft.subject = draft.cover_note = draft.pitch = hostile + turned;
    storage::save_introduction(house.db, draft, std::nullopt);
    house.apply(Submitted{});
  }
  House house;
};

TEST_F(MarkupTest, OnTheRequestersPages) {
  const std::string confirm = house.path("confirm", house.token(Role::requester, TokenUse::confirm));
  expect_words(house.open(confirm), confirm);
  EXPECT_TRUE(has(house.open(confirm), "&lt;script&gt;")) << "the words themselves are to be seen";
  const std::string choose = house.path("choose", house.token(Role::requester), hostile);
  expect_words(house.open(choose), choose);
  const std::string show = house.path("show", house.token(Role::requester, TokenUse::show));
  expect_words(house.open(show), show);
}

TEST_F(MarkupTest, OnTheConnectorsAndTheTargetsPages) {
  house.apply(Confirmed{});
  for (const char* word : {"forward", "decline", "changes", "later", "try"}) {
    const std::string path = house.path("d", house.token(Role::connector), word);
    expect_words(house.open(path), path);
  }
  house.press(house.path("d", house.token(Role::connector), "forward"),
              {{"action", "forward"}, {"note", hostile}});
  const std::string held = house.path("held", house.token(Role::connector));
  expect_words(house.open(held), held);
  house.let_hold_pass();
  ASSERT_EQ(house.introduction().endorsement, hostile);
  for (const char* word : {"accept", "decline"}) {
    const std::string path = house.path("d", house.token(Role::target), word);
    expect_words(house.open(path), path);
  }
}

TEST_F(MarkupTest, InTheFormsThatShowWhatWasTyped) {
  const auto page = house.press("/ask", {{"requester", hostile},
                                         {"target", hostile},
                                         {"pitch", hostile + turned},
                                         {"cover_note", hostile},
                                         {"purpose", hostile},
                                         {"subject", hostile},
                                         {"connector", hostile},
                                         {"do", "check"}});
  EXPECT_EQ(page.status, 422);
  expect_words(page, "/ask");
  EXPECT_TRUE(has(page, "&lt;script&gt;"));
}

TEST_F(MarkupTest, InThePath) {
  for (const char* path : {"/<script>alert(1)</script>", "/d/\"><script>/x", "/stop/'\"<img>"})
    expect_words(house.open(path), path);
}

}  // namespace
}  // namespace tertius::web
