#include "storage/fields_json.hpp"

#include <gtest/gtest.h>

#include "tests/support/storage/trouble.hpp"

namespace tertius::storage {
namespace {

TEST(FieldsJsonTest, FieldsComeBackWithTheirSections) {
  Fields line;
  line.values["LINE"] = "\"quoted\" \\ \n \x01 é";
  Fields fields;
  fields.values["NAME"] = "";
  fields.sections["LINES"] = {line, Fields{}, line};
  fields.sections["NONE"] = {};
  EXPECT_EQ(read_fields(fields_json(fields)), fields);
  EXPECT_EQ(fields_json(Fields{}), "{}");
  EXPECT_EQ(read_fields("{}"), Fields{});
}

TEST(FieldsJsonTest, PeopleComeBackInOrder) {
  const std::vector<PersonId> people{PersonId{INT64_MAX}, PersonId{0}, PersonId{INT64_MIN}};
  EXPECT_EQ(read_people(people_json(people)), people);
  EXPECT_EQ(people_json({}), "[]");
}

TEST(FieldsJsonTest, DamagedTextIsBroken) {
  for (const char* text :
       {"", "{", "[]", "{\"values\": []}", "{\"sections\": {\"A\": {}}}", "{\"values\": {\"A\": 1}}"})
    EXPECT_EQ(trouble_of([&] { read_fields(text); }), StorageTrouble::broken) << text;
  for (const char* text : {"", "{}", "[1.5]", "[\"1\"]", "[9223372036854775808]"})
    EXPECT_EQ(trouble_of([&] { read_people(text); }), StorageTrouble::broken) << text;
}

}  // namespace
}  // namespace tertius::storage
