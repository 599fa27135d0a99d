// Where a URL that a stranger has given us may lead.
#include "mail/reach.hpp"

#include <gtest/gtest.h>

#include "mail/hook_url.hpp"

namespace tertius::mail {
namespace {

struct Case {
  const char* host;
  Reach reach;
};
const Case cases[] = {
    {"93.184.216.34", Reach::anywhere},
    {"9.255.255.255", Reach::anywhere},
    {"11.0.0.0", Reach::anywhere},
    {"172.15.255.255", Reach::anywhere},
    {"172.32.0.0", Reach::anywhere},
    {"100.63.255.255", Reach::anywhere},
    {"100.128.0.0", Reach::anywhere},
    {"2606:2800:220:1::1", Reach::anywhere},
    {"[2a00:1450:4001::1]", Reach::anywhere},
    {"127.0.0.1", Reach::loopback},
    {"127.255.255.254", Reach::loopback},
    {"::1", Reach::loopback},
    {"10.0.0.1", Reach::private_network},
    {"172.16.0.1", Reach::private_network},
    {"172.31.255.255", Reach::private_network},
    {"192.168.1.1", Reach::private_network},
    {"100.64.0.1", Reach::private_network},
    {"fd00::1", Reach::private_network},
    {"fc00::1", Reach::private_network},
    {"0.0.0.0", Reach::nowhere},
    {"0.1.2.3", Reach::nowhere},
    {"169.254.169.254", Reach::nowhere},
    {"192.0.0.192", Reach::nowhere},
    {"198.18.0.1", Reach::nowhere},
    {"224.0.0.1", Reach::nowhere},
    {"255.255.255.255", Reach::nowhere},
    {"::", Reach::nowhere},
    {"::ffff:127.0.0.1", Reach::nowhere},
    {"::ffff:93.184.216.34", Reach::nowhere},
    {"::127.0.0.1", Reach::nowhere},
    {"64:ff9b::7f00:1", Reach::nowhere},
    {"64:ff9b:1::a00:1", Reach::nowhere},
    {"2002:7f00:1::", Reach::nowhere},
    {"2001:0:7f00:1::", Reach::nowhere},
    {"2001:db8::1", Reach::nowhere},
    {"fe80::1%eth0", Reach::nowhere},
    {"fec0::1", Reach::nowhere},
    {"ff02::1", Reach::nowhere},
};

TEST(ReachTest, EachAddressLeadsWhereTheRegistriesSay) {
  for (const auto& [host, reach] : cases) {
    const auto found = find_reach(host);
    ASSERT_TRUE(found) << host;
    EXPECT_EQ(*found, reach) << host;
  }
  EXPECT_FALSE(find_reach("example.org"));
  EXPECT_EQ(reach_of({}), Reach::nowhere);
}

TEST(HookUrlTest, APublicServerBehindTlsIsGood) {
  for (const char* url : {"https://example.org", "https://example.org/hook?key=a%20b", "HTTPS://EXAMPLE.ORG/",
                          "https://example.org:8443/", "https://example.org:9000/x", "https://93.184.216.34/",
                          "https://[2a00:1450:4001::1]/x"})
    EXPECT_TRUE(check_hook_url(url, false)) << url;
}

TEST(HookUrlTest, WhatLeadsBehindTheFirewallIsRefusedHoweverItIsWritten) {
  for (const char* url : {"",
                          "example.org",
                          "https://",
                          "http://example.org/",
                          "ftp://example.org/",
                          "file:///etc/passwd",
                          "gopher://example.org:11211/",
                          "https://localhost/",
                          "https://LOCALHOST./",
                          "https://a.localhost/",
                          "https://127.0.0.1/",
                          "https://127.1/",
                          "https://2130706433/",
                          "https://0x7f000001/",
                          "https://0177.0.0.1/",
                          "https://0/",
                          "https://10.0.0.1/",
                          "https://[::1]/",
                          "https://[::ffff:127.0.0.1]/",
                          "https://[::]/",
                          "https://169.254.169.254/latest/meta-data/",
                          "https://[fe80::1%25eth0]/",
                          "https://[fd00::1]/",
                          "https://192.168.1.1/",
                          "https://user@example.org/",
                          "https://user:word@example.org/",
                          "https://example.org:22/",
                          "https://example.org:25/",
                          "https://example.org:80/",
                          "https://example.org:0/",
                          "https://example.org:99999/",
                          "https://example.org/\r\nX: y",
                          "https://exa mple.org/",
                          "https://b\xC3\xBC"
                          "cher.example/"})
    EXPECT_FALSE(check_hook_url(url, false)) << url;
  EXPECT_FALSE(check_hook_url("https://example.org/" + std::string(longest_hook_url, 'a'), false));
}

TEST(HookUrlTest, ThisMachineIsGoodWhereTheOperatorSaysSo) {
  for (const char* url :
       {"http://127.0.0.1:8080/hook", "http://localhost:8080/", "https://10.0.0.1/", "http://[::1]:8080/"})
    EXPECT_TRUE(check_hook_url(url, true)) << url;
  for (const char* url : {"http://example.org:8080/", "http://10.0.0.1:8080/", "https://169.254.169.254/",
                          "http://127.0.0.1/", "http://[::ffff:127.0.0.1]:8080/"})
    EXPECT_FALSE(check_hook_url(url, true)) << url;
}

}  // namespace
}  // namespace tertius::mail
