#include "daemon/token_keeper.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/support/daemon/scripted_http.hpp"
#include "tests/support/daemon/scripted_smtp.hpp"
#include "tests/support/daemon/sender_bench.hpp"

namespace tertius::daemon {
namespace {

using tests::HttpReply;
using tests::ScriptedHttp;

struct TokenKeeperTest : testing::Test {
  TokenKeeperTest() {
    std::string path = (std::filesystem::temp_directory_path() / "tertius-token-XXXXXX").string();
    if (!mkdtemp(path.data())) throw std::runtime_error("no temporary folder");
    folder = path;
    file = folder / "refresh.token";
    std::ofstream(file) << "first\n";
  }
  ~TokenKeeperTest() override { std::filesystem::remove_all(folder); }

  TokenSource source(const ScriptedHttp& server) const {
    TokenSource out;
    out.client.url = server.url();
    out.client.client_id = "app";
    out.refresh_token_file = file;
    return out;
  }
  void keep(const ScriptedHttp& server) { keep(source(server)); }
  void keep(const TokenSource& from) {
    TokenHooks hooks;
    hooks.told = [this](Result<std::string> token) {
      told.push_back(token ? token.value() : "none: " + token.error().what);
    };
    hooks.alarmed = [this](const Failure& failure) { alarms.push_back(failure.what); };
    keeper.emplace(io, from, std::move(hooks));
    keeper->start();
  }
  bool hears(std::size_t count) {
    return tests::run_until(io, [&] { return told.size() >= count; });
  }

  std::filesystem::path folder, file;
  boost::asio::io_context io;
  std::vector<std::string> told, alarms;
  std::optional<TokenKeeper> keeper;
};

TEST_F(TokenKeeperTest, ATokenIsFetchedAndARefreshTokenThatChangesIsKeptOnTheDisk) {
  ScriptedHttp server({{200, R"({"access_token":"one","expires_in":3600,"refresh_token":"second"})"}});
  keep(server);
  ASSERT_TRUE(hears(1));
  EXPECT_EQ(told, std::vector<std::string>{"one"});
  EXPECT_EQ(server.bodies().at(0), "grant_type=refresh_token&refresh_token=first&client_id=app");
  std::ostringstream kept;
  kept << std::ifstream(file).rdbuf();
  EXPECT_EQ(kept.str(), "second\n");
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(TokenKeeperTest, ARevokedGrantIsToldAtOnce) {
  ScriptedHttp server({{400, R"({"error":"invalid_grant","error_description":"revoked"})"}});
  keep(server);
  ASSERT_TRUE(hears(1));
  EXPECT_EQ(told.at(0), "none: no access token for the relay: invalid_grant: revoked");
}

TEST_F(TokenKeeperTest, ARelayThatRefusesBringsNoStormOfFetches) {
  ScriptedHttp server({{200, R"({"access_token":"one","expires_in":3600})"}});
  keep(server);
  ASSERT_TRUE(hears(1));
  for (int i = 0; i < 10; ++i) keeper->renew();
  // On loopback a fetch takes a few milliseconds: one that there should not be has come by then.
  bool passed = false;
  boost::asio::steady_timer wait(io, std::chrono::milliseconds{300});
  wait.async_wait([&](auto) { passed = true; });
  tests::run_until(io, [&] { return passed; });
  EXPECT_EQ(server.bodies().size(), 1U);
}

TEST_F(TokenKeeperTest, WhatAPersonWritesIntoTheFilesIsReadBeforeTheNextFetch) {
  std::ofstream(folder / "client.secret") << "old\n";
  ScriptedHttp server({{200, R"({"access_token":"one","expires_in":3600})"}});
  TokenSource with_secret = source(server);
  with_secret.client_secret_file = folder / "client.secret";
  with_secret.between = std::chrono::seconds{0};
  keep(with_secret);
  ASSERT_TRUE(hears(1));
  std::ofstream(folder / "client.secret") << "new\n";
  std::ofstream(file) << "by hand\n";
  keeper->renew();
  ASSERT_TRUE(hears(2));
  EXPECT_EQ(server.bodies().at(1),
            "grant_type=refresh_token&refresh_token=by%20hand&client_id=app&client_secret=new");
}

TEST_F(TokenKeeperTest, ATokenThatCannotBeSavedIsKeptUsedAndSaid) {
  ScriptedHttp server({{200, R"({"access_token":"one","expires_in":3600,"refresh_token":"second"})"}});
  TokenSource unsavable = source(server);
  unsavable.between = std::chrono::seconds{0};
  std::filesystem::create_directory(file.string() + ".new");  // stands where the new file is made
  keep(unsavable);
  ASSERT_TRUE(hears(1));
  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_NE(alarms[0].find("cannot be saved"), std::string::npos);
  std::filesystem::remove(file.string() + ".new");
  keeper->renew();
  ASSERT_TRUE(hears(2));
  EXPECT_EQ(server.bodies().at(1), "grant_type=refresh_token&refresh_token=second&client_id=app")
      << "the file's is the older one";
  EXPECT_EQ(told, (std::vector<std::string>{"one", "one"}));
  std::string kept;
  std::getline(std::ifstream(file) >> std::ws, kept);
  EXPECT_EQ(kept, "second");
}

TEST_F(TokenKeeperTest, AFinalRefusalIsSaidAtOnceAndTakesNoGoodTokenAway) {
  ScriptedHttp server(
      {{200, R"({"access_token":"one","expires_in":3600})"}, {400, R"({"error":"invalid_grant"})"}});
  TokenSource impatient = source(server);
  impatient.between = std::chrono::seconds{0};
  keep(impatient);
  ASSERT_TRUE(hears(1));
  keeper->renew();
  ASSERT_TRUE(tests::run_until(io, [&] { return !alarms.empty(); }));
  EXPECT_EQ(told, std::vector<std::string>{"one"});
  EXPECT_EQ(alarms.at(0), "no access token for the relay: invalid_grant");
}

TEST_F(TokenKeeperTest, TheEndDoesNotWaitForASilentServer) {
  boost::asio::ip::tcp::acceptor silent(io, {boost::asio::ip::make_address("127.0.0.1"), 0});
  TokenSource waiting;
  waiting.client.url = "http://127.0.0.1:" + std::to_string(silent.local_endpoint().port()) + "/";
  const auto before = std::chrono::steady_clock::now();
  keeper.emplace(io, waiting, TokenHooks{[](auto) {}, [](const auto&) {}});
  keeper->start();
  keeper.reset();
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{20})
      << "the request's own limit is 30 s";
}

TEST(SenderTokenTest, MailsWaitForTheTokenAndTheRelaySeesIt) {
  tests::SmtpScript script;
  script.ehlo = {"250-test\r\n250 AUTH XOAUTH2 PLAIN"};
  script.auth = {"334 ", "235 2.7.0 ok"};
  tests::ScriptedSmtp relay({script});
  auto settings = tests::settings_for(relay.port());
  settings.wants_bearer = true;
  settings.relay.user = "intro@broker.example";
  tests::SenderBench bench(settings);
  bench.send(1);
  bench.context.poll();
  EXPECT_EQ(relay.connections(), 0U);
  bench.sender->set_bearer(std::string("ya29.fresh"));
  bench.run();
  ASSERT_TRUE(bench.results.at(0));
  EXPECT_EQ(bench.results.at(0)->delivery, Delivery::sent) << bench.results.at(0)->text;
  const auto commands = relay.commands();
  const auto login = std::ranges::find(commands, "AUTH XOAUTH2");
  ASSERT_NE(login, commands.end());
  // "user=intro@broker.example", 0x01, "auth=Bearer ya29.fresh", 0x01 0x01
  EXPECT_EQ(*std::next(login), "dXNlcj1pbnRyb0Bicm9rZXIuZXhhbXBsZQFhdXRoPUJlYXJlciB5YTI5LmZyZXNoAQE=");
}

TEST(SenderTokenTest, WithoutATokenMailsComeBackUnharmedAndTheOperatorIsToHear) {
  tests::ScriptedSmtp relay(std::vector{tests::SmtpScript{}});
  auto settings = tests::settings_for(relay.port());
  settings.wants_bearer = true;
  tests::SenderBench bench(settings);
  bench.send(1);
  bench.sender->set_bearer(Failure{"no access token for the relay: invalid_grant", ""});
  bench.send(2);
  bench.run();
  for (const auto& result : bench.results) {
    ASSERT_TRUE(result);
    EXPECT_EQ(result->delivery, Delivery::unharmed);
    EXPECT_TRUE(result->login_refused);
  }
  EXPECT_EQ(relay.connections(), 0U);
}

}  // namespace
}  // namespace tertius::daemon
