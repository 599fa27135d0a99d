// The sender over TLS: a server in Python's ssl with a certificate made for the test.

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "daemon/smtp_sender.hpp"
#include "tests/support/needs.hpp"

namespace tertius::daemon {
namespace {

constexpr const char* python = "/usr/bin/python3";

// Serves until its standard input is closed.
class TlsRelay {
 public:
  TlsRelay(const std::string& certificate, const std::string& key) {
    int in[2], out[2];
    if (::pipe(in) != 0 || ::pipe(out) != 0) return;
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(in[0], STDIN_FILENO);
      ::dup2(out[1], STDOUT_FILENO);
      for (const int fd : {in[0], in[1], out[0], out[1]}) ::close(fd);
      const std::string script = TERTIUS_TEST_DATA "/../support/daemon/starttls_smtp.py";
      ::execl(python, python, script.c_str(), certificate.c_str(), key.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(in[0]);
    ::close(out[1]);
    input_ = in[1];
    FILE* words = ::fdopen(out[0], "r");
    if (std::fscanf(words, "%hu", &port_) != 1) port_ = 0;
    std::fclose(words);
  }
  ~TlsRelay() {
    ::close(input_);
    ::waitpid(child_, nullptr, 0);
  }
  std::uint16_t port() const { return port_; }

 private:
  pid_t child_ = -1;
  int input_ = -1;
  std::uint16_t port_ = 0;
};

class SmtpSenderTlsTest : public testing::Test {
 protected:
  void SetUp() override {
    TERTIUS_NEEDS(std::filesystem::exists(python), "python3 to be the server");
    folder_ = std::filesystem::temp_directory_path() / ("smtp_sender_tls_test." + std::to_string(::getpid()));
    std::filesystem::create_directories(folder_);
    TERTIUS_NEEDS(make_certificate("relay") && make_certificate("other"), "openssl to make certificates");
    relay_.emplace(file("relay.pem"), file("relay.key"));
    ASSERT_NE(relay_->port(), 0);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name) const { return (folder_ / name).string(); }

  bool make_certificate(const std::string& name) const {
    const auto command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=" +
        name + " -addext subjectAltName=IP:127.0.0.1 -keyout " + file(name + ".key") + " -out " +
        file(name + ".pem") + " 2>/dev/null";
    return std::system(command.c_str()) == 0;
  }

  mail::DoorSettings relay_settings() const {
    mail::DoorSettings settings;
    settings.host = "127.0.0.1";
    settings.port = relay_->port();
    settings.security = mail::Security::starttls;
    settings.ca_file = file("relay.pem");
    settings.user = "intro";
    settings.password = "secret";
    settings.hello = "broker.example";
    return settings;
  }

  static std::vector<DeliveryResult> send(const mail::DoorSettings& relay, std::size_t count) {
    boost::asio::io_context context;
    std::vector<DeliveryResult> results;
    SmtpSenderSettings settings;
    settings.relay = relay;
    settings.connections = 1;
    SmtpSender sender(context, settings);
    for (std::size_t i = 0; i < count; ++i)
      sender.sender()({Address{"b", "broker.example"}, Address{"bob", "example.org"}, "",
                       std::string(100'000, 'x') + "\r\n"},
                      [&](DeliveryResult result) {
                        results.push_back(std::move(result));
                        if (results.size() == count) sender.drain([] {});
                      });
    context.run_for(std::chrono::seconds{20});
    EXPECT_EQ(results.size(), count);
    results.resize(count);
    return results;
  }

  std::filesystem::path folder_;
  std::optional<TlsRelay> relay_;
};

TEST_F(SmtpSenderTlsTest, SendsOverStartTlsWithLoginAndOurOwnAuthority) {
  for (const auto& result : send(relay_settings(), 3)) {
    EXPECT_EQ(result.delivery, Delivery::sent) << result.text;
    EXPECT_EQ(result.text, "queued over TLS");
  }
}

TEST_F(SmtpSenderTlsTest, ACertificateNobodyVouchesForPausesTheRelay) {
  auto settings = relay_settings();
  settings.ca_file = file("other.pem");
  const auto result = send(settings, 1)[0];
  EXPECT_EQ(result.delivery, Delivery::unharmed) << result.text;
  EXPECT_TRUE(result.login_refused);
  EXPECT_NE(result.text.find("certificate"), std::string::npos) << result.text;
}

TEST_F(SmtpSenderTlsTest, ACertificateForAnotherNamePausesTheRelay) {
  auto settings = relay_settings();
  settings.host = "localhost";
  const auto result = send(settings, 1)[0];
  EXPECT_EQ(result.delivery, Delivery::unharmed) << result.text;
  EXPECT_TRUE(result.login_refused);
}

TEST_F(SmtpSenderTlsTest, AnAuthorityFileThatIsNotThereIsForTheOperator) {
  auto settings = relay_settings();
  settings.ca_file = file("nothing.pem");
  EXPECT_TRUE(send(settings, 1)[0].login_refused);
}

TEST_F(SmtpSenderTlsTest, AWrongPasswordOverTlsPausesTheRelay) {
  auto settings = relay_settings();
  settings.password = "wrong";
  const auto result = send(settings, 1)[0];
  EXPECT_EQ(result.code, 535) << result.text;
  EXPECT_TRUE(result.login_refused);
}

}  // namespace
}  // namespace tertius::daemon
