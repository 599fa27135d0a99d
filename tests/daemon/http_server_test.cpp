#include "daemon/http_server.hpp"

#include <gtest/gtest.h>

#include "daemon/plain_page.hpp"
#include "tests/support/daemon/http_bench.hpp"

namespace tertius::daemon {
namespace {

using Bench = tests::HttpBench;
using Client = tests::HttpClient;
using tests::plain, tests::request;
using tests::Respond;

TEST(HttpServerTest, OneConnectionCarriesManyRequests) {
  Bench bench;
  Client client(bench);
  for (const std::string path : {"/one", "/two", "/three"}) {
    client.heard.clear();
    client.say(request("GET " + path));
    ASSERT_TRUE(client.hears("path " + path));
    EXPECT_TRUE(client.heard.starts_with("HTTP/1.1 200 OK\r\n"));
  }
  EXPECT_FALSE(client.closed);
  client.say(request("GET /last", "Connection: close\r\n"));
  EXPECT_TRUE(client.hears("path /last"));
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpServerTest, AnOldBrowserIsAnsweredAndLetGo) {
  Bench bench;
  Client client(bench);
  client.say("GET /old HTTP/1.0\r\n\r\n");
  EXPECT_TRUE(client.hears("path /old"));
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpServerTest, PipelinedRequestsAreAnsweredInOrder) {
  Bench bench;
  Client client(bench);
  client.say(request("GET /1") + request("POST /2", "Content-Length: 3\r\n") + "abc" + request("GET /3"));
  ASSERT_TRUE(client.hears("path /3"));
  EXPECT_LT(client.heard.find("path /1"), client.heard.find("path /2"));
  EXPECT_LT(client.heard.find("path /2"), client.heard.find("path /3"));
  EXPECT_EQ(bench.requests.at(1).body, "abc");
  EXPECT_EQ(bench.requests.at(1).method, "POST");
}

TEST(HttpServerTest, HeadHasTheLengthOfGetAndNoBody) {
  Bench bench;
  Client client(bench);
  client.say(request("HEAD /abc") + request("GET /d"));
  ASSERT_TRUE(client.hears("path /d"));
  EXPECT_NE(client.heard.find("Content-Length: 9\r\n"), std::string::npos) << client.heard;
  EXPECT_EQ(client.heard.find("path /abc"), std::string::npos);
  EXPECT_NE(client.heard.find("\r\n\r\nHTTP/1.1 200 OK"), std::string::npos)
      << "the next answer follows at once";
}

TEST(HttpServerTest, HeadersAndQueryArriveAsTheyCame) {
  Bench bench;
  Client client(bench);
  client.say(
      request("GET /a%20b%C3%A9?q=1%202", "Sec-Fetch-Site: Same-Origin\r\nORIGIN: https://X.example\r\n"));
  ASSERT_TRUE(client.hears("path"));
  const auto& got = bench.requests.at(0);
  EXPECT_EQ(got.path, "/a b\xC3\xA9");
  EXPECT_EQ(got.query, "q=1%202");
  EXPECT_EQ(got.headers.at("origin"), "https://X.example");
  EXPECT_EQ(got.headers.at("sec-fetch-site"), "Same-Origin");
}

TEST(HttpServerTest, TooMuchIsRefusedWithTheRightNumber) {
  const std::string wide = "X: " + std::string(20'000, 'x') + "\r\n";
  const std::string deep(2'000'000, 'x');
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"431", request("GET /", wide)},
      {"431", "GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n\r\n"},
      {"413", request("POST /", "Content-Length: 131073\r\n")},
      {"413", request("POST /", "Content-Length: 18446744073709551615\r\n")},
      {"413", request("POST /", "Transfer-Encoding: chunked\r\n") + "1e8480\r\n" + deep},
  };
  for (const auto& [number, bytes] : cases) {
    Bench bench;
    Client client(bench);
    client.say(bytes);
    EXPECT_TRUE(client.hears("HTTP/1.1 " + number + " ")) << bytes.substr(0, 80) << "\n" << client.heard;
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(bench.requests.empty());
  }
}

// Closing on unread bytes resets the connection, and a browser then shows an error instead of the sentence.
TEST(HttpServerTest, TheRefusalIsHeardByOneWhoGoesOnSending) {
  Bench bench;
  Client client(bench);
  client.say(request("POST /", "Content-Length: 2000000\r\n") + std::string(2'000'000, 'x'));
  EXPECT_TRUE(client.hears("This is more than we read."));
  EXPECT_TRUE(client.is_closed());
}

TEST(HttpServerTest, JustTheLimitIsRead) {
  Bench bench;
  Client client(bench);
  client.say(request("POST /whole", "Content-Length: 131072\r\n") + std::string(131'072, 'x'));
  ASSERT_TRUE(client.hears("path /whole"));
  EXPECT_EQ(bench.requests.at(0).body.size(), 131'072U);
}

// A body of 300 KB, to `path`, with `server` asked first.
std::string upload_to(const std::string& path) {
  return request("POST " + path, "Content-Length: 300000\r\n");
}

Uploads uploads(std::vector<Uploads::Admitted>& asked, std::size_t at_once) {
  return {.most_bytes = 1'000'000,
          .is_upload = [](const web::HttpRequest& r) { return r.method == "POST" && r.path == "/files"; },
          .admit = [&asked](web::HttpRequest, Uploads::Admitted admit) { asked.push_back(admit); },
          .too_long = "Contact files may have 1 MB together",
          .at_once = at_once};
}

TEST(HttpServerTest, AnUploadIsReadOnceItIsAdmitted) {
  Bench bench;
  std::vector<Uploads::Admitted> asked;
  bench.server->take_uploads(uploads(asked, 4));
  Client client(bench);
  client.say(upload_to("/files"));
  ASSERT_TRUE(bench.run_until([&] { return asked.size() == 1; }));
  asked[0](std::nullopt);
  client.say(std::string(300'000, 'x'));
  ASSERT_TRUE(client.hears("path /files"));
  EXPECT_EQ(bench.requests.back().body.size(), 300'000u);
}

TEST(HttpServerTest, AStrangersUploadIsRefusedUnread) {
  Bench bench;
  std::vector<Uploads::Admitted> asked;
  bench.server->take_uploads(uploads(asked, 4));
  Client client(bench);
  client.say(upload_to("/files"));
  ASSERT_TRUE(bench.run_until([&] { return asked.size() == 1; }));
  asked[0](plain_page(403, "Sign in first.\n"));
  EXPECT_TRUE(client.hears("403"));
  EXPECT_TRUE(bench.requests.empty());
}

TEST(HttpServerTest, OtherPathsAndLongerUploadsKeepTheirLimits) {
  Bench bench;
  std::vector<Uploads::Admitted> asked;
  bench.server->take_uploads(uploads(asked, 4));
  Client elsewhere(bench), longer(bench);
  elsewhere.say(upload_to("/ask"));
  EXPECT_TRUE(elsewhere.hears("413"));
  longer.say(request("POST /files", "Content-Length: 1000001\r\n"));
  EXPECT_TRUE(longer.hears("413"));
  EXPECT_TRUE(longer.hears("Contact files may have 1 MB together"));
  Client chunked(bench);
  chunked.say(request("POST /ask", "Transfer-Encoding: chunked\r\n") + "30000\r\n" +
              std::string(0x30000, 'x'));
  EXPECT_TRUE(chunked.hears("413"));
  EXPECT_TRUE(asked.empty() && bench.requests.empty());
}

TEST(HttpServerTest, UploadsOverTheNumberWaitOutside) {
  Bench bench;
  std::vector<Uploads::Admitted> asked;
  bench.server->take_uploads(uploads(asked, 1));
  Client first(bench), second(bench);
  first.say(upload_to("/files"));
  ASSERT_TRUE(bench.run_until([&] { return asked.size() == 1; }));
  second.say(upload_to("/files"));
  EXPECT_TRUE(second.hears("503"));
  asked[0](std::nullopt);
  first.say(std::string(300'000, 'x'));
  ASSERT_TRUE(first.hears("path /files"));
  Client third(bench);
  third.say(upload_to("/files"));
  EXPECT_TRUE(bench.run_until([&] { return asked.size() == 2; })) << "its place is free again";
}

TEST(HttpServerTest, GarbageIsRefused) {
  for (const std::string& bytes :
       {std::string("hello\r\n\r\n"), std::string("\x16\x03\x01\x02\x00\x01\x00\x01\xfc", 9) + "\r\n\r\n",
        std::string("GET / HTTP/9.9\r\n\r\n"), std::string("GET /\r\n\r\n"),
        std::string("GET  / HTTP/1.1\r\n\r\n"), request("GET /", "No colon\r\n"),
        request("GET /", "Space : x\r\n"), request("POST /", "Content-Length: x\r\n"),
        request("POST /", "Content-Length: -1\r\n"),
        request("POST /", "Content-Length: 1\r\nContent-Length: 2\r\n"),
        request("POST /", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"),
        request("POST /", "Transfer-Encoding: chunked\r\n") + "zz\r\n"}) {
    Bench bench;
    Client client(bench);
    client.say(bytes);
    EXPECT_TRUE(client.hears("HTTP/1.1 400 ")) << bytes;
    EXPECT_TRUE(client.is_closed());
    EXPECT_TRUE(bench.requests.empty()) << bytes;
  }
}

TEST(HttpServerTest, PathsAreReadOnceAndWhatIsNoPathIsRefused) {
  const std::vector<std::pair<std::string, std::string>> paths = {
      {"//evil.example/x", "//evil.example/x"},
      {"/%2e%2e/etc", "/../etc"},
      {"/a/../b", "/a/../b"},
      {"/%252e", "/%2e"},
      {"/a%2Fb", "/a/b"},
  };
  for (const auto& [sent, read] : paths) {
    Bench bench;
    Client client(bench);
    client.say(request("GET " + sent));
    ASSERT_TRUE(client.hears("path")) << sent;
    EXPECT_EQ(bench.requests.at(0).path, read);
  }
  for (const char* sent : {"http://evil.example/", "evil.example:80", "*", "/%00", "/a%00b", "/%", "/%2",
                           "/%zz", "/a\\b", "/<x>", "/\xC3\xA9"}) {
    Bench bench;
    Client client(bench);
    client.say(request(std::string("GET ") + sent));
    EXPECT_TRUE(client.hears("HTTP/1.1 400 ")) << sent;
    EXPECT_TRUE(bench.requests.empty()) << sent;
  }
}

TEST(HttpServerTest, TheSlowAndTheSilentAreCut) {
  Bench bench(100, std::chrono::milliseconds{30});
  Client silent(bench);
  Client slow(bench);
  slow.say("GET / HTTP/1.1\r\nHost:");
  EXPECT_TRUE(silent.is_closed());
  EXPECT_TRUE(slow.is_closed());
  EXPECT_TRUE(bench.requests.empty());
  EXPECT_EQ(silent.heard, "");
}

TEST(HttpServerTest, OverTheLimitTheNewestIsTurnedAway) {
  Bench bench(2);
  Client first(bench), second(bench);
  first.say(request("GET /1"));
  second.say(request("GET /2"));
  ASSERT_TRUE(first.hears("path /1"));
  ASSERT_TRUE(second.hears("path /2"));
  {
    Client third(bench);
    EXPECT_TRUE(third.is_closed());
    EXPECT_EQ(third.heard, "");
  }
  first.heard.clear();
  first.say(request("GET /again", "Connection: close\r\n"));
  EXPECT_TRUE(first.hears("path /again")) << "those already here keep their place";
  EXPECT_TRUE(first.is_closed());
  // The place is free once the server has noticed that its client has gone too.
  first.socket.close();
  bool served = false;
  for (int i = 0; i < 100 && !served; ++i) {
    Client next(bench);
    next.say(request("GET /next"));
    served = next.hears("path /next");
  }
  EXPECT_TRUE(served);
}

TEST(HttpServerTest, StopClosesTheIdleAndFinishesWhatIsUnderWay) {
  Bench bench;
  Client idle(bench), busy(bench);
  idle.say(request("GET /idle"));
  ASSERT_TRUE(idle.hears("path /idle"));
  bench.keeps = true;
  busy.say(request("GET /busy"));
  bench.run_until([&] { return bench.waiting.size() == 1; });
  bench.server->stop();
  EXPECT_TRUE(idle.is_closed());
  EXPECT_FALSE(busy.closed);
  bench.waiting[0](plain("finished"));
  EXPECT_TRUE(busy.hears("finished"));
  EXPECT_NE(busy.heard.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(busy.is_closed());
}

TEST(HttpServerTest, WhoHasJustConnectedMayAskWhileItDrains) {
  Bench bench;
  Client idle(bench), fresh(bench), silent(bench);
  idle.say(request("GET /idle"));
  ASSERT_TRUE(idle.hears("path /idle"));
  Client last(bench);
  last.say(request("GET /last"));
  ASSERT_TRUE(last.hears("path /last")) << "the others have been accepted before it";
  bool drained = false;
  bench.server->drain([&] { drained = true; });
  EXPECT_TRUE(idle.is_closed() && last.is_closed());
  fresh.say(request("GET /fresh"));
  EXPECT_TRUE(fresh.hears("path /fresh"));
  EXPECT_NE(fresh.heard.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(fresh.is_closed());
  EXPECT_FALSE(drained) << "somebody may still ask";
  EXPECT_TRUE(silent.is_closed()) << "but not for ever";
  bench.run_until([&] { return drained; });
  EXPECT_TRUE(drained);
}

TEST(HttpServerTest, AClientThatLeavesBeforeItsAnswerHurtsNobody) {
  Bench bench;
  bench.keeps = true;
  {
    Client gone(bench);
    gone.say(request("GET /gone"));
    bench.run_until([&] { return bench.waiting.size() == 1; });
  }
  bench.waiting[0](plain(std::string(131'072, 'x')));
  bench.keeps = false;
  Client next(bench);
  next.say(request("GET /next"));
  EXPECT_TRUE(next.hears("path /next"));
}

TEST(HttpServerTest, ATakenAddressIsNamed) {
  Bench bench;
  const ListenAddress taken{{}, "127.0.0.1", bench.server->port()};
  try {
    HttpServer second(bench.context, taken, [](web::HttpRequest, Respond) {});
    FAIL() << "two servers on one port";
  } catch (const std::runtime_error& e) {
    EXPECT_NE(std::string(e.what()).find(std::to_string(taken.port)), std::string::npos);
  }
}

}  // namespace
}  // namespace tertius::daemon
