#include "mail/delivered.hpp"

#include <gtest/gtest.h>

namespace tertius::mail {
namespace {

TEST(DeliveredTest, TheTopmostOfEachCounts) {
  const auto envelope = delivered_envelope(
      "Return-Path: <alice@acme.example>\r\nDelivered-To: intro+abc@intro.test\r\nReceived: from x\r\n"
      "Delivered-To: intro+forged@intro.test\r\nReturn-Path: <mallory@x.example>\r\nSubject: "
      "S\r\n\r\nBody\r\n");
  EXPECT_EQ(envelope.sender, "alice@acme.example");
  EXPECT_EQ(envelope.recipient, "intro+abc@intro.test");
}

TEST(DeliveredTest, PostfixSaysItInAnotherField) {
  EXPECT_EQ(delivered_envelope("X-Original-To: <intro@intro.test>\nDelivered-To: us@host.test\n\n").recipient,
            "intro@intro.test");
}

TEST(DeliveredTest, ABounceHasAnEmptyPath) {
  EXPECT_EQ(delivered_envelope("Return-Path: <>\ndelivered-to:  b+abc@intro.test \n\n").sender, "");
  EXPECT_EQ(delivered_envelope("Return-Path: <>\ndelivered-to:  b+abc@intro.test \n\n").recipient,
            "b+abc@intro.test");
}

TEST(DeliveredTest, ALetterIsNoBounceBecauseAServerWroteNoPath) {
  EXPECT_EQ(delivered_envelope("From: Alice <alice@acme.example>\nTo: intro@intro.test\n\n").sender,
            "alice@acme.example");
  EXPECT_EQ(delivered_envelope("From: alice@acme.example\n\n").sender, "alice@acme.example");
  EXPECT_EQ(delivered_envelope("From: alice@acme.example\nReturn-Path: <>\n\n").sender, "");
  EXPECT_EQ(delivered_envelope("To: intro@intro.test\n\n").sender, "");
}

TEST(DeliveredTest, WhatStandsInTheBodyIsNobodysWord) {
  const auto envelope = delivered_envelope("Subject: S\n\nDelivered-To: intro+abc@intro.test\n");
  EXPECT_EQ(envelope.recipient, "");
  EXPECT_EQ(delivered_envelope("").recipient, "");
  EXPECT_EQ(delivered_envelope("Delivered-To: <\n\n").recipient, "");
}

}  // namespace
}  // namespace tertius::mail
