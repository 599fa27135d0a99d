// Expected values are those of Python's hmac module.
#include "broker/webhook_signature.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace tertius {
namespace {

Time at(std::int64_t seconds) { return from_unix_seconds(seconds); }

// The example of the Standard Webhooks specification.
TEST(WebhookSignatureTest, IsAsTheSpecificationSays) {
  EXPECT_EQ(webhook_signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
                              at(1614265330), "{\"test\": 2432232314}"),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
}

TEST(WebhookSignatureTest, CoversIdTimeAndEveryOctetOfTheBody) {
  const std::string secret = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=";
  const std::string body = "{\"type\":\"introduction.changed\",\"data\":\"Zo\xC3\xAB\"}";
  const auto good = webhook_signature(secret, "msg_42", at(1773057600), body);
  EXPECT_EQ(good, "v1,D5BI8hxIVIlOUH63fhCMG/ftmUDaxP5ZPdVI7i7/FHU=");
  EXPECT_NE(webhook_signature(secret, "msg_43", at(1773057600), body), good);
  EXPECT_NE(webhook_signature(secret, "msg_42", at(1773057601), body), good);
  EXPECT_NE(webhook_signature(secret, "msg_42", at(1773057600), body + " "), good);
}

TEST(WebhookSignatureTest, AKeyMayBeLongerThanABlock) {
  const std::vector<unsigned char> key(100, 'k');
  EXPECT_EQ(webhook_signature(webhook_secret(key), "msg_1", at(1), ""),
            "v1,fG8yrapM9aCapVPEKclojttgeqOsrnAeREdUDI/yYy8=");
}

TEST(WebhookSignatureTest, WhatIsNoSecretSignsNothing) {
  for (const char* secret : {"", "whsec_", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_not base64"})
    EXPECT_FALSE(webhook_signature(secret, "msg_1", at(1), "")) << secret;
}

}  // namespace
}  // namespace tertius
