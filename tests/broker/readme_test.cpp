#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "tests/support/broker/drawing.hpp"

namespace tertius {
namespace {

TEST(ReadmeTest, DrawsTheStatesAsTheTableHasThem) {
  std::ifstream file(TERTIUS_TEST_DATA "/../../README.md");
  std::ostringstream readme;
  readme << file.rdbuf();
  ASSERT_TRUE(file) << "no README.md";
  EXPECT_NE(readme.str().find(testing::drawing()), std::string::npos) << "the README should say:\n"
                                                                      << testing::drawing();
}

}  // namespace
}  // namespace tertius
