#include "broker/address.hpp"

#include <gtest/gtest.h>

namespace tertius {
namespace {

TEST(AddressTest, NoLocalPartReadsAsAnEncodedWord) {
  EXPECT_FALSE(parse_address("=?utf-8?q?ann=40bank.example=3E?=@example.org"));
  EXPECT_FALSE(parse_address("\"=?utf-8?q?ann=40bank.example?=\"@example.org"));
  EXPECT_TRUE(parse_address("bounce+ann=example.net@example.org")) << "VERP";
}

}  // namespace
}  // namespace tertius
