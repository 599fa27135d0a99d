// The list's SQL and broker/standing.hpp say the same of every state, for each of its people.
#include "storage/my_introductions.hpp"

#include "storage/introductions.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

class MyIntroductionsTest : public OnEngine {};
TERTIUS_ON_EVERY_ENGINE(MyIntroductionsTest);

const Time now = from_unix_seconds(1'773'057'600);

std::vector<Introduction> every_state() {
  std::vector<Introduction> all;
  std::int64_t id = 100;
  for (int state = 0; state < state_count; ++state) {
    for (const int variant : {0, 1, 2, 3, 4, 5}) {
      Introduction one;
      one.id = IntroductionId{++id};
      one.state = static_cast<State>(state);
      one.requester = PersonId{1};
      one.target = PersonId{3};
      one.created_at = one.state_since = now + seconds{id};
      one.confirmed = true;
      if (one.state != State::drafted) one.asks = {{1, PersonId{2}, now, now + days{14}, {}, {}}};
      if (variant == 1 && one.state != State::drafted) one.asks.push_back({2, PersonId{4}, now, now, {}, {}});
      const bool forwarded = one.state == State::forwarded || one.state == State::target_declined;
      if (variant == 2 || forwarded) one.forwarded_at = now;
      if (one.state == State::introduced || one.state == State::closed) one.introduced_at = now;
      if (variant == 3)
        one.held = Held{forwarded ? Role::target : Role::connector, {}, Channel::reply, "v", now};
      if (variant == 4) one.snoozes = 1, one.paused_until = now + days{1};
      one.outcome_asked = variant == 5;
      all.push_back(one);
    }
  }
  return all;
}

TEST_P(MyIntroductionsTest, GroupsAsTheBrokerDoes) {
  add_people(db(), 5);
  const auto all = every_state();
  for (const auto& one : all) add_introduction(db(), one, std::nullopt);
  for (const int person : {1, 2, 3, 4, 5}) {
    std::map<IntroductionId, MyIntroduction> listed;
    Group last = Group::waiting;
    for (const auto& mine : list_my_introductions(db(), PersonId{person}, now, 1000, 0)) {
      EXPECT_GE(mine.group, last) << "waiting, open, ended";
      last = mine.group;
      EXPECT_TRUE(listed.emplace(mine.id, mine).second) << "twice";
    }
    for (const auto& one : all) {
      const auto seat = seat_of(one, PersonId{person}, now);
      const auto found = listed.find(one.id);
      ASSERT_EQ(found != listed.end(), seat.has_value()) << person << " " << state_name(one.state);
      if (!seat) continue;
      EXPECT_EQ(found->second.role, seat->role);
      EXPECT_EQ(found->second.group, seat->group)
          << person << " " << state_name(one.state) << " " << number(one.id);
    }
  }
}

TEST_P(MyIntroductionsTest, PagesFollowEachOther) {
  add_people(db(), 5);
  for (const auto& one : every_state()) add_introduction(db(), one, std::nullopt);
  const auto whole = list_my_introductions(db(), PersonId{1}, now, 1000, 0);
  for (int i = 0; i < static_cast<int>(whole.size()); i += 7) {
    const auto part = list_my_introductions(db(), PersonId{1}, now, 7, i);
    for (std::size_t j = 0; j < part.size(); ++j)
      EXPECT_EQ(part[j].id, whole[static_cast<std::size_t>(i) + j].id);
  }
}

}  // namespace
}  // namespace tertius::storage
