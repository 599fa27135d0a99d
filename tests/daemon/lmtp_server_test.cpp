#include "daemon/lmtp_server.hpp"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <boost/asio/post.hpp>
#include <filesystem>
#include <fstream>

#include "tests/support/daemon/lmtp_bench.hpp"

namespace tertius::daemon {
namespace {

namespace asio = boost::asio;
using mail::Verdict;

using Bench = tests::LmtpBench;
using Client = tests::LmtpClient;
using tests::quick_settings;

const std::string envelope =
    "LHLO mx\r\nMAIL FROM:<a@example.org>\r\nRCPT TO:<intro+1@broker.example>\r\nRCPT "
    "TO:<intro+2@broker.example>\r\nDATA\r\n";
const std::string letter = envelope + "Subject: x\r\n\r\nhello\r\n.\r\n";

TEST(LmtpServerTest, ALetterIsAnsweredForEachRecipientAfterTheVerdict) {
  Bench bench;
  Client client(bench);
  client.say(letter);
  bench.run_until([&] { return bench.letters.size() == 1; });
  client.hears("354 ");
  EXPECT_EQ(client.heard.find("250 2.1.5 taken"), std::string::npos) << "answered before the commit";
  EXPECT_EQ(bench.letters[0].sender, "a@example.org");
  EXPECT_EQ(bench.letters[0].recipients.size(), 2U);
  EXPECT_EQ(bench.letters[0].bytes, "Subject: x\r\n\r\nhello\r\n");
  bench.waiting[0]({Verdict::taken, Verdict::busy});
  client.hears("250 2.1.5 taken\r\n451 4.3.2 ");
  client.say("QUIT\r\n");
  client.hears("221 ");
  EXPECT_TRUE(client.is_closed());
  bench.run_until([&] { return bench.server->connections() == 0; });
}

TEST(LmtpServerTest, SeveralLettersOverOneConnection) {
  Bench bench;
  Client client(bench);
  for (std::size_t i = 1; i <= 3; ++i) {
    client.say(letter);
    bench.run_until([&] { return bench.letters.size() == i; });
    client.heard.clear();
    bench.waiting.back()({Verdict::taken, Verdict::taken});
    client.hears("250 2.1.5 taken\r\n250 2.1.5 taken");
  }
}

TEST(LmtpServerTest, AVerdictMayComeFromPostedWorkAndOnlyTheFirstCounts) {
  Bench bench;
  Client client(bench);
  client.say(letter);
  bench.run_until([&] { return bench.letters.size() == 1; });
  asio::post(bench.context, [&] {
    bench.waiting[0]({Verdict::taken, Verdict::taken});
    bench.waiting[0]({Verdict::refused, Verdict::refused});
  });
  client.hears("250 2.1.5 taken\r\n250 2.1.5 taken");
  client.say("NOOP\r\n");
  client.hears("250 2.0.0 ok");
  EXPECT_EQ(client.heard.find("554"), std::string::npos);
}

TEST(LmtpServerTest, TooBusyIs451) {
  Bench bench;
  bench.busy = true;
  Client client(bench);
  client.say("LHLO mx\r\nMAIL FROM:<a@example.org>\r\n");
  EXPECT_TRUE(client.hears("451 4.3.2"));
}

TEST(LmtpServerTest, OneClientTooManyHears421) {
  auto settings = quick_settings();
  settings.connections = 1;
  Bench bench(settings);
  Client first(bench);
  first.hears("220 ");
  {
    Client second(bench);
    EXPECT_TRUE(second.hears("421 "));
    EXPECT_TRUE(second.is_closed());
  }
  first.say("NOOP\r\n");
  EXPECT_TRUE(first.hears("250 2.0.0 ok"));
}

TEST(LmtpServerTest, ASilentClientHears421) {
  auto settings = quick_settings();
  settings.idle = std::chrono::milliseconds{20};
  Bench bench(settings);
  Client client(bench);
  EXPECT_TRUE(client.hears("421 "));
  EXPECT_TRUE(client.is_closed());
}

TEST(LmtpServerTest, ADripFeederIsCutOffAtTheEndOfTheSession) {
  auto settings = quick_settings();
  settings.session = std::chrono::milliseconds{50};
  Bench bench(settings);
  Client client(bench);
  client.say(envelope);
  client.hears("354 ");
  // A byte after each event keeps it from being idle; the goodbye itself may drown in the reset.
  bench.run_until([&] {
    boost::system::error_code ignored;
    client.socket.send(asio::buffer("x", 1), 0, ignored);
    return client.closed;
  });
  EXPECT_TRUE(bench.letters.empty());
}

TEST(LmtpServerTest, AVerdictThatDoesNotComeIsNoYes) {
  auto settings = quick_settings();
  settings.verdict = std::chrono::milliseconds{20};
  Bench bench(settings);
  Client client(bench);
  client.say(letter);
  EXPECT_TRUE(client.hears("421 "));
  bench.waiting[0]({Verdict::taken, Verdict::taken});
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(client.heard.find("taken"), std::string::npos);
}

TEST(LmtpServerTest, AClientThatLeavesHarmsNobody) {
  Bench bench;
  {
    Client client(bench);
    client.say(letter);
    bench.run_until([&] { return bench.letters.size() == 1; });
  }
  bench.waiting[0]({Verdict::taken, Verdict::taken});
  Client next(bench);
  next.say("NOOP\r\n");
  EXPECT_TRUE(next.hears("250 2.0.0 ok"));
}

TEST(LmtpServerTest, DrainingWaitsForTheVerdict) {
  Bench bench;
  Client idle(bench);
  Client busy(bench);
  busy.say(letter);
  bench.run_until([&] { return bench.letters.size() == 1; });
  bool drained = false;
  bench.server->drain([&drained] { drained = true; });
  EXPECT_TRUE(idle.hears("421 "));
  EXPECT_FALSE(drained);
  bench.waiting[0]({Verdict::taken, Verdict::taken});
  EXPECT_TRUE(busy.hears("250 2.1.5 taken\r\n250 2.1.5 taken\r\n421 "));
  bench.run_until([&drained] { return drained; });
}

TEST(LmtpServerTest, AServerMayGoWhileALetterWaits) {
  Bench bench;
  Client client(bench);
  client.say(letter);
  bench.run_until([&] { return bench.letters.size() == 1; });
  bench.server.reset();
  bench.waiting[0]({Verdict::taken, Verdict::taken});
  EXPECT_TRUE(client.is_closed());
  EXPECT_EQ(client.heard.find("taken"), std::string::npos);
}

struct SocketFolder {
  std::filesystem::path path =
      std::filesystem::temp_directory_path() / ("lmtp_server_test." + std::to_string(::getpid()));
  SocketFolder() { std::filesystem::create_directories(path); }
  ~SocketFolder() { std::filesystem::remove_all(path); }
  LmtpServerSettings settings() const {
    auto settings = quick_settings();
    settings.socket_path = (path / "lmtp").string();
    return settings;
  }
};

TEST(LmtpServerTest, AUnixSocketHasItsModeAndGoesWithTheServer) {
  const SocketFolder folder;
  {
    Bench bench(folder.settings());
    struct stat found {};
    ASSERT_EQ(::stat((folder.path / "lmtp").c_str(), &found), 0);
    EXPECT_EQ(found.st_mode & 0777, 0660U);
    const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    folder.settings().socket_path.copy(address.sun_path, sizeof address.sun_path - 1);
    ASSERT_EQ(::connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    bench.run_until([&] { return bench.server->connections() == 1; });
    std::array<char, 64> greeting{};
    bench.context.run_one_for(std::chrono::milliseconds{100});
    EXPECT_GT(::recv(fd, greeting.data(), greeting.size(), 0), 0);
    EXPECT_TRUE(std::string(greeting.data()).starts_with("220 broker.example"));
    ::close(fd);
  }
  EXPECT_FALSE(std::filesystem::exists(folder.path / "lmtp"));
}

TEST(LmtpServerTest, AStaleSocketIsReplacedALiveOneIsNot) {
  const SocketFolder folder;
  const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  folder.settings().socket_path.copy(address.sun_path, sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  ::close(fd);  // the file stays, as after a crash
  Bench bench(folder.settings());
  EXPECT_THROW(Bench(folder.settings()), std::runtime_error);
  EXPECT_TRUE(std::filesystem::exists(folder.path / "lmtp"));
}

TEST(LmtpServerTest, AFileThatIsNoSocketIsNotRemoved) {
  const SocketFolder folder;
  std::ofstream(folder.path / "lmtp") << "precious";
  EXPECT_ANY_THROW(Bench(folder.settings()));
  EXPECT_TRUE(std::filesystem::is_regular_file(folder.path / "lmtp"));
}

}  // namespace
}  // namespace tertius::daemon
