#pragma once

#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>

namespace tertius::tests {

// Runs `context` until `condition` holds. Fails the test after a deadline that no passing test reaches.
template <class Condition>
bool run_until(boost::asio::io_context& context, Condition condition) {
  const auto late = std::make_shared<bool>(false);  // the cancelled handler runs after us
  boost::asio::steady_timer deadline(context, std::chrono::seconds{20});
  deadline.async_wait([late](const boost::system::error_code& error) { *late = !error; });
  context.restart();
  // The condition may be about another thread, which wakes nobody here.
  while (!condition() && !*late) context.run_one_for(std::chrono::milliseconds{5});
  EXPECT_FALSE(*late) << "it never came";
  return !*late;
}

}  // namespace tertius::tests
