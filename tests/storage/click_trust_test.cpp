// What a step teaches about the browser that an answer came from.
#include "storage/click_trust.hpp"

#include "storage/browsers.hpp"
#include "storage/preferences.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

constexpr PersonId connector{2};

class ClickTrustTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    add_people(db(), 3);
    put_browser(db(), {.key_hash = "key",
                       .person = connector,
                       .name = "Firefox on Linux",
                       .created_at = noon,
                       .seen_at = noon,
                       .expires_at = noon + days{180},
                       .pending_visit = "visit"});
  }

  // A held forward of the connector's, and what becomes of it.
  void end_with(Trigger trigger, const std::optional<Held>& still = std::nullopt) {
    Introduction before = asked_introduction(1, noon);
    before.held = held("visit");
    Step step{.next = before, .trigger = trigger};
    step.next.held = still;
    learn_from(db(), before, step);
  }
  static Held held(const std::string& visit) {
    return {Role::connector,
            {.kind = DecisionKind::forward, .note = {}, .until = {}, .redirect_to = {}},
            Channel::unbound_browser,
            visit,
            noon};
  }
  std::optional<std::string> pending() {
    const auto browser = find_browser(db(), "key", connector);
    return browser ? std::optional(browser->pending_visit) : std::nullopt;
  }
};
TERTIUS_ON_EVERY_ENGINE(ClickTrustTest);

TEST_P(ClickTrustTest, AnAnswerThatTookEffectMakesItsBrowserKnown) {
  end_with(Trigger::forward);
  EXPECT_EQ(pending(), "");
}

TEST_P(ClickTrustTest, AnAnswerThatNeverWillForgetsIt) {
  end_with(Trigger::undo);
  EXPECT_EQ(pending(), std::nullopt);
  EXPECT_EQ(load_preferences(db(), connector).click_policy, std::nullopt);
}

TEST_P(ClickTrustTest, WhileItIsHeldItWaits) {
  end_with(Trigger::hold, held("visit"));
  EXPECT_EQ(pending(), "visit");
  end_with(Trigger::remind, held("visit"));
  EXPECT_EQ(pending(), "visit");
  end_with(Trigger::hold, held("another visit"));
  EXPECT_EQ(pending(), std::nullopt);
}

TEST_P(ClickTrustTest, AContradictionAsksMoreOfItsPersonAlone) {
  end_with(Trigger::contradict);
  EXPECT_EQ(pending(), std::nullopt);
  EXPECT_EQ(load_preferences(db(), connector).click_policy, ClickPolicy::bound);
  EXPECT_EQ(load_preferences(db(), PersonId{1}).click_policy, std::nullopt);
}

}  // namespace
}  // namespace tertius::storage
