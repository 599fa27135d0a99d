#include "broker/sender_check.hpp"

#include <gtest/gtest.h>

namespace tertius {
namespace {

const Address alice{"alice", "acme.example"};

bool check(std::vector<std::string> fields, const Address& from = alice) {
  Letter letter;
  for (auto& value : fields) letter.headers.push_back({"Authentication-Results", std::move(value)});
  return is_authenticated(letter, from, "mx.rowan.example");
}

TEST(SenderCheckTest, PassOfThePinnedServerCounts) {
  EXPECT_TRUE(check({"mx.rowan.example; dmarc=pass (p=reject) header.from=acme.example"}));
  EXPECT_TRUE(check({"MX.Rowan.Example 1; spf=fail; dkim=pass header.d=acme.example"}));
  EXPECT_TRUE(check({"mx.rowan.example; dkim=fail header.d=list.example; dkim=pass header.d=acme.example"}));
  EXPECT_TRUE(check({"mx.rowan.example; dkim=pass header.d=acme.example"}, {"alice", "mail.acme.example"}));
}

TEST(SenderCheckTest, NothingPinnedMeansNobodyIsBelieved) {
  Letter letter;
  letter.headers = {{"Authentication-Results", "mx.rowan.example; dmarc=pass header.from=acme.example"}};
  EXPECT_FALSE(is_authenticated(letter, alice, ""));
  EXPECT_FALSE(check({}));
}

TEST(SenderCheckTest, ForgedFormsAreRefused) {
  EXPECT_FALSE(check({"evil.example; dmarc=pass header.from=acme.example"})) << "another server's word";
  EXPECT_FALSE(check({"mx.rowan.example.evil.example; dmarc=pass header.from=acme.example"}));
  EXPECT_FALSE(
      check({"mx.rowan.example; dmarc=fail header.from=acme.example; dmarc=pass header.from=acme.example"}));
  EXPECT_FALSE(check({"mx.rowan.example; dmarc=fail (dmarc=pass header.from=acme.example)"}));
  EXPECT_FALSE(
      check({"mx.rowan.example; spf=pass smtp.mailfrom=\"a); dmarc=pass header.from=acme.example "
             "(\"@evil.example"}));
  EXPECT_FALSE(check({"mx.rowan.example; none (a (nested) comment; dmarc=pass header.from=acme.example)"}));
  EXPECT_FALSE(check({"mx.rowan.example; dkim=pass header.d=evil.example"})) << "not aligned";
  EXPECT_FALSE(check({"mx.rowan.example; dkim=pass header.d=notacme.example"}, {"a", "evilnotacme.example"}));
  EXPECT_FALSE(check({"mx.rowan.example; dkim=pass header.d=example"}))
      << "a top-level domain signs for nobody";
  EXPECT_FALSE(check({"mx.rowan.example; spf=pass smtp.mailfrom=acme.example"}))
      << "SPF says nothing of From";
}

TEST(SenderCheckTest, OnlyTheTopmostFieldOfThePinnedServerIsRead) {
  EXPECT_FALSE(check({"mx.rowan.example; dmarc=fail header.from=acme.example",
                      "mx.rowan.example; dmarc=pass header.from=acme.example"}));
  EXPECT_TRUE(check({"other.example; dmarc=fail", "mx.rowan.example; dmarc=pass header.from=acme.example"}));
}

}  // namespace
}  // namespace tertius
