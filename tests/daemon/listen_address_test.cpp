#include "daemon/listen_address.hpp"

#include <gtest/gtest.h>

namespace tertius::daemon {
namespace {

TEST(ListenAddressTest, TheThreeKinds) {
  const auto four = parse_listen_address("127.0.0.1:8025");
  ASSERT_TRUE(four);
  EXPECT_EQ(four.value().host, "127.0.0.1");
  EXPECT_EQ(four.value().port, 8025);
  EXPECT_TRUE(four.value().path.empty());
  const auto six = parse_listen_address("[::1]:65535");
  ASSERT_TRUE(six);
  EXPECT_EQ(six.value().host, "::1");
  EXPECT_EQ(six.value().port, 65535);
  const auto socket = parse_listen_address("unix:/run/tertius/lmtp.sock");
  ASSERT_TRUE(socket);
  EXPECT_EQ(socket.value().path, "/run/tertius/lmtp.sock");
  EXPECT_EQ(parse_listen_address("localhost:1").value().host, "127.0.0.1");
  EXPECT_EQ(parse_listen_address("0.0.0.0:0").value().port, 0);
}

TEST(ListenAddressTest, AnythingElseIsRefusedWithAnExample) {
  for (const char* text : {"",
                           ":",
                           ":8025",
                           "127.0.0.1",
                           "127.0.0.1:",
                           "127.0.0.1:65536",
                           "127.0.0.1:-1",
                           "127.0.0.1:+1",
                           "127.0.0.1: 1",
                           "127.0.0.1:80x",
                           "127.0.0.1:0x50",
                           "intro.example.org:80",
                           "[::1]",
                           "[]:80",
                           "::1",
                           "unix:",
                           "unix:relative.sock",
                           "300.0.0.1:80",
                           "127.0.0.1 :80",
                           "http://127.0.0.1:80"}) {
    const auto address = parse_listen_address(text);
    ASSERT_FALSE(address) << text;
    EXPECT_NE(address.error().what.find(text), std::string::npos);
    EXPECT_NE(address.error().hint.find("127.0.0.1:8025"), std::string::npos);
  }
}

}  // namespace
}  // namespace tertius::daemon
