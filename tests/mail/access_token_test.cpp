#include "mail/access_token.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

TEST(AccessTokenTest, ARefreshTokenIsAskedWithAndWithoutOneTheClientsOwnCredentials) {
  TokenClient client{
      .url = "",
      .client_id = "app",
      .client_secret = "s&t",
      .refresh_token = "1//r+",
      .scope = "",
  };
  EXPECT_EQ(token_request(client),
            "grant_type=refresh_token&refresh_token=1%2F%2Fr%2B&client_id=app&client_secret=s%26t");
  client.refresh_token.clear();
  client.scope = "https://x/.default";
  EXPECT_EQ(
      token_request(client),
      "grant_type=client_credentials&client_id=app&client_secret=s%26t&scope=https%3A%2F%2Fx%2F.default");
  client.client_secret.clear();
  client.scope.clear();
  EXPECT_EQ(token_request(client), "grant_type=client_credentials&client_id=app");
}

TEST(AccessTokenTest, ATokenHasItsLifetimeAndPerhapsTheNextRefreshToken) {
  const auto reply =
      read_token_reply(200, R"({"access_token":"ya29.a","expires_in":3599,"refresh_token":"next"})");
  const auto& token = std::get<AccessToken>(reply);
  EXPECT_EQ(token.token, "ya29.a");
  EXPECT_EQ(token.lifetime, std::chrono::seconds{3599});
  EXPECT_EQ(token.refresh_token, "next");
}

TEST(AccessTokenTest, LifetimesThatAreNoneAreNotBelieved) {
  const auto lifetime = [](const std::string& value) {
    return std::get<AccessToken>(read_token_reply(200, R"({"access_token":"a","expires_in":)" + value + "}"))
        .lifetime.count();
  };
  EXPECT_EQ(lifetime("\"3600\""), 3600);
  EXPECT_EQ(lifetime("-5"), 1);
  EXPECT_EQ(lifetime("999999999999"), 86'400);
  EXPECT_EQ(lifetime("\"soon\""), 600);
  EXPECT_EQ(lifetime("null"), 600);
}

struct RefusalRow {
  int status;
  const char* body;
  bool is_final;
};
constexpr auto refusals = std::to_array<RefusalRow>({
    {400, R"({"error":"invalid_grant","error_description":"Token has been expired or revoked."})", true},
    {401, R"({"error":"invalid_client"})", true},
    {400, R"({"error":"unauthorized_client"})", true},
    {400, R"({"error":"invalid_scope"})", true},
    {503, R"({"error":"temporarily_unavailable"})", false},
    {429, R"({"error":"slow_down"})", false},
    {502, "<html>Bad gateway</html>", false},
    {200, "{}", false},
    {200, R"({"access_token":"two words"})", false},
    {200, "{\"access_token\":\"a\\r\\nQUIT\"}", false},
    {200, "[1]", false},
    {0, "could not connect", false},
});

TEST(AccessTokenTest, OnlyWhatAPersonMustMendIsFinal) {
  for (const auto& row : refusals) {
    const auto reply = read_token_reply(row.status, row.body);
    ASSERT_TRUE(std::holds_alternative<TokenRefusal>(reply)) << row.body;
    EXPECT_EQ(std::get<TokenRefusal>(reply).is_final, row.is_final) << row.body;
    EXPECT_FALSE(std::get<TokenRefusal>(reply).text.empty()) << row.body;
  }
}

// It stands in the log, in an alert and in a mail to the operator.
TEST(AccessTokenTest, ASecretThatTheServerSaysBackIsNotSaidOn) {
  const TokenClient client{
      .url = "", .client_id = "app", .client_secret = "s&t", .refresh_token = "1//r+", .scope = ""};
  EXPECT_EQ(without_secrets("invalid_grant: 1//r+ of app is dead, 1//r+", client),
            "invalid_grant: [secret] of app is dead, [secret]");
  EXPECT_EQ(without_secrets("s&t is not app's", client), "[secret] is not app's");
  EXPECT_EQ(without_secrets("grant_type=refresh_token&refresh_token=1%2F%2Fr%2B&client_secret=s%26t", client),
            "grant_type=refresh_token&refresh_token=[secret]&client_secret=[secret]");
  EXPECT_EQ(without_secrets("not found", {}), "not found");
}

// Cut first, its first half would not be known for a secret.
TEST(AccessTokenTest, ALongRefusalIsCutWithoutHalfASecretAtItsEnd) {
  const TokenClient client{
      .url = "", .client_id = "app", .client_secret = "", .refresh_token = "1//refresh-token", .scope = ""};
  const auto said = [&](const std::string& error, const std::string& description) {
    const std::string body = R"({"error":")" + error + R"(","error_description":")" + description + "\"}";
    return std::get<TokenRefusal>(read_token_reply(400, body, client)).text;
  };
  EXPECT_EQ(said("invalid_grant", std::string(190, 'x') + " 1//refresh-token"),
            "invalid_grant: " + std::string(190, 'x') + " [secret]");
  EXPECT_EQ(said("invalid_grant", std::string(193, 'x') + " 1//refresh-token"),
            "invalid_grant: " + std::string(193, 'x') + " [secre");
  EXPECT_EQ(said("1//refresh-token", ""), "[secret]");
  EXPECT_EQ(said(std::string(9000, 'e'), std::string(9000, 'd')),
            std::string(200, 'e') + ": " + std::string(200, 'd'));
  EXPECT_EQ(said("x", std::string(199, 'd') + "\xC3\xBC"), "x: " + std::string(199, 'd'))
      << "a database takes it";
}

}  // namespace
}  // namespace tertius::mail
