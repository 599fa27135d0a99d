#include "daemon/ids.hpp"

#include <gtest/gtest.h>

namespace tertius::daemon {
namespace {

TEST(IdsTest, AnImportsWorthOfIdsIsInOrderAndWithoutDoubles) {
  const IdSource ids = random_ids(), others = random_ids();
  std::int64_t before = 0;
  for (int i = 0; i < 300'000; ++i) {
    const std::int64_t id = (i % 2 == 0 ? ids : others)();
    ASSERT_GT(id, before);
    before = id;
  }
}

}  // namespace
}  // namespace tertius::daemon
