#include "web/router.hpp"

#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

// Every page there is, each with a link that works: those of both roles, each action, each use.
std::vector<std::string> every_path(const House& house) {
  std::vector<std::string> paths = {"/", "/style.css", "/ask", "/nowhere", "/d", "/d/abc/forward"};
  for (const char* word : {"forward", "decline", "changes", "later", "try"})
    paths.push_back(house.path("d", house.token(Role::connector), word));
  for (const char* word : {"accept", "decline", "later"})
    paths.push_back(house.path("d", house.token(Role::target), word));
  for (const char* word : {"spoke", "not_yet"})
    paths.push_back(house.path("d", house.token(Role::requester), word));
  for (const Role role : {Role::connector, Role::target}) {
    for (const char* page : {"held", "undo", "now"})
      paths.push_back(house.path(page, house.token(role, TokenUse::undo)));
    paths.push_back(house.path("held", house.token(role)));
  }
  paths.push_back(house.path("confirm", house.token(Role::requester, TokenUse::confirm)));
  paths.push_back(house.path("choose", house.token(Role::requester), "4"));
  paths.push_back(house.path("show", house.token(Role::requester, TokenUse::show)));
  paths.push_back(house.path("stop", {number(gail), Role::target, TokenUse::stop, 0}));
  return paths;
}

// The rule that scanners make: opening is never answering.
void open_all(House& house, int times) {
  const std::string before = house.dump();
  const auto writes = house.writes();
  int opened = 0;
  while (opened < times) {
    for (const auto& path : every_path(house)) {
      for (const char* method : {"GET", "HEAD", "OPTIONS"}) {
        EXPECT_LT(house.open(path, method).status, 500) << method << " " << path;
        ++opened;
      }
    }
  }
  EXPECT_EQ(house.writes(), writes);
  EXPECT_EQ(house.dump(), before);
  EXPECT_TRUE(house.stopped.empty());
}

TEST(RouterTest, OpeningDraftedPagesAThousandTimesChangesNothing) {
  House house;
  house.apply(Submitted{});
  open_all(house, 1000);
}

TEST(RouterTest, OpeningAskedPagesAThousandTimesChangesNothing) {
  House house;
  house.ask();
  open_all(house, 1000);
}

TEST(RouterTest, OpeningHeldPagesAThousandTimesChangesNothing) {
  House house;
  house.ask();
  house.press(house.path("d", house.token(Role::connector), "forward"), {{"action", "forward"}});
  ASSERT_TRUE(house.introduction().held);
  open_all(house, 1000);
}

TEST(RouterTest, OpeningForwardedPagesAThousandTimesChangesNothing) {
  House house;
  house.forward();
  open_all(house, 1000);
}

TEST(RouterTest, AQueryDoesNotDecideEither) {
  House house;
  house.ask();
  const std::string path = house.path("d", house.token(Role::connector), "forward");
  const std::string nonce = house.nonce_of(path);
  const auto writes = house.writes();
  Desk desk = house.desk();
  const auto page =
      respond({"GET", path, "action=forward&nonce=" + nonce, {{"origin", house.links.public_url}}, {}}, desk);
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(house.writes(), writes);
}

TEST(RouterTest, EveryPageKeepsStrangersOut) {
  House house;
  house.ask();
  for (const auto& path : every_path(house)) {
    if (path == "/style.css") continue;
    const auto page = house.open(path);
    EXPECT_EQ(header(page, "Cache-Control"), "no-store") << path;
    EXPECT_EQ(header(page, "Referrer-Policy"), "same-origin") << path;
    EXPECT_EQ(header(page, "X-Robots-Tag"), "noindex") << path;
    EXPECT_EQ(header(page, "X-Content-Type-Options"), "nosniff") << path;
    const std::string policy = header(page, "Content-Security-Policy");
    for (const char* rule :
         {"default-src 'none'", "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'"})
      EXPECT_NE(policy.find(rule), std::string::npos) << path << " lacks " << rule;
    EXPECT_EQ(policy.find("unsafe"), std::string::npos) << path;
  }
}

TEST(RouterTest, UnknownPagesAndMethodsAreRefusedAndChangeNothing) {
  House house;
  house.ask();
  const std::string decision = house.path("d", house.token(Role::connector), "forward");
  const std::string before = house.dump();
  EXPECT_EQ(house.open("/nowhere").status, 404);
  EXPECT_EQ(house.post("/nowhere", {}).status, 404);
  for (const char* method : {"PUT", "DELETE", "PATCH", "TRACE", "get", "", "POST "}) {
    const auto answer = house.open(decision, method);
    EXPECT_EQ(answer.status, 405) << method;
    EXPECT_EQ(header(answer, "Allow"), "GET, HEAD, OPTIONS, POST");
  }
  const auto index = house.post("/", {});
  EXPECT_EQ(index.status, 405);
  EXPECT_EQ(header(index, "Allow"), "GET, HEAD, OPTIONS");
  EXPECT_EQ(house.dump(), before);
}

}  // namespace
}  // namespace tertius::web
