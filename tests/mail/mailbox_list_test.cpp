#include "mail/mailbox_list.hpp"

#include <gtest/gtest.h>

#include <ostream>
#include <string>

namespace tertius {
void PrintTo(const Mailbox& mailbox, std::ostream* out) {
  *out << mailbox.name << " <" << mailbox.address << ">";
}
}  // namespace tertius

namespace tertius::mail {
namespace {

struct Row {
  std::string_view field;
  std::vector<Mailbox> mailboxes;
};

const Row rows[] = {
    {"alice@example.org", {{"", "alice@example.org"}}},
    {"Alice Chen <alice@Example.ORG>", {{"Alice Chen", "alice@example.org"}}},
    {"\"Chen, Alice\" <alice@example.org>, bob@example.org",
     {{"Chen, Alice", "alice@example.org"}, {"", "bob@example.org"}}},
    {"<alice@example.org>", {{"", "alice@example.org"}}},
    {"alice@example.org (Alice Chen)", {{"Alice Chen", "alice@example.org"}}},
    {"Pete(A nice \\) chap) <pete(his account)@silly.test(his host)>",
     {{"Pete", "pete(hisaccount)@silly.test(hishost)"}}},
    {"A Group:Ed Jones <joe@where.test>,joe@where.test,John <jdoe@one.test>;",
     {{"Ed Jones", "joe@where.test"}, {"", "joe@where.test"}, {"John", "jdoe@one.test"}}},
    {"Undisclosed recipients:;", {}},
    {"(Empty list)(start)Hidden recipients  :(nobody(that I know))  ;", {}},
    {"Joe Q. Public <john.q.public@example.com>", {{"Joe Q. Public", "john.q.public@example.com"}}},
    {"\"Giant; \\\"Big\\\" Box\" <sysservices@example.net>",
     {{"Giant; \"Big\" Box", "sysservices@example.net"}}},
    {"<@a.test,@b.test:joe@c.test>", {{"", "joe@c.test"}}},
    {"joe . blow @ example . com", {{"", "joe.blow@example.com"}}},
    {"\"a b\"@example.org", {{"", "\"a b\"@example.org"}}},
    {"Alice alice@example.org", {{"Alice", "alice@example.org"}}},
    {"=?utf-8?Q?J=C3=BCrgen?= <j@example.org>", {{"Jürgen", "j@example.org"}}},
    {"\"=?utf-8?Q?J=C3=BCrgen?=\" <j@example.org>", {{"Jürgen", "j@example.org"}}},
    {"=?utf-8?Q?Chen,_Alice?= <a@example.org>", {{"Chen, Alice", "a@example.org"}}},
    {"=?utf-8?Q?Chen, Alice?= <a@example.org>", {{"Chen, Alice", "a@example.org"}}},
    {"=?x@example.org, =?utf-8?Q?Ann?= <a@example.org>", {{"", "=?x@example.org"}, {"Ann", "a@example.org"}}},
    {"'Alice Chen' <a@example.org>", {{"Alice Chen", "a@example.org"}}},
    {"joe@[IPv6:2001:db8::1]", {{"", "joe@[ipv6:2001:db8::1]"}}},
    {"joe@b\xC3\xBC"
     "cher.example",
     {{"", "joe@bücher.example"}}},
    {"a@x.test; b@y.test", {{"", "a@x.test"}, {"", "b@y.test"}}},
    {"<mailto:a@x.test>", {{"", "a@x.test"}}},
    {"Somebody", {{"Somebody", ""}}},
    {"Alice <alice@example.org", {{"Alice", "alice@example.org"}}},
    {"Alice <alice@example.org, bob@example.org", {{"Alice", "alice@example.org"}, {"", "bob@example.org"}}},
    {": :", {}},
    {"", {}},
    {",,;,<>", {}},
    {"\"", {}},
    {"\"open", {{"open", ""}}},
    {"(", {}},
    {"<", {}},
    {"@", {{"@", ""}}},
};

TEST(MailboxListTest, ReadsEveryFormOfTheTable) {
  for (const Row& row : rows) EXPECT_EQ(read_mailboxes(row.field), row.mailboxes) << row.field;
}

TEST(MailboxListTest, EncodedWordCannotAddAnAddress) {
  const auto read = read_mailboxes("=?utf-8?Q?x=3Cevil=40example.net=3E,?= <real@example.org>");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].address, "real@example.org");
}

TEST(MailboxListTest, NoControlCharacterComesThrough) {
  const auto read = read_mailboxes("=?utf-8?Q?A=0D=0AB?= <a\r\n@example.org\x01>");
  ASSERT_EQ(read.size(), 1U);
  EXPECT_EQ(read[0].name, "A  B");
  EXPECT_EQ(read[0].address, "a@example.org");
}

TEST(MailboxListTest, HugeFieldsAreBounded) {
  EXPECT_EQ(read_mailboxes(std::string(100000, '(')).size(), 0U);
  EXPECT_EQ(read_mailboxes(std::string(100000, '<')).size(), 1U);
  std::string commas;
  for (int i = 0; i < 30000; ++i) commas += "a@b,";
  EXPECT_EQ(read_mailboxes(commas).size(), 2000U);
}

}  // namespace
}  // namespace tertius::mail
