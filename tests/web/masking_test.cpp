// No token that works is left in what the operator is shown of other people's mail.
#include "web/masking.hpp"

#include <gtest/gtest.h>

#include "tests/support/web/house.hpp"

namespace tertius::web {
namespace {

struct MaskingTest : testing::Test {
  MaskingTest()
      : links(house.links), token(make_token({77, Role::target, TokenUse::decision, 0}, links.key())) {}
  std::string masked(const std::string& text) const { return mask_secrets(text, links.keys); }
  House house;
  Links links;
  std::string token;
};

TEST_F(MaskingTest, LinksAndAddressesLoseTheirTokens) {
  EXPECT_EQ(masked("see https://intro.example.org/d/" + token + "/accept now"),
            "see https://intro.example.org/d/[hidden]/accept now");
  EXPECT_EQ(masked("intro+" + token + "@intro.example.org"), "intro+[hidden]@intro.example.org");
  EXPECT_EQ(masked("<t." + token + "@intro.example.org>"), "<t.[hidden]@intro.example.org>");
  EXPECT_EQ(masked(token), "[hidden]");
}

TEST_F(MaskingTest, HoweverMailSystemsWriteThem) {
  std::string upper = token;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(masked("INTRO+" + upper + "@X"), "INTRO+[hidden]@X");
  for (std::size_t i = 1; i < token.size(); ++i) {
    for (const char* end : {"=\r\n", "=\n"}) {
      const std::string broken = token.substr(0, i) + end + token.substr(i);
      EXPECT_EQ(masked("/d/" + broken + "/x"), "/d/[hidden]/x") << i;
    }
  }
  EXPECT_EQ(masked("url=https%3A%2F%2Fintro%2Fd%2F" + token + "%2Faccept"),
            "url=https%3A%2F%2Fintro%2Fd%2F[hidden]%2Faccept");
  EXPECT_EQ(masked("href=3D" + token), "href=3D[hidden]");
  EXPECT_EQ(masked("d%2=\nF" + token + "x"), "d%2=\nF[hidden]x");
}

TEST_F(MaskingTest, SignInLinksLoseTheirSecret) {
  EXPECT_EQ(masked("https://intro.example.org/sign-in/0123abcDEF45.\n"),
            "https://intro.example.org/sign-in/[hidden].\n");
  EXPECT_EQ(masked("/sign-in/01=\r\n23\" next"), "/sign-in/[hidden]\" next");
  EXPECT_EQ(masked("%2Fsign-in%2Fabc%20"), "%2Fsign-in%2F[hidden]%20");
  EXPECT_EQ(masked("/sign-in/"), "/sign-in/");
}

TEST_F(MaskingTest, AllElseStaysToTheOctet) {
  std::string octets;
  for (int i = 0; i < 256; ++i) octets += static_cast<char>(i);
  const std::string forged(token.size(), 'a');
  for (const std::string& text : {std::string(), octets, std::string("a=\r\nb=\nc="),
                                  "/d/" + forged + "/accept", "x" + token.substr(0, token.size() - 1)})
    EXPECT_EQ(masked(text), text);
}

TEST_F(MaskingTest, NoTokenIsLeftWherePutTogether) {
  const std::string all = token + "/" + token + "+" + token + " " + token;
  EXPECT_TRUE(tokens_in(masked(all), links.keys).empty());
}

TEST_F(MaskingTest, AKeyThatIsStillTakenCounts) {
  LinkKey next{2, {}};
  next.secret.fill(9);
  links.keys.insert(links.keys.begin(), next);
  EXPECT_EQ(masked("/d/" + token), "/d/[hidden]");
}

}  // namespace
}  // namespace tertius::web
