#include "contacts/csv.hpp"

#include <gtest/gtest.h>

namespace tertius::contacts {
namespace {

using Rows = std::vector<std::vector<std::string>>;

Rows rows(std::string_view text, char delimiter = ',') {
  Rows out;
  const auto records = read_csv(text, delimiter);
  EXPECT_TRUE(records);
  for (const auto& record : records.value()) out.push_back(record.fields);
  return out;
}

TEST(CsvTest, ReadsPlainAndQuotedFields) {
  EXPECT_EQ(rows("a,b\n\"c,d\",\"e \"\"f\"\"\"\n"), (Rows{{"a", "b"}, {"c,d", "e \"f\""}}));
}

TEST(CsvTest, EveryLineEndAndTheLastLineWithoutOne) {
  EXPECT_EQ(rows("a,b\r\nc,d"), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(rows("a\n\nb\n"), (Rows{{"a"}, {""}, {"b"}}));
  EXPECT_EQ(rows(""), Rows{});
  EXPECT_EQ(rows("a,"), (Rows{{"a", ""}}));
}

TEST(CsvTest, ALineEndInsideQuotesStaysInTheFieldAsASpace) {
  EXPECT_EQ(rows("\"a\r\nb\",c\n"), (Rows{{"a b", "c"}}));
}

TEST(CsvTest, TheByteOrderMarkIsNoPartOfTheFirstField) {
  EXPECT_EQ(rows("\xEF\xBB\xBF"
                 "a,b"),
            (Rows{{"a", "b"}}));
}

TEST(CsvTest, OtherDelimiters) { EXPECT_EQ(rows("a;b,c;\"d;e\"", ';'), (Rows{{"a", "b,c", "d;e"}})); }

TEST(CsvTest, AQuoteInTheMiddleIsAQuote) {
  EXPECT_EQ(rows("Jim \"Jimmy\" Smith,\"a\"b\n"), (Rows{{"Jim \"Jimmy\" Smith", "ab"}}));
}

TEST(CsvTest, AQuoteThatIsNeverClosedCostsItsLineAlone) {
  const auto records = read_csv("a,b\nc,\"d\ne,f\ng,h\n", ',').value();
  ASSERT_EQ(records.size(), 4u);
  EXPECT_EQ(records[1].trouble, "a quotation mark is never closed, or its field is too long");
  EXPECT_EQ(records[2].fields, (std::vector<std::string>{"e", "f"}));
  EXPECT_EQ(records[3].fields, (std::vector<std::string>{"g", "h"}));
}

TEST(CsvTest, InvalidUtf8AndTooManyFieldsAreTroubleOfTheRecord) {
  const auto records =
      read_csv("a,\xE9\nb,c\n" + std::string(300, ',') + "\n" + std::string(20'000, 'x') + "\n", ',').value();
  ASSERT_EQ(records.size(), 4u);
  EXPECT_EQ(records[0].trouble, "not UTF-8");
  EXPECT_EQ(records[1].trouble, "");
  EXPECT_EQ(records[2].trouble, "more than 256 fields");
  EXPECT_EQ(records[3].trouble, "a field is longer than 16384 octets");
}

TEST(CsvTest, NulOctetsAndTooManyRowsFailTheFile) {
  EXPECT_FALSE(read_csv(std::string_view("a,b\0c", 5), ','));
  CsvLimits limits;
  limits.rows = 2;
  EXPECT_TRUE(read_csv("a\nb\n", ',', limits));
  EXPECT_FALSE(read_csv("a\nb\nc\n", ',', limits));
  limits.bytes = 3;
  EXPECT_FALSE(read_csv("a\nb\n", ',', limits));
}

TEST(CsvTest, TheBeginningIsReadAlone) { EXPECT_EQ(read_csv_beginning("a\nb\nc\n", ',', 2).size(), 2u); }

}  // namespace
}  // namespace tertius::contacts
