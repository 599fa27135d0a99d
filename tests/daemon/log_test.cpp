#include "daemon/log.hpp"

#include <gtest/gtest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <sstream>

namespace tertius::daemon {
namespace {

TEST(LogTest, AddressesAndTheTokensInThemAreNotLogged) {
  EXPECT_EQ(log_value("<gail@cc.example>: rejected, from <b+bszeesysnhhv2iya@intro.test>"),
            "\"<[address]>: rejected, from <[address]>\"");
  EXPECT_EQ(log_value("gail@cc.example"), "[address]");
  EXPECT_EQ(log_value("to gail@cc.example."), "\"to [address]\"");
  EXPECT_EQ(log_value("\"gail goodman\"@cc.example bounced"), "\"[address] bounced\"");
  EXPECT_EQ(log_value("gail@cc@example"), "[address]");
  EXPECT_EQ(log_value("@"), "[address]");
  EXPECT_EQ(log_value("postgresql://tertius:secret@db.example/tertius"),
            "postgresql://tertius:[address]/tertius");
}

TEST(LogTest, WhatHasNoAddressStandsAsItIs) {
  EXPECT_EQ(log_value("taken"), "taken");
  EXPECT_EQ(log_value("2.0.0 Ok: queued as 4F1\n"), "\"2.0.0 Ok: queued as 4F1 \"");
  EXPECT_EQ(log_value(""), "\"\"");
}

// The words of an answer that was not clear stand in its outcome.
TEST(LogTest, AnOutcomeIsLoggedWithoutTheLettersWords) {
  std::ostringstream said;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(
      std::make_shared<spdlog::logger>("test", std::make_shared<spdlog::sinks::ostream_sink_mt>(said)));
  log_letter("not clear, asked again: You wrote: \"my sister's illness\"");
  spdlog::set_default_logger(before);
  EXPECT_NE(said.str().find("event=letter outcome=\"not clear, asked again\""), std::string::npos)
      << said.str();
  EXPECT_EQ(said.str().find("illness"), std::string::npos) << said.str();
}

}  // namespace
}  // namespace tertius::daemon
