#pragma once

#include <gtest/gtest.h>

#include <cstdlib>

namespace tertius::tests {

// `./run test` installs all that the tests use and says so by this: then what is missing is a failure, and no
// case passes by not running. A ctest by hand on a machine without it skips.
inline bool must_have_all() { return std::getenv("TERTIUS_TEST_NOTHING_MISSING") != nullptr; }

}  // namespace tertius::tests

// Ends the test where `present` is false: as failed or as skipped.
#define TERTIUS_NEEDS(present, what)                                                     \
  do {                                                                                   \
    if (!(present)) {                                                                    \
      if (::tertius::tests::must_have_all()) GTEST_FAIL() << "this test needs " << what; \
      GTEST_SKIP() << "this test needs " << what;                                        \
    }                                                                                    \
  } while (false)
