// Clients that send a byte at a time, do not send what they announced, or do not read what they asked for:
// they are served or cut, and nobody else waits for them.
#include <gtest/gtest.h>

#include "tests/support/daemon/http_bench.hpp"
#include "tests/support/daemon/lmtp_bench.hpp"

namespace tertius::daemon {
namespace {

using namespace std::chrono_literals;
using mail::Verdict;
using tests::HttpBench, tests::HttpClient, tests::LmtpBench, tests::LmtpClient;
using tests::plain, tests::request;

// Each byte is a packet of its own, and the server has read it before the next one comes.
template <class Bench>
void drip(Bench& bench, tests::SocketClient& client, const std::string& bytes) {
  client.socket.set_option(boost::asio::ip::tcp::no_delay(true));
  for (const char c : bytes) {
    boost::system::error_code ignored;
    client.socket.send(boost::asio::buffer(&c, 1), 0, ignored);
    bench.context.restart();
    bench.context.poll();
  }
}

// A piece now and then for as long as the connection takes them; the server waits for each, and for none
// long.
template <class Bench>
void drip_until_closed(Bench& bench, tests::SocketClient& client, const std::string& piece) {
  auto next = std::chrono::steady_clock::now();
  bench.run_until([&] {
    if (std::chrono::steady_clock::now() < next) return client.closed;
    boost::system::error_code ignored;
    client.socket.send(boost::asio::buffer(piece), 0, ignored);
    next = std::chrono::steady_clock::now() + 2ms;
    return client.closed;
  });
}

TEST(SlowClientsTest, RequestsThatComeByteByByteAreAnsweredInOrder) {
  HttpBench bench;
  HttpClient client(bench);
  drip(bench, client,
       request("GET /1") + request("POST /2", "Content-Length: 3\r\n") + "abc" +
           request("POST /3", "Transfer-Encoding: chunked\r\n") + "2\r\nde\r\n1\r\nf\r\n0\r\n\r\n" +
           request("HEAD /4") + request("GET /5"));
  ASSERT_TRUE(client.hears("path /5"));
  ASSERT_EQ(bench.requests.size(), 5u);
  EXPECT_EQ(bench.requests[1].body, "abc");
  EXPECT_EQ(bench.requests[2].body, "def");
  EXPECT_EQ(bench.requests[3].method, "HEAD");
  EXPECT_LT(client.heard.find("path /2"), client.heard.find("path /3"));
  EXPECT_FALSE(client.closed);
}

TEST(SlowClientsTest, RefusalsAreTheSameByteByByte) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"431", request("GET /", "X: " + std::string(17'000, 'x') + "\r\n")},
      {"431", "GET /" + std::string(17'000, 'a')},
      {"413", request("POST /", "Content-Length: 131073\r\n")},
      {"400", "hello\r\n\r\n"},
      {"400", request("POST /", "Transfer-Encoding: chunked\r\n") + "zz\r\n"},
  };
  for (const auto& [number, bytes] : cases) {
    HttpBench bench;
    HttpClient client(bench);
    drip(bench, client, bytes);
    EXPECT_TRUE(client.hears("HTTP/1.1 " + number + " ")) << bytes.substr(0, 60);
    EXPECT_TRUE(client.is_closed()) << bytes.substr(0, 60);
    EXPECT_TRUE(bench.requests.empty());
  }
}

TEST(SlowClientsTest, AnyMethodArrivesAsItIs) {
  HttpBench bench;
  HttpClient client(bench);
  for (const std::string method : {"PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND", "BREW"})
    client.say(request(method + " /x"));
  ASSERT_TRUE(bench.run_until([&] { return bench.requests.size() == 7; }));
  EXPECT_EQ(bench.requests[0].method, "PUT");
  EXPECT_EQ(bench.requests[6].method, "BREW");
  client.say(request("CONNECT example.org:25") + request("GET /after"));
  ASSERT_TRUE(client.hears("path /after"));
  EXPECT_NE(client.heard.find("HTTP/1.1 400 "), std::string::npos) << "what is no path is no proxy's errand";
}

TEST(SlowClientsTest, WhoFeedsHeadersWithoutEndIsCut) {
  HttpBench bench(100, 50ms);
  HttpClient client(bench);
  client.say("GET / HTTP/1.1\r\n");
  drip_until_closed(bench, client, "X");
  EXPECT_TRUE(bench.requests.empty());
}

TEST(SlowClientsTest, WhoFeedsABodyWithoutEndIsCut) {
  HttpBench bench(100, 50ms);
  HttpClient client(bench), chunks(bench);
  client.say(request("POST /", "Content-Length: 131072\r\n"));
  drip_until_closed(bench, client, "x");
  chunks.say(request("POST /", "Transfer-Encoding: chunked\r\n"));
  drip_until_closed(bench, chunks, "1\r\nx\r\n");
  EXPECT_TRUE(bench.requests.empty());
}

TEST(SlowClientsTest, WhoFeedsAnUploadWithoutEndIsCutAndItsPlaceIsFree) {
  HttpBench bench;
  std::vector<Uploads::Admitted> asked;
  bench.server->take_uploads(
      {.most_bytes = 1'000'000,
       .is_upload = [](const web::HttpRequest&) { return true; },
       .admit = [&](web::HttpRequest, Uploads::Admitted admit) { asked.push_back(std::move(admit)); },
       .at_once = 1,
       .patience = 50ms});
  const std::string upload = request("POST /files", "Content-Length: 900000\r\n");
  HttpClient slow(bench);
  slow.say(upload);
  ASSERT_TRUE(bench.run_until([&] { return asked.size() == 1; }));
  asked[0](std::nullopt);
  asked.clear();  // it keeps the connection
  drip_until_closed(bench, slow, "x");
  HttpClient next(bench);
  next.say(upload);
  EXPECT_TRUE(bench.run_until([&] { return asked.size() == 1; }));
}

// The answer is more than the sockets' buffers take.
TEST(SlowClientsTest, WhoDoesNotReadTheAnswerIsCut) {
  HttpBench bench(1, 50ms);
  bench.keeps = true;
  boost::asio::ip::tcp::socket deaf(bench.context);
  deaf.connect({boost::asio::ip::make_address("127.0.0.1"), bench.server->port()});
  boost::asio::write(deaf, boost::asio::buffer(request("GET /long")));
  ASSERT_TRUE(bench.run_until([&] { return bench.waiting.size() == 1; }));
  bench.keeps = false;
  bench.waiting[0](plain(std::string(64 << 20, 'x')));
  bench.waiting.clear();  // it keeps the connection
  // Its place, the only one, is free when it is cut.
  bool served = false;
  for (const auto end = std::chrono::steady_clock::now() + 20s;
       !served && std::chrono::steady_clock::now() < end;) {
    HttpClient next(bench);
    next.say(request("GET /next"));
    served = bench.run_until([&] {
      return next.closed || next.heard.find("path /next") != std::string::npos;
    }) && next.heard.find("path /next") != std::string::npos;
  }
  EXPECT_TRUE(served);
}

TEST(SlowClientsTest, OthersAreServedWhileSomeAreSlow) {
  HttpBench bench;
  std::vector<std::unique_ptr<HttpClient>> slow;
  for (int i = 0; i < 50; ++i) {
    slow.push_back(std::make_unique<HttpClient>(bench));
    drip(bench, *slow.back(),
         i % 2 == 0 ? "GET / HTTP/1.1\r\nHos" : request("POST /", "Content-Length: 9\r\n") + "x");
  }
  HttpClient quick(bench);
  quick.say(request("GET /quick"));
  EXPECT_TRUE(quick.hears("path /quick"));
  EXPECT_EQ(bench.requests.size(), 1u);
  drip(bench, *slow[1], "12345678");
  EXPECT_TRUE(slow[1]->hears("path /"));
}

const std::string envelope =
    "LHLO mx\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<intro+1@broker.example>\r\nDATA\r\n";

TEST(SlowClientsTest, ALetterThatComesByteByByteIsTakenWhole) {
  LmtpBench bench;
  LmtpClient client(bench);
  drip(bench, client, envelope + "Subject: x\r\n\r\n..hello\r\n.\n.\r\n\r\n.\r\nQUIT\r\n");
  ASSERT_TRUE(bench.run_until([&] { return bench.letters.size() == 1; }));
  EXPECT_EQ(bench.letters[0].bytes, "Subject: x\r\n\r\n.hello\r\n\n.\r\n\r\n");
  bench.waiting[0]({Verdict::taken});
  EXPECT_TRUE(client.hears("250 2.1.5 taken\r\n221 "));
  EXPECT_TRUE(client.is_closed());
}

TEST(SlowClientsTest, AWholeTalkInOnePieceIsAnsweredInOrder) {
  LmtpBench bench;
  LmtpClient client(bench);
  const std::string once =
      "MAIL FROM:<a@example.org>\r\nRCPT TO:<intro@broker.example>\r\nDATA\r\nx\r\n.\r\n";
  client.say("LHLO mx\r\n" + once + once + "BREW\r\nQUIT\r\n");
  for (std::size_t i = 1; i <= 2; ++i) {
    ASSERT_TRUE(bench.run_until([&] { return bench.letters.size() == i; }));
    EXPECT_EQ(client.heard.find("500 "), std::string::npos) << "answered before the verdict";
    bench.waiting.back()({Verdict::taken});
  }
  EXPECT_TRUE(client.hears("250 2.1.5 taken\r\n500 5.5.1 unknown command\r\n221 "));
}

TEST(SlowClientsTest, AnotherSendersLetterIsTakenWhileSomeAreSlow) {
  LmtpBench bench;
  std::vector<std::unique_ptr<LmtpClient>> slow;
  for (int i = 0; i < 40; ++i) {
    slow.push_back(std::make_unique<LmtpClient>(bench));
    drip(bench, *slow.back(), i % 2 == 0 ? "LHLO m" : envelope + "Subj");
  }
  LmtpClient quick(bench);
  quick.say(envelope + "quick\r\n.\r\n");
  ASSERT_TRUE(bench.run_until([&] { return bench.letters.size() == 1; }));
  EXPECT_EQ(bench.letters[0].bytes, "quick\r\n");
  drip(bench, *slow[1], "ect: slow\r\n.\r\n");
  ASSERT_TRUE(bench.run_until([&] { return bench.letters.size() == 2; }));
  EXPECT_EQ(bench.letters[1].bytes, "Subject: slow\r\n");
}

TEST(SlowClientsTest, ACommandWithoutEndKeepsNoMemoryAndIsRefusedOnce) {
  LmtpBench bench;
  LmtpClient client(bench);
  client.say(std::string(1 << 20, 'x') + "\r\nNOOP\r\n");
  EXPECT_TRUE(client.hears("500 5.5.2 line too long\r\n250 2.0.0 ok"));
}

// 64 KB and more of replies that nobody takes.
TEST(SlowClientsTest, WhoDoesNotReadItsRepliesIsNotReadAndIsCut) {
  auto settings = tests::quick_settings();
  settings.idle = 50ms;
  LmtpBench bench(settings);
  boost::asio::ip::tcp::socket deaf(bench.context);
  deaf.open(boost::asio::ip::tcp::v4());
  deaf.set_option(boost::asio::socket_base::receive_buffer_size(4096));
  deaf.connect({boost::asio::ip::make_address("127.0.0.1"), bench.server->port()});
  deaf.non_blocking(true);
  bool is_refused = false;
  const std::string noise = "NOOP\r\nNOOP\r\nNOOP\r\nNOOP\r\n";
  EXPECT_TRUE(bench.run_until([&] {
    boost::system::error_code error;
    deaf.send(boost::asio::buffer(noise), 0, error);
    is_refused = error && error != boost::asio::error::would_block && error != boost::asio::error::try_again;
    return is_refused;
  }));
  EXPECT_TRUE(bench.run_until([&] { return bench.server->connections() == 0; }));
}

}  // namespace
}  // namespace tertius::daemon
