// What providers post, as letters or as refusals that they understand.
#include "web/inbound.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "tests/support/web/api_house.hpp"

namespace tertius::web {
namespace {

const std::string letter = "From: a@example.org\r\nSubject: \xE9\r\n\r\nHello + %2B & =\r\n";
const Links links{"https://intro.example.org", "intro.example.org", "intro", {}};

bool knows(const std::string& recipient) {
  return recipient == "intro@intro.example.org" || recipient == "b+1@intro.example.org";
}

HttpRequest posted(const std::string& type, std::string body, const std::string& query = {}) {
  return {"POST", "/inbound", query, {{"content-type", type}}, std::move(body)};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    const auto octet = static_cast<unsigned char>(c);
    if (c == ' ')
      out += '+';
    else
      out += {'%', digits[octet >> 4], digits[octet & 15]};
  }
  return out;
}

HttpRequest urlencoded(const Form& fields) {
  std::string body;
  for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + name + "=" + escaped(value);
  return posted("application/x-www-form-urlencoded", body);
}

HttpRequest multipart(const Form& fields) {
  std::string body;
  for (const auto& [name, value] : fields)
    body += "--XX\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  return posted("multipart/form-data; boundary=XX", body + "--XX--\r\n");
}

mail::ReceivedLetter taken(HttpRequest request) {
  auto read = read_inbound(std::move(request), links, knows);
  if (const auto* refusal = std::get_if<HttpResponse>(&read)) {
    ADD_FAILURE() << refusal->status << " " << refusal->body;
    return {};
  }
  return std::get<mail::ReceivedLetter>(std::move(read));
}

HttpResponse refused(HttpRequest request) {
  auto read = read_inbound(std::move(request), links, knows);
  if (auto* refusal = std::get_if<HttpResponse>(&read)) return std::move(*refusal);
  ADD_FAILURE() << "it was taken";
  return {};
}

Form mailguns() {
  return {{"recipient", "intro@intro.example.org"}, {"sender", "a@example.org"}, {"body-mime", letter}};
}
Form sendgrids() {
  return {{"email", letter},
          {"envelope", R"({"to":["intro@intro.example.org"],"from":"a@example.org"})"},
          {"to", "Somebody <else@example.org>"},
          {"dkim", "{@example.org : pass}"}};
}

void expect_the_letter(const mail::ReceivedLetter& got) {
  EXPECT_EQ(got.bytes, letter) << "octet for octet: its hash is what a second one is known by";
  EXPECT_EQ(got.sender, "a@example.org");
  EXPECT_EQ(got.recipients, std::vector<std::string>{"intro@intro.example.org"});
}

TEST(InboundTest, ARawLetterComesAsItIsWithItsEnvelopeInTheQuery) {
  const auto got =
      taken(posted("message/rfc822", letter, "to=intro%40intro.example.org&from=a%40example.org"));
  expect_the_letter(got);
  EXPECT_TRUE(got.checked) << "by whoever pipes it in";
}

TEST(InboundTest, MailgunsAndSendgridsFormsHoldItOctetForOctet) {
  for (const auto& fields : {mailguns(), sendgrids()}) {
    expect_the_letter(taken(urlencoded(fields)));
    expect_the_letter(taken(multipart(fields)));
  }
}

TEST(InboundTest, AResultThatAnybodyMayHaveWrittenIntoAFormIsNoServersWord) {
  EXPECT_FALSE(taken(urlencoded(mailguns())).checked);
  EXPECT_FALSE(taken(multipart(sendgrids())).checked);
}

TEST(InboundTest, ABounceHasNoSenderAndIsOneAllTheSame) {
  for (const char* null : {"", "<>", " <> "}) {
    Form fields = mailguns();
    fields["sender"] = null;
    EXPECT_EQ(taken(multipart(fields)).sender, "");
    fields = sendgrids();
    fields["envelope"] = R"({"to":["intro@intro.example.org"],"from":")" + std::string(null) + "\"}";
    EXPECT_EQ(taken(multipart(fields)).sender, "");
  }
  EXPECT_EQ(taken(posted("message/rfc822", letter, "to=b%2B1@intro.example.org&from=")).sender, "");
}

// Taken for the null one, a person's letter would be a bounce.
TEST(InboundTest, ASenderThatIsNotSaidIsNotTheNullOne) {
  EXPECT_EQ(refused(posted("message/rfc822", letter, "to=intro@intro.example.org")).status, 422);
  Form fields = mailguns();
  fields.erase("sender");
  EXPECT_EQ(problem_of(refused(multipart(fields))), "no_letter");
  fields["sender"] = "no address";
  EXPECT_EQ(problem_of(refused(multipart(fields))), "no_letter");
}

// As LMTP takes them: refused, they would be posted again and again, and lost in the end.
TEST(InboundTest, SendersThatAreLongerThanTheyMayBeAreTaken) {
  for (const std::string& sender :
       {std::string(80, 'x') + "@example.org", std::string("name.@docomo.example"),
        "SRS0=aa=bb=" + std::string(300, 'y') + "@forwarder.example"}) {
    Form mailgun = mailguns(), sendgrid = sendgrids();
    mailgun["sender"] = sender;
    sendgrid["envelope"] = R"({"to":["intro@intro.example.org"],"from":")" + sender + "\"}";
    EXPECT_EQ(taken(multipart(mailgun)).sender, sender);
    EXPECT_EQ(taken(multipart(sendgrid)).sender, sender);
    EXPECT_EQ(
        taken(posted("message/rfc822", letter, "to=intro@intro.example.org&from=" + escaped(sender))).sender,
        sender);
  }
  Form fields = mailguns();
  fields["sender"] = std::string(1001, 'x');
  EXPECT_EQ(problem_of(refused(multipart(fields))), "no_letter");
}

TEST(InboundTest, OfSeveralRecipientsThoseThatAreKnownGetIt) {
  const auto got =
      taken(posted("message/rfc822", letter,
                   "from=&to=%3Cintro@intro.example.org%3E,x@example.org,+b%2B1@intro.example.org"));
  EXPECT_EQ(got.recipients, (std::vector<std::string>{"intro@intro.example.org", "b+1@intro.example.org"}));
}

TEST(InboundTest, WhereNoneIsKnownMailgunIsToldNotToComeAgain) {
  for (const char* to : {"x@example.org", "intro+forged@intro.example.org", "b+2@intro.example.org",
                         "intro@intro.example.org.evil.example"}) {
    Form fields = mailguns();
    fields["recipient"] = to;
    const auto refusal = refused(multipart(fields));
    EXPECT_EQ(refusal.status, 406) << to;
    EXPECT_EQ(header(refusal, "Retry-After"), "") << to;
  }
}

// SendGrid throws away what a 4xx refuses.
TEST(InboundTest, AFormWithoutALetterIsToldToComeAgain) {
  Form parsed = mailguns(), cut_off = sendgrids(), empty = mailguns();
  parsed.erase("body-mime");
  parsed["body-plain"] = "Hello";
  cut_off["envelope"] = R"({"to":["intro@intro)";
  empty["body-mime"] = "";
  for (const Form& fields : {parsed, cut_off, empty, Form{}}) {
    for (auto request : {multipart(fields), urlencoded(fields)}) {
      const auto refusal = refused(std::move(request));
      EXPECT_EQ(refusal.status, 503) << refusal.body;
      EXPECT_EQ(header(refusal, "Retry-After"), "60");
    }
  }
  auto damaged = multipart(mailguns());
  damaged.body.resize(damaged.body.size() / 2);
  EXPECT_EQ(refused(std::move(damaged)).status, 503);
}

TEST(InboundTest, AnotherContentTypeIsNoLetter) {
  EXPECT_EQ(refused(posted("application/json", "{}")).status, 415);
  EXPECT_EQ(refused(posted("", letter, "to=intro@intro.example.org&from=")).status, 415);
  EXPECT_EQ(taken(posted("Message/RFC822; x=y", letter, "to=intro@intro.example.org&from=")).bytes, letter);
}

TEST(InboundTest, ALetterIsAsLongAsOverLmtp) {
  std::string longest(mail::LmtpLimits{}.letter_bytes, 'x');
  const std::string query = "to=intro@intro.example.org&from=";
  EXPECT_EQ(taken(posted("message/rfc822", longest, query)).bytes.size(), longest.size());
  EXPECT_EQ(refused(posted("message/rfc822", longest + "x", query)).status, 413);
  std::string many = "from=&to=";
  for (int i = 0; i < 101; ++i) many += "intro@intro.example.org,";
  EXPECT_EQ(refused(posted("message/rfc822", letter, many)).status, 413);
}

TEST(InboundTest, TheVerdictsAreSaidInNumbersThatProvidersKnow) {
  using V = mail::Verdict;
  const auto status = [](std::vector<V> verdicts) { return inbound_answer(links, verdicts).status; };
  EXPECT_EQ(status({V::taken, V::taken}), 200);
  EXPECT_EQ(status({V::taken, V::refused}), 200);
  EXPECT_EQ(status({V::refused, V::unknown}), 406);
  for (const V later : {V::busy, V::failed}) {
    const auto answer = inbound_answer(links, std::vector{V::taken, later});
    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(header(answer, "Retry-After"), "60");
  }
  EXPECT_EQ(json_of(inbound_answer(links, std::vector{V::taken, V::taken})).at("taken"), 2);
}

// ---- who may ----

HttpResponse ask(ApiHouse& api, const std::string& authorization, const std::string& method = "POST") {
  Desk desk = api.desk();
  const HttpRequest request{method, "/inbound", {}, {{"authorization", authorization}}, {}};
  return refuse_inbound(request, desk).value_or(HttpResponse{});
}

TEST(InboundTest, TheTokenIsABearerOrThePasswordOfTheUrl) {
  ApiHouse api;
  api.token(bob, "inbound");  // "secret-1001"
  EXPECT_EQ(ask(api, "Bearer secret-1001").status, 200);
  EXPECT_EQ(ask(api, "bearer   secret-1001").status, 200);
  EXPECT_EQ(ask(api, "Basic dGVydGl1czpzZWNyZXQtMTAwMQ==").status, 200);  // tertius:secret-1001
  EXPECT_EQ(ask(api, "basic OnNlY3JldC0xMDAx").status, 200);              // :secret-1001
}

TEST(InboundTest, WithoutATokenOrWithAnotherNothingIsTaken) {
  ApiHouse api;
  const std::string every_other = api.token(
      alice,
      "people:read people:write ties:write introductions:read introductions:write decisions:write find "
      "operator webhooks:write");
  for (const char* wrong : {"", "Bearer", "Bearer ", "Basic", "Basic !!!!", "Basic c2VjcmV0LTEwMDE=",
                            "Bearer secret-999", "Basic c2VjcmV0LTEwMDE6", "Digest secret-1001"}) {
    const auto refusal = ask(api, wrong);
    EXPECT_EQ(refusal.status, 401) << wrong;
    EXPECT_NE(header(refusal, "WWW-Authenticate"), "") << wrong;
  }
  EXPECT_EQ(ask(api, "Bearer " + every_other).status, 403);
  api.house.sign_in(alice);
  Desk desk = api.desk();
  EXPECT_TRUE(refuse_inbound({"POST", "/inbound", {}, {{"cookie", api.house.cookie}}, {}}, desk));
}

TEST(InboundTest, ARevokedTokenTakesNothingMore) {
  ApiHouse api;
  const std::string secret = api.token(bob, "inbound");
  EXPECT_EQ(ask(api, "Bearer " + secret).status, 200);
  storage::revoke_api_token(api.house.db, storage::ApiTokenId{api.next_token}, api.house.now);
  EXPECT_EQ(ask(api, "Bearer " + secret).status, 401);
}

TEST(InboundTest, LettersArePosted) {
  ApiHouse api;
  const std::string secret = api.token(bob, "inbound");
  for (const char* method : {"GET", "HEAD", "PUT", "OPTIONS"}) {
    const auto refusal = ask(api, "Bearer " + secret, method);
    EXPECT_EQ(refusal.status, 405) << method;
    EXPECT_EQ(header(refusal, "Allow"), "POST") << method;
  }
}

TEST(InboundTest, MailgunsPathIsOneToo) {
  EXPECT_TRUE(is_inbound({"POST", "/inbound", {}, {}, {}}));
  EXPECT_TRUE(is_inbound({"POST", "/inbound/mime", {}, {}, {}}));
  EXPECT_FALSE(is_inbound({"GET", "/inbound", {}, {}, {}}));
  EXPECT_FALSE(is_inbound({"POST", "/inbounds", {}, {}, {}}));
}

}  // namespace
}  // namespace tertius::web
