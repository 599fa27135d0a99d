// The protocol against scripted servers; a real one is in tests/flow/carddav_test.py.
#include "contacts/carddav.hpp"

#include <gtest/gtest.h>

namespace tertius::contacts {
namespace {

constexpr auto site = "https://dav.example.org";
constexpr auto book_type = "<d:resourcetype><d:collection/><c:addressbook/></d:resourcetype>";

std::string response(const std::string& href, const std::string& properties) {
  return "<d:response><d:href>" + href + "</d:href><d:propstat><d:prop>" + properties +
         "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
}
std::string gone(const std::string& href) {
  return "<d:response><d:href>" + href + "</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>";
}
DavReply multistatus(const std::string& inside, const std::string& token = "") {
  return {207,
          "<d:multistatus xmlns:d=\"DAV:\" xmlns:c=\"urn:ietf:params:xml:ns:carddav\" "
          "xmlns:s=\"http://calendarserver.org/ns/\">" +
              inside + (token.empty() ? "" : "<d:sync-token>" + token + "</d:sync-token>") +
              "</d:multistatus>",
          {},
          {}};
}

// One address book at /book/, and what happened to it.
struct Server {
  std::map<std::string, std::string> cards;  // etag by href
  std::string book = "/book/";
  std::string token = "t1", ctag;
  std::vector<std::string> gone_since;
  bool knows_old_tokens = true;
  std::vector<std::string> asked = {};  // "PROPFIND /book/"
  std::function<std::optional<DavReply>(const DavRequest&)> first = {};

  DavReply answer(const DavRequest& request) {
    const std::string path = request.url.substr(std::string(site).size());
    asked.push_back(request.method + " " + path);
    if (first)
      if (auto reply = first(request)) return *reply;
    if (path != book) return {404, {}, {}, {}};
    if (request.body.find("sync-collection") != std::string::npos) return changes(request.body);
    if (request.body.find("multiget") != std::string::npos) return given(request.body);
    return request.depth == 1 ? listed() : itself();
  }
  DavReply itself() const {
    return multistatus(
        response(book, std::string(book_type) + "<d:displayname>My book</d:displayname>" +
                           (token.empty() ? "" : "<d:sync-token>" + token + "</d:sync-token>") +
                           (ctag.empty() ? "" : "<s:getctag>" + ctag + "</s:getctag>")));
  }
  std::string all() const {
    std::string out;
    for (const auto& [href, etag] : cards) out += response(href, "<d:getetag>" + etag + "</d:getetag>");
    return out;
  }
  DavReply listed() const { return multistatus(response(book, book_type) + all()); }
  DavReply changes(const std::string& body) const {
    const bool is_first = body.find("<d:sync-token></d:sync-token>") != std::string::npos;
    if (!is_first && !knows_old_tokens)
      return {403, "<d:error xmlns:d=\"DAV:\"><d:valid-sync-token/></d:error>", {}, {}};
    std::string out = all();
    for (const std::string& href : gone_since)
      if (!is_first) out += gone(href);
    return multistatus(out, token);
  }
  DavReply given(const std::string& body) const {
    std::string out;
    for (const auto& [href, etag] : cards)
      if (body.find("<d:href>" + href + "</d:href>") != std::string::npos)
        out += response(href, "<d:getetag>" + etag + "</d:getetag><c:address-data>BEGIN:VCARD\nFN:" + href +
                                  "\nEND:VCARD\n</c:address-data>");
    return multistatus(out);
  }
  Result<BookNews> sync(
      KnownBook known = {
          .url = site, .name = {}, .collection = {}, .sync_token = {}, .ctag = {}, .etags = {}}) {
    if (known.url == site) known.url += book;
    return sync_book(known, [this](const DavRequest& request) { return answer(request); });
  }
};

KnownBook known_after(const BookNews& news) {
  KnownBook known{site, news.name, news.collection, news.sync_token, news.ctag, {}};
  for (const BookCard& card : news.changed) known.etags[card.href] = card.etag;
  return known;
}

TEST(CarddavTest, TheFirstLookBringsEveryCard) {
  Server server{.cards = {{"/book/a.vcf", "1"}, {"/book/b.vcf", "1"}}, .ctag = {}, .gone_since = {}};
  const auto news = server.sync();
  ASSERT_TRUE(news) << news.error().what;
  EXPECT_EQ(news.value().changed.size(), 2u);
  EXPECT_EQ(news.value().name, "My book");
  EXPECT_EQ(news.value().sync_token, "t1");
  EXPECT_EQ(news.value().collection, std::string(site) + "/book/");
}

TEST(CarddavTest, LaterOnlyWhatChangedIsFetched) {
  Server server{.cards = {{"/book/a.vcf", "1"}, {"/book/b.vcf", "1"}}, .ctag = {}, .gone_since = {}};
  const auto known = known_after(server.sync().value());
  server.cards = {{"/book/a.vcf", "2"}};
  server.gone_since = {"/book/b.vcf"};
  server.token = "t2";
  const auto news = server.sync(known);
  ASSERT_TRUE(news);
  ASSERT_EQ(news.value().changed.size(), 1u);
  EXPECT_EQ(news.value().changed[0].etag, "2");
  EXPECT_EQ(news.value().gone, (std::vector<std::string>{"/book/b.vcf"}));
  EXPECT_EQ(news.value().sync_token, "t2");
}

TEST(CarddavTest, AnInvalidTokenStartsAnewAndFindsWhatIsGone) {
  Server server{.cards = {{"/book/a.vcf", "1"}, {"/book/b.vcf", "1"}}, .ctag = {}, .gone_since = {}};
  const auto known = known_after(server.sync().value());
  server.knows_old_tokens = false;
  server.cards = {{"/book/a.vcf", "1"}, {"/book/c.vcf", "1"}};
  const auto news = server.sync(known);
  ASSERT_TRUE(news) << news.error().what;
  ASSERT_EQ(news.value().changed.size(), 1u) << "a.vcf is as it was";
  EXPECT_EQ(news.value().changed[0].href, "/book/c.vcf");
  EXPECT_EQ(news.value().gone, (std::vector<std::string>{"/book/b.vcf"}));
}

TEST(CarddavTest, WithoutSyncTokensTheCtagSaysWhetherAnythingChanged) {
  Server server{
      .cards = {{"/book/a.vcf", "1"}, {"/book/b.vcf", "1"}}, .token = "", .ctag = "c1", .gone_since = {}};
  const auto known = known_after(server.sync().value());
  server.asked.clear();
  EXPECT_TRUE(server.sync(known).value().changed.empty());
  EXPECT_EQ(server.asked, (std::vector<std::string>{"PROPFIND /book/"}));
  server.ctag = "c2";
  server.cards = {{"/book/b.vcf", "2"}};
  const auto news = server.sync(known);
  EXPECT_EQ(news.value().changed.size(), 1u);
  EXPECT_EQ(news.value().gone, (std::vector<std::string>{"/book/a.vcf"}));
}

TEST(CarddavTest, AServerThatDoesNotKnowTheReportIsListed) {
  Server server{.cards = {{"/book/a.vcf", "1"}}, .ctag = {}, .gone_since = {}};
  server.first = [](const DavRequest& request) -> std::optional<DavReply> {
    if (request.body.find("sync-collection") == std::string::npos) return std::nullopt;
    return DavReply{415, {}, {}, {}};
  };
  EXPECT_EQ(server.sync().value().changed.size(), 1u);
}

TEST(CarddavTest, TwoSpellingsOfOneAddressAreOneCard) {
  Server server{.cards = {{"/book/a@b c.vcf", "1"}}, .ctag = {}, .gone_since = {}};
  server.first = [](const DavRequest& request) -> std::optional<DavReply> {
    if (request.body.find("multiget") == std::string::npos) return std::nullopt;
    return multistatus(response("/book/a%40b%20c.vcf",
                                "<d:getetag>1</d:getetag><c:address-data>BEGIN:VCARD\nEND:VCARD\n"
                                "</c:address-data>"));
  };
  const auto news = server.sync();
  ASSERT_TRUE(news);
  ASSERT_EQ(news.value().changed.size(), 1u);
  EXPECT_TRUE(news.value().gone.empty());
  EXPECT_TRUE(server.sync(known_after(news.value())).value().changed.empty());
}

TEST(CarddavTest, ABookIsFoundFromItsServerAlone) {
  Server server{.cards = {{"/book/a.vcf", "1"}}, .ctag = {}, .gone_since = {}};
  server.first = [&](const DavRequest& request) -> std::optional<DavReply> {
    if (request.url.ends_with("/.well-known/carddav"))
      return DavReply{301, {}, std::string(site) + "/dav/", {}};
    if (request.url.ends_with("/dav/"))
      return multistatus(response("/dav/",
                                  "<d:current-user-principal><d:href>/me/</d:href></"
                                  "d:current-user-principal>"));
    if (request.url.ends_with("/me/"))
      return multistatus(
          response("/me/", "<c:addressbook-home-set><d:href>/homes/</d:href></c:addressbook-home-set>"));
    if (request.url.ends_with("/homes/"))
      return multistatus(response("/homes/", "<d:resourcetype><d:collection/></d:resourcetype>") +
                         response("/book/", std::string(book_type) + "<d:sync-token>t1</d:sync-token>"));
    return std::nullopt;
  };
  const auto news = server.sync({std::string(site) + "/", {}, {}, {}, {}, {}});
  ASSERT_TRUE(news) << news.error().what;
  EXPECT_EQ(news.value().collection, std::string(site) + "/book/");
  EXPECT_EQ(news.value().changed.size(), 1u);
}

TEST(CarddavTest, OfSeveralBooksNoneIsTaken) {
  Server server;
  server.first = [&](const DavRequest& request) -> std::optional<DavReply> {
    if (request.depth == 0)
      return multistatus(
          response("/me/", "<c:addressbook-home-set><d:href>/me/</d:href></c:addressbook-home-set>"));
    return multistatus(response("/me/one/", book_type) + response("/me/two/", book_type));
  };
  const auto news = server.sync();
  ASSERT_FALSE(news);
  EXPECT_NE(news.error().hint.find(std::string(site) + "/me/two/"), std::string::npos) << news.error().hint;
}

TEST(CarddavTest, TheLoginGoesToNoOtherServer) {
  for (const char* elsewhere : {"https://evil.example/", "http://dav.example.org/",
                                "https://dav.example.org:8443/", "https://dav.example.org.evil.example/",
                                "https://mallory:x@dav.example.org/", "file:///etc/passwd"}) {
    int asked_elsewhere = 0;
    const auto news = sync_book({.url = std::string(site) + "/book/",
                                 .name = {},
                                 .collection = {},
                                 .sync_token = {},
                                 .ctag = {},
                                 .etags = {}},
                                [&](const DavRequest& request) -> DavReply {
                                  if (!request.url.starts_with(std::string(site) + "/")) ++asked_elsewhere;
                                  return {302, {}, elsewhere, {}};
                                });
    EXPECT_FALSE(news) << elsewhere;
    EXPECT_EQ(asked_elsewhere, 0) << elsewhere;
  }
}

TEST(CarddavTest, AHomeOnAnotherServerIsNotAsked) {
  Server server;
  server.first = [&](const DavRequest&) -> std::optional<DavReply> {
    return multistatus(response(
        "/", "<c:addressbook-home-set><d:href>https://evil.example/home/</d:href></c:addressbook-home-set>"));
  };
  const auto news = server.sync();
  ASSERT_FALSE(news);
  EXPECT_NE(news.error().what.find("https://evil.example/home/"), std::string::npos) << news.error().what;
}

TEST(CarddavTest, EachRefusalHasASentence) {
  for (const auto& [status, word] :
       {std::pair{401, "login"}, {404, "no address book"}, {503, "503"}, {200, "200"}, {429, "too often"}}) {
    const auto news = sync_book({.url = std::string(site) + "/book/",
                                 .name = {},
                                 .collection = {},
                                 .sync_token = {},
                                 .ctag = {},
                                 .etags = {}},
                                [status = status](const DavRequest&) -> DavReply {
                                  return {status, "", {}, {}};
                                });
    ASSERT_FALSE(news) << status;
    EXPECT_NE(news.error().what.find(word), std::string::npos) << news.error().what;
  }
}

TEST(CarddavTest, AServerThatGoesRoundInCirclesIsLeft) {
  int asked = 0;
  const auto news = sync_book({.url = std::string(site) + "/book/",
                               .name = {},
                               .collection = {},
                               .sync_token = {},
                               .ctag = {},
                               .etags = {}},
                              [&](const DavRequest& request) -> DavReply {
                                ++asked;
                                return {301, {}, request.url, {}};
                              });
  EXPECT_FALSE(news);
  EXPECT_LT(asked, 20);
}

TEST(CarddavTest, AListThatComesInPartsIsReadToItsEnd) {
  Server server{.cards = {{"/book/a.vcf", "1"}, {"/book/b.vcf", "1"}}, .ctag = {}, .gone_since = {}};
  server.first = [&](const DavRequest& request) -> std::optional<DavReply> {
    if (request.body.find("sync-collection") == std::string::npos) return std::nullopt;
    const bool is_first = request.body.find("<d:sync-token></d:sync-token>") != std::string::npos;
    if (!is_first) return multistatus(response("/book/b.vcf", "<d:getetag>1</d:getetag>"), "t2");
    return multistatus(
        response("/book/a.vcf", "<d:getetag>1</d:getetag>") +
            "<d:response><d:href>/book/</d:href><d:status>HTTP/1.1 507 x</d:status></d:response>",
        "part");
  };
  const auto news = server.sync();
  ASSERT_TRUE(news) << news.error().what;
  EXPECT_EQ(news.value().changed.size(), 2u);
  EXPECT_EQ(news.value().sync_token, "t2");
}

}  // namespace
}  // namespace tertius::contacts
