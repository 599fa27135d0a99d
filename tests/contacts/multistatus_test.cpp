#include "contacts/multistatus.hpp"

#include <gtest/gtest.h>

#include "contacts/card_media.hpp"

namespace tertius::contacts {
namespace {

std::string with_root(const std::string& inside) {
  return "<?xml version=\"1.0\"?><d:multistatus xmlns:d=\"DAV:\" "
         "xmlns:c=\"urn:ietf:params:xml:ns:carddav\">" +
         inside + "</d:multistatus>";
}
std::string found(const std::string& href, const std::string& properties) {
  return "<d:response><d:href>" + href + "</d:href><d:propstat><d:prop>" + properties +
         "</d:prop><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response>";
}

TEST(MultistatusTest, PropertiesAreReadByNamespaceAndNotByPrefix) {
  const auto read = read_multistatus(
      R"(<multistatus xmlns="DAV:" xmlns:K="urn:ietf:params:xml:ns:carddav" xmlns:x="urn:other"><response>)"
      "<href> /a/ </href><propstat><prop><x:getetag>no</x:getetag><getetag>\"1\"</getetag><resourcetype>"
      "<collection/><K:addressbook/></resourcetype></prop><status>HTTP/1.1 200 OK</status></propstat>"
      "</response></multistatus>");
  ASSERT_TRUE(read);
  ASSERT_EQ(read.value().resources.size(), 1u);
  const DavResource& one = read.value().resources[0];
  EXPECT_EQ(one.href, "/a/");
  EXPECT_EQ(one.etag, "\"1\"");
  EXPECT_TRUE(one.is_address_book && one.is_collection);
}

TEST(MultistatusTest, WhatIsNotFoundDoesNotCount) {
  const auto read = read_multistatus(
      with_root("<d:response><d:href>/a</d:href><d:propstat><d:prop><d:getetag>old</d:getetag></d:prop>"
                "<d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response>"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().resources.at(0).etag, "");
  EXPECT_EQ(read.value().resources.at(0).status, 0) << "the resource itself is there";
}

TEST(MultistatusTest, WhatIsGoneAndThatThereIsMoreAreToldApart) {
  const auto read = read_multistatus(with_root(
      "<d:response><d:href>/a</d:href><d:status>HTTP/1.1 404 Not Found</d:status></d:response>"
      "<d:response><d:href>/</d:href><d:status>HTTP/1.1 507 x</d:status></d:response><d:sync-token> t1 "
      "</d:sync-token>"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().resources.at(0).status, 404);
  EXPECT_EQ(read.value().resources.at(1).status, 507);
  EXPECT_EQ(read.value().sync_token, "t1");
}

TEST(MultistatusTest, ACardComesWhole) {
  const auto read = read_multistatus(with_root(found(
      "/a.vcf", "<c:address-data>BEGIN:VCARD\nFN:A &amp; B&#13;\n<![CDATA[N:<x>]]>\n</c:address-data>")));
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().resources.at(0).card, "BEGIN:VCARD\nFN:A & B\r\nN:<x>\n");
}

TEST(MultistatusTest, ADocumentTypeIsRefusedBeforeAnythingGrows) {
  for (const char* type : {"<!DOCTYPE d [<!ENTITY a \"ha\">]>", "<!DOCTYPE d SYSTEM \"file:///etc/passwd\">",
                           "<!DOCTYPE d SYSTEM \"http://127.0.0.1/d.dtd\">"}) {
    const auto read =
        read_multistatus(std::string("<?xml version=\"1.0\"?>") + type + "<d:multistatus xmlns:d=\"DAV:\"/>");
    ASSERT_FALSE(read) << type;
    EXPECT_NE(read.error().what.find("document type"), std::string::npos);
  }
}

TEST(MultistatusTest, WhatIsNoXmlOrCutIsAFailure) {
  for (const std::string& text :
       {std::string(), std::string("<html><body>hello"), std::string("{}"),
        std::string("<d:multistatus xmlns:d=\"DAV:\"><d:response>"), std::string("\0\0\0", 3)})
    EXPECT_FALSE(read_multistatus(text)) << text;
}

TEST(MultistatusTest, DepthAndLengthAreBounded) {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "<d:x>";
  EXPECT_FALSE(read_multistatus(with_root(deep)));
  EXPECT_FALSE(read_multistatus(with_root(found("/" + std::string(100'000, 'a'), ""))));
  EXPECT_TRUE(read_multistatus(
      with_root(found("/a", "<c:address-data>" + std::string(1'000'000, 'a') + "</c:address-data>"))));
}

TEST(MultistatusTest, ARefusedTokenIsKnown) {
  const auto read = read_multistatus("<error xmlns=\"DAV:\"><valid-sync-token/></error>");
  ASSERT_TRUE(read);
  EXPECT_TRUE(read.value().is_token_refused);
}

TEST(CardMediaTest, PicturesGoAndEverythingElseStays) {
  EXPECT_EQ(without_media("BEGIN:VCARD\r\nFN:A\r\nPHOTO;ENCODING=b:AAAA\r\n BBBB\r\n CCCC\r\nNOTE:a\r\n b\r\n"
                          "item1.logo:x\r\nKEY;X=y:z\r\nKEYWORD:k\r\nEND:VCARD\r\n"),
            "BEGIN:VCARD\r\nFN:A\r\nNOTE:a\r\n b\r\nKEYWORD:k\r\nEND:VCARD\r\n");
}

}  // namespace
}  // namespace tertius::contacts
