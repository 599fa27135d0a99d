#pragma once

#include <future>
#include <memory>

#include "daemon/database_thread.hpp"

namespace tertius::tests {

using namespace daemon;

// Holds `thread` in a job of its own until the returned promise is set: what is given to it meanwhile is one
// group.
inline std::shared_ptr<std::promise<void>> hold_up(DatabaseThread& thread) {
  auto entered = std::make_shared<std::promise<void>>(), go = std::make_shared<std::promise<void>>();
  thread.run<int>(
      [entered, go](Engine&) {
        entered->set_value();
        go->get_future().wait();
        return 0;
      },
      [](auto) {});
  entered->get_future().wait();
  return go;
}

}  // namespace tertius::tests
