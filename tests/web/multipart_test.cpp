#include "web/multipart.hpp"

#include <gtest/gtest.h>

namespace tertius::web {
namespace {

HttpRequest upload(std::string body, const std::string& type = "multipart/form-data; boundary=XX") {
  HttpRequest request;
  request.method = "POST";
  request.headers["content-type"] = type;
  request.body = std::move(body);
  return request;
}

std::string part(const std::string& disposition, const std::string& content) {
  return "--XX\r\nContent-Disposition: " + disposition + "\r\nContent-Type: text/csv\r\n\r\n" + content +
         "\r\n";
}

std::string file_part(const std::string& name, const std::string& content) {
  return part("form-data; name=\"files\"; filename=\"" + name + "\"", content);
}

TEST(MultipartTest, FieldsAndFilesComeApart) {
  const auto request = upload(part("form-data; name=\"nonce\"", "abc") + file_part("a.csv", "one,two\r\n") +
                              file_part("b.vcf", "BEGIN:VCARD") + "--XX--\r\n");
  const auto read = read_multipart(request);
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(field(read.value().fields, "nonce"), "abc");
  ASSERT_EQ(read.value().files.size(), 2u);
  EXPECT_EQ(read.value().files[0].name, "a.csv");
  EXPECT_EQ(read.value().files[0].field, "files");
  EXPECT_EQ(read.value().files[0].content, "one,two\r\n") << "the last line end is the file's own";
  EXPECT_EQ(read.value().files[1].content, "BEGIN:VCARD");
}

TEST(MultipartTest, AnEmptyFileInputIsNoFile) {
  const auto request = upload(file_part("", "") + "--XX--\r\n");
  const auto read = read_multipart(request);
  ASSERT_TRUE(read);
  EXPECT_TRUE(read.value().files.empty());
}

TEST(MultipartTest, AnEmptyFileWithANameIsAFile) {
  const auto request = upload(file_part("empty.csv", "") + "--XX--\r\n");
  const auto read = read_multipart(request);
  ASSERT_TRUE(read);
  ASSERT_EQ(read.value().files.size(), 1u);
  EXPECT_EQ(read.value().files[0].content, "");
}

TEST(MultipartTest, TheBoundaryInsideAFileIsItsContentUnlessItBeginsALine) {
  const auto request = upload(file_part("a", "x--XX and --XX-- too") + "--XX--");
  const auto read = read_multipart(request);
  ASSERT_TRUE(read);
  EXPECT_EQ(read.value().files.at(0).content, "x--XX and --XX-- too");
}

TEST(MultipartTest, BinaryContentIsKeptOctetByOctet) {
  std::string content("\0\xFF\r\n\r\n\x80", 7);
  const auto request = upload(file_part("a.zip", content) + "--XX--");
  EXPECT_EQ(read_multipart(request).value().files.at(0).content, content);
}

TEST(MultipartTest, QuotedBoundariesPreamblesAndSpacesAreFine) {
  const auto request =
      upload("This is MIME.\r\n--X Y  \r\nContent-Disposition: FORM-DATA; NAME=a\r\n\r\n1\r\n--X Y--",
             "Multipart/Form-Data; charset=utf-8; Boundary=\"X Y\"");
  ASSERT_TRUE(is_multipart(request));
  const auto read = read_multipart(request);
  ASSERT_TRUE(read);
  EXPECT_EQ(field(read.value().fields, "a"), "1");
}

TEST(MultipartTest, WhatIsCutOffOrNoMultipartAtAllIsRefusedAsAWhole) {
  const std::string good = part("form-data; name=\"nonce\"", "abc") + file_part("a.csv", "one");
  const std::string bodies[] = {"",
                                "nonce=abc",
                                good,  // no closing boundary
                                good + "--X",
                                good + "--XXmore\r\n--XX--",
                                "--XX\r\nContent-Disposition: form-data; name=\"a\"\r\n--XX--",
                                "--XX\r\n\r\nno header\r\n--XX--",
                                part("attachment; name=\"a\"", "x") + "--XX--",
                                part("form-data; filename=\"a\"", "x") + "--XX--",
                                "--XX\nContent-Disposition: form-data; name=\"a\"\n\nx\n--XX--"};
  for (const auto& body : bodies) EXPECT_FALSE(read_multipart(upload(body))) << body;
  for (std::size_t cut = 0; cut < good.size(); ++cut)
    EXPECT_FALSE(read_multipart(upload(good.substr(0, cut)))) << cut;
  for (const char* type : {"multipart/form-data", "multipart/form-data; boundary=", "text/plain; boundary=YY",
                           "multipart/form-data; boundary", ""})
    EXPECT_FALSE(read_multipart(upload(good + "--XX--", type))) << type;
  const std::string endless(71, 'b');
  EXPECT_FALSE(read_multipart(upload("--" + endless + "--", "multipart/form-data; boundary=" + endless)));
}

TEST(MultipartTest, TooManyPartsTooLongFieldsAndTooLongHeadersAreRefused) {
  std::string many;
  for (std::size_t i = 0; i <= most_parts; ++i) many += file_part("a", "x");
  EXPECT_FALSE(read_multipart(upload(many + "--XX--")));
  const auto too_long = upload(part("form-data; name=\"nonce\"", std::string(1'000'000, 'a')) + "--XX--");
  EXPECT_FALSE(read_multipart(too_long));
  EXPECT_FALSE(read_multipart(upload(file_part(std::string(1'000'000, 'a'), "x") + "--XX--")));
}

TEST(MultipartTest, AFileNameIsShownWithoutTricks) {
  EXPECT_EQ(shown_file_name("Connections.csv"), "Connections.csv");
  EXPECT_EQ(shown_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(shown_file_name("C:\\Users\\alice\\contacts.vcf"), "contacts.vcf");
  EXPECT_EQ(shown_file_name("photo\u202Egpj.exe"), "photogpj.exe");
  EXPECT_EQ(shown_file_name(std::string("a\0b\r\nc", 6)), "abc");
  EXPECT_EQ(shown_file_name("<b>x</b>.csv"), "b>.csv") << "escaping is the template's business";
  EXPECT_LE(shown_file_name(std::string(10'000, 'x')).size(), 103u);
  EXPECT_EQ(shown_file_name("\xFF.csv"), "\uFFFD.csv");
}

TEST(MultipartTest, NamesAreEscapedAsBrowsersDo) {
  const auto request = upload(file_part("a %22quoted%22 \\\"name\\\".csv", "x") + "--XX--");
  EXPECT_EQ(read_multipart(request).value().files.at(0).name, "a \"quoted\" \"name\".csv");
}

}  // namespace
}  // namespace tertius::web
