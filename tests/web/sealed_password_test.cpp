#include "web/sealed_password.hpp"

#include <gtest/gtest.h>

namespace tertius::web {
namespace {

LinkKey key(std::uint8_t id) {
  LinkKey out{id, {}};
  out.secret.fill(static_cast<unsigned char>(id + 1));
  return out;
}

TEST(SealedPasswordTest, WhatIsSealedOpensWithItsKeyAlone) {
  const std::string sealed = seal_password("open sesame", "book 1", {key(1)});
  EXPECT_EQ(sealed.find("sesame"), std::string::npos);
  EXPECT_EQ(open_password(sealed, "book 1", {key(1)}), "open sesame");
  EXPECT_EQ(open_password(sealed, "book 1", {key(2)}), std::nullopt);
  LinkKey other = key(1);
  other.secret[0] ^= 1;
  EXPECT_EQ(open_password(sealed, "book 1", {other}), std::nullopt);
}

TEST(SealedPasswordTest, ARotatedKeyStillOpens) {
  const std::string sealed = seal_password("open sesame", "book 1", {key(1)});
  EXPECT_EQ(open_password(sealed, "book 1", {key(2), key(1)}), "open sesame");
}

TEST(SealedPasswordTest, ItOpensForNothingElse) {
  const std::string sealed = seal_password("open sesame", "1 7 alice https://dav.example.org/", {key(1)});
  EXPECT_EQ(open_password(sealed, "1 7 alice https://evil.example/", {key(1)}), std::nullopt);
}

TEST(SealedPasswordTest, TwoSealsOfOnePasswordAreNotAlike) {
  EXPECT_NE(seal_password("a", "b", {key(1)}), seal_password("a", "b", {key(1)}));
}

TEST(SealedPasswordTest, ADamagedSealOpensNothing) {
  const std::string sealed = seal_password("open sesame", "book 1", {key(1)});
  for (const std::string& bad : {std::string(), std::string("1:"), std::string("1:zz"), std::string("x"),
                                 sealed.substr(0, 40), sealed + "00", "2" + sealed.substr(1)})
    EXPECT_EQ(open_password(bad, "book 1", {key(1)}), std::nullopt) << bad;
}

}  // namespace
}  // namespace tertius::web
