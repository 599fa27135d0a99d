#include "daemon/client_network.hpp"

#include <gtest/gtest.h>

namespace tertius::daemon {
namespace {

std::string client(const char* peer, const char* forwarded = "", const char* proxy = "") {
  return client_network(boost::asio::ip::make_address(peer), forwarded, proxy);
}

TEST(ClientNetworkTest, IsTheAddressOrTheSite) {
  EXPECT_EQ(client("203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(client("::ffff:203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(client("2001:db8:1:2ff:3:4:5:6"), "2001:db8:1:200::/56");
  EXPECT_EQ(client("2001:db8:1:200::1"), client("2001:db8:1:2ff::1"));
  EXPECT_NE(client("2001:db8:1:200::1"), client("2001:db8:1:300::1"));
}

TEST(ClientNetworkTest, OfWhoeverStandsBehindTheProxyOfThisMachine) {
  EXPECT_EQ(client("127.0.0.1", "203.0.113.7"), "203.0.113.7");
  EXPECT_EQ(client("::1", " 198.51.100.1 , 203.0.113.7\t"), "203.0.113.7") << "the proxy wrote the last one";
  EXPECT_EQ(client("::ffff:127.0.0.1", "[2001:db8:1:2ff::1]:4711"), "2001:db8:1:200::/56");
  EXPECT_EQ(client("127.0.0.1", "203.0.113.7:4711"), "203.0.113.7");
  EXPECT_EQ(client("127.0.0.1", "2001:db8:1:2ff::1"), "2001:db8:1:200::/56");
}

TEST(ClientNetworkTest, NobodySaysItOfThemselves) {
  EXPECT_EQ(client("203.0.113.7", "198.51.100.1"), "203.0.113.7");
  EXPECT_EQ(client("10.0.0.5", "198.51.100.1"), "10.0.0.5");
  EXPECT_EQ(client("10.0.0.5", "198.51.100.1", "10.0.0.5"), "198.51.100.1") << "the operator named it";
  EXPECT_EQ(client("10.0.0.6", "198.51.100.1", "10.0.0.5"), "10.0.0.6");
}

TEST(ClientNetworkTest, WhatIsNoAddressIsTheProxys) {
  for (const char* words :
       {"", " ", ",", "unknown", "_hidden", "[", "[]", "198.51.100.1,", "1.2.3.4.5", "x:y"})
    EXPECT_EQ(client("127.0.0.1", words), "127.0.0.1") << words;
}

}  // namespace
}  // namespace tertius::daemon
