#pragma once
// An outbox in a database of its own, on each engine.

#include "storage/outbox.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {

using std::chrono::minutes;
inline constexpr minutes lease{5};

class OutboxTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (IsSkipped()) return;
    add_people(db(), 4);
    add_introduction(db(), sample_introduction(1), {});
  }
  void add(std::int64_t id, int priority = 0, minutes age = minutes{0}, minutes wait = minutes{0}) {
    OutboxRow row = sample_notice(id);
    row.priority = priority;
    row.created_at = noon - age;
    row.not_before = row.created_at + wait;
    add_notice(db(), row);
  }
  std::vector<std::int64_t> claim(Time now, int limit = 100) {
    std::vector<std::int64_t> ids;
    for (const OutboxRow& row : claim_notices(db(), now, lease, limit)) ids.push_back(number(row.id));
    return ids;
  }
  OutboxRow load(std::int64_t id) { return *find_notice(db(), NoticeId{id}); }
  using Ids = std::vector<std::int64_t>;
};

}  // namespace tertius::storage
