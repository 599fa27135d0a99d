// POSTs to real servers on loopback, and to those that are not dialled.
#include "mail/http_post.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "daemon/curl_watch.hpp"
#include "tests/support/daemon/run_until.hpp"
#include "tests/support/daemon/scripted_http.hpp"
#include "tests/support/needs.hpp"

namespace tertius::daemon {
namespace {

using namespace std::chrono_literals;
using tests::run_until;
using tests::ScriptedHttp;

struct HttpPostTest : testing::Test {
  explicit HttpPostTest(bool allow_private = true) {
    CurlWatch::Hooks hooks;
    hooks.ready = [this](int fd, bool r, bool w) { poster->ready(fd, r, w); };
    hooks.timer = [this] { poster->timer(); };
    watch = std::make_shared<CurlWatch>(io, std::move(hooks));
    start(allow_private, 15s);
  }
  ~HttpPostTest() override { watch->close(); }

  void start(bool allow_private, std::chrono::milliseconds patience, const std::string& ca_file = {}) {
    poster = std::make_unique<mail::HttpPoster>(
        mail::HttpPosterSettings{"tertius/test", allow_private, ca_file, patience}, watch->loop());
  }
  mail::HttpReply post(const std::string& url, const std::string& body = "{}") {
    std::optional<mail::HttpReply> got;
    poster->post({url, {"webhook-id: msg_1"}, body}, [&](mail::HttpReply reply) { got = std::move(reply); });
    run_until(io, [&] { return got.has_value(); });
    return got.value_or(mail::HttpReply{});
  }

  boost::asio::io_context io;
  std::shared_ptr<CurlWatch> watch;
  std::unique_ptr<mail::HttpPoster> poster;
};

TEST_F(HttpPostTest, TheBodyArrivesAndTheFirstLineComesBack) {
  const ScriptedHttp server({{204, ""}, {500, "sorry"}});
  const auto good = post(server.url(), "{\"a\":1}");
  EXPECT_EQ(good.status, 204);
  EXPECT_EQ(good.line, "HTTP/1.1 204 x");
  EXPECT_EQ(post(server.url()).status, 500);
  EXPECT_EQ(server.bodies(), (std::vector<std::string>{"{\"a\":1}", "{}"}));
}

TEST_F(HttpPostTest, ARedirectIsAReplyAndNotFollowed) {
  const ScriptedHttp server({{302, ""}});
  EXPECT_EQ(post(server.url()).status, 302);
  EXPECT_EQ(server.bodies().size(), 1u);
}

TEST_F(HttpPostTest, WhatTheServerAsksToWaitIsTold) {
  const ScriptedHttp server({{503, "", "Retry-After: 120\r\n"},
                             {429, "", "retry-after: Fri, 31 Dec 1999 23:59:59 GMT\r\n"},
                             {503, "", "Retry-After: -5\r\n"},
                             {503, ""}});
  EXPECT_EQ(post(server.url()).retry_after, 120s);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(post(server.url()).retry_after, 0s) << i << ": over, or not asked";
}

TEST_F(HttpPostTest, OfALongReplyNoMoreIsReadThanItsStatusNeeds) {
  const ScriptedHttp server({{200, std::string(8 << 20, 'x')}});
  EXPECT_EQ(post(server.url()).status, 200);
}

TEST_F(HttpPostTest, AProxyOfTheEnvironmentIsNotAsked) {
  const ScriptedHttp server({{200, ""}}), proxy({{502, ""}});
  setenv("http_proxy", proxy.url().c_str(), 1);
  EXPECT_EQ(post(server.url()).status, 200);
  unsetenv("http_proxy");
  EXPECT_TRUE(proxy.bodies().empty());
}

TEST_F(HttpPostTest, WhoDoesNotAnswerIsLeftWhenTimeIsUp) {
  boost::asio::ip::tcp::acceptor silent(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  start(true, 200ms);
  const auto reply = post("http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/");
  EXPECT_EQ(reply.status, 0);
  EXPECT_NE(reply.line, "");
}

TEST_F(HttpPostTest, ManyAreUnderWayAtOnceAndASilentOneHoldsUpNone) {
  boost::asio::ip::tcp::acceptor silent(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  const ScriptedHttp server({{200, ""}});
  bool silent_one = false;
  int good = 0;
  poster->post({"http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/", {}, "{}"},
               [&](const mail::HttpReply&) { silent_one = true; });
  for (int i = 0; i < 10; ++i)
    poster->post({server.url(), {}, "{}"}, [&](const mail::HttpReply& r) { good += r.status == 200; });
  run_until(io, [&] { return good == 10; });
  EXPECT_FALSE(silent_one);
}

TEST_F(HttpPostTest, WhatIsUnderWayWhenThePosterGoesIsDropped) {
  boost::asio::ip::tcp::acceptor silent(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  poster->post({"http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/", {}, "{}"},
               [](const mail::HttpReply&) { FAIL(); });
  io.run_for(50ms);
  watch->close();
  poster.reset();
  io.restart();
  io.run_for(50ms);
}

TEST_F(HttpPostTest, OverTlsTheCertificateHasToBeGood) {
  TERTIUS_NEEDS(std::filesystem::exists("/usr/bin/python3"), "python3 to be the server");
  const auto folder =
      std::filesystem::temp_directory_path() / ("http_post_test." + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  const std::string key = (folder / "key").string(), certificate = (folder / "pem").string();
  const std::string make =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
      "-subj /CN=x -addext subjectAltName=IP:127.0.0.1 -keyout " +
      key + " -out " + certificate + " 2>/dev/null";
  TERTIUS_NEEDS(std::system(make.c_str()) == 0, "openssl to make certificates");
  const std::string serve = "/usr/bin/python3 " TERTIUS_TEST_DATA "/../support/daemon/https_server.py " +
                            certificate + " " + key + " 2";
  FILE* server = ::popen(serve.c_str(), "r");
  unsigned port = 0;
  ASSERT_EQ(std::fscanf(server, "%u", &port), 1);
  const std::string url = "https://127.0.0.1:" + std::to_string(port) + "/";
  const auto doubted = post(url);
  EXPECT_EQ(doubted.status, 0);
  EXPECT_NE(doubted.line.find("certificate"), std::string::npos) << doubted.line;
  start(true, 15s, certificate);
  EXPECT_EQ(post(url).status, 204);
  ::pclose(server);
  std::filesystem::remove_all(folder);
}

struct PublicOnlyTest : HttpPostTest {
  PublicOnlyTest() : HttpPostTest(false) {}
};

// A name that leads home is told by what it resolves to and not by how it is written.
TEST_F(PublicOnlyTest, NoSocketIsOpenedToThisMachineOrItsNetwork) {
  const ScriptedHttp server({{200, ""}});
  const std::string port = server.url().substr(17, server.url().find('/', 17) - 17);
  for (const std::string host :
       {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "10.0.0.1", "169.254.169.254",
        "192.168.0.1", "[fe80::1]", "[fd00::1]", "[64:ff9b::7f00:1]"}) {
    const auto reply = post("https://" + host + ":" + port + "/");
    EXPECT_EQ(reply.status, 0) << host;
    EXPECT_NE(reply.line.find("not dialled"), std::string::npos) << host << ": " << reply.line;
  }
  EXPECT_NE(post("https://93.184.216.34:25/").line.find("not dialled"), std::string::npos);
  EXPECT_TRUE(server.bodies().empty());
}

TEST_F(PublicOnlyTest, OtherProtocolsAreNotSpoken) {
  for (const char* url :
       {"http://example.org/", "file:///etc/passwd", "ftp://example.org/", "smtp://127.0.0.1:2525/"})
    EXPECT_EQ(post(url).status, 0) << url;
}

TEST_F(HttpPostTest, PlainHttpGoesToLoopbackAlone) {
  for (const char* url : {"http://10.0.0.1:8080/", "http://93.184.216.34:8080/", "https://169.254.169.254/",
                          "http://127.0.0.1:80/"})
    EXPECT_NE(post(url).line.find("not dialled"), std::string::npos) << url;
}

}  // namespace
}  // namespace tertius::daemon
