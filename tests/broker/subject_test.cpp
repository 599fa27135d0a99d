#include <gtest/gtest.h>

#include "broker/coach.hpp"

namespace tertius {
namespace {

Person person(std::int64_t id, const std::string& name, const std::string& organisation) {
  Person out;
  out.id = PersonId{id};
  out.name = name;
  out.organisation = organisation;
  return out;
}

Person gail() { return person(3, "Gail Goodman", "Constant Contact"); }

TEST(SubjectTest, OrganisationsAreDroppedUntilThePitchSubjectFits) {
  const auto alice = person(1, "Alice Chen", "Acme");
  EXPECT_EQ(pitch_subject(alice, gail()), "Introduction: Alice Chen (Acme) and Gail Goodman");
  EXPECT_EQ(pitch_subject(person(1, "Al Li", "Acme"), person(2, "Bo Ek", "Ek")),
            "Introduction: Al Li (Acme) and Bo Ek (Ek)");
  EXPECT_EQ(pitch_subject(person(1, "Alice Chen", "A Very Long Organisation Name Indeed"), gail()),
            "Introduction: Alice Chen and Gail Goodman");
}

TEST(SubjectTest, ARequestNamesBothWithTheirOrganisations) {
  EXPECT_EQ(request_subject(person(1, "Alice Chen", "Acme"), gail()),
            "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?");
  EXPECT_EQ(request_subject(person(1, "Alice Chen", "A Very Long Organisation Name Indeed"), gail()),
            "Introduce Alice Chen to Gail Goodman (Constant Contact)?");
}

}  // namespace
}  // namespace tertius
