#pragma once

#include <memory>

#include "tests/support/flow/world.hpp"
#include "tests/support/storage/engines.hpp"

namespace tertius::storage {

// One World on each engine.
class OneWorldTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (!IsSkipped()) world_ = std::make_unique<flow::World>(db());
  }
  flow::World& world() { return *world_; }
  State state() { return world().only().state; }

  // Alice has asked and confirmed; the connector has the request.
  void ask(const std::string& cc = flow::christine_at) {
    world().ask(cc);
    world().send();
    world().press(world().link(world().latest(flow::alice_at), "confirm"), "confirm");
    world().send();
  }

 private:
  std::unique_ptr<flow::World> world_;
};

}  // namespace tertius::storage
