#include "broker/link.hpp"

#include <gtest/gtest.h>

#include <random>

namespace tertius {
namespace {

LinkKey key(std::uint8_t id, unsigned char seed) {
  LinkKey out{id, {}};
  out.secret.fill(seed);
  return out;
}

const Token sample{0x0123456789abcdef, Role::target, TokenUse::decision, 7};

TEST(LinkTest, TokenComesBackAsItWentIn) {
  for (const auto role : {Role::requester, Role::connector, Role::target}) {
    const Token token{42, role, TokenUse::undo, 3};
    EXPECT_EQ(find_token(make_token(token, key(1, 9)), {key(1, 9)}), token);
  }
}

TEST(LinkTest, TokenFitsTheLocalPartAndOneCase) {
  const std::string token = make_token(sample, key(255, 1));
  EXPECT_EQ(token.size(), 37u);
  EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"), std::string::npos);
  std::string upper = token;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  EXPECT_EQ(find_token(upper, {key(255, 1)}), sample);
}

TEST(LinkTest, EveryChangedCharacterIsRefused) {
  const LinkKeys keys{key(1, 9)};
  const std::string token = make_token(sample, keys[0]);
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char c : std::string("abcdefghijklmnopqrstuvwxyz234567")) {
      std::string forged = token;
      if (forged[i] == c) continue;
      forged[i] = c;
      EXPECT_FALSE(find_token(forged, keys)) << i << c;
    }
  }
}

TEST(LinkTest, CutPaddedAndForeignTextIsNotFound) {
  const LinkKeys keys{key(1, 9)};
  const std::string token = make_token(sample, keys[0]);
  EXPECT_FALSE(find_token("", keys));
  EXPECT_FALSE(find_token(token.substr(1), keys));
  EXPECT_FALSE(find_token(token + "a", keys));
  EXPECT_FALSE(find_token(std::string(10'000, 'a'), keys));
  EXPECT_FALSE(find_token("no token at all, and not base32 either", keys));
}

TEST(LinkTest, OldKeysVerifyAndUnknownOnesDoNot) {
  const std::string old = make_token(sample, key(1, 9));
  EXPECT_TRUE(find_token(old, {key(2, 5), key(1, 9)}));
  EXPECT_FALSE(find_token(old, {key(2, 5)}));
  EXPECT_FALSE(find_token(old, {key(1, 8)})) << "same id, other secret";
}

TEST(LinkTest, ManyForgeriesAreRefused) {
  const LinkKeys keys{key(1, 9)};
  std::string token = make_token(sample, keys[0]);
  std::mt19937_64 random(20260309);
  const std::string letters = "abcdefghijklmnopqrstuvwxyz234567";
  int found = 0;
  for (int i = 0; i < 100'000; ++i) {
    for (std::size_t at = 18; at < token.size(); ++at) token[at] = letters[random() % letters.size()];
    found += find_token(token, keys).has_value();
  }
  EXPECT_EQ(found, 0);
}

TEST(LinkTest, NonceHoldsForItsTokenAndTimeOnly) {
  const LinkKeys keys{key(1, 9)};
  const Time until = from_unix_seconds(1000);
  const std::string nonce = make_nonce("v17", "token", until, keys[0]);
  EXPECT_EQ(find_visit(nonce, "token", until, keys), "v17");
  EXPECT_FALSE(find_visit(nonce, "other", until, keys));
  EXPECT_FALSE(find_visit(nonce, "token", until + std::chrono::seconds{1}, keys));
  EXPECT_FALSE(find_visit("9" + nonce, "token", until, keys));
  EXPECT_FALSE(find_visit(nonce, "token", until, {key(1, 8)}));
  EXPECT_FALSE(find_visit("---", "token", until, keys));
  EXPECT_FALSE(find_visit("", "token", until, keys));
}

}  // namespace
}  // namespace tertius
