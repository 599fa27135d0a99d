#pragma once
// A mail to compose, and looks at what became of it.

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "mail/compose.hpp"

namespace tertius::mail {

inline Composition sample() {
  Composition mail;
  mail.from = {"Alice Chen via Rowan Alumni", "intro@broker.example"};
  mail.to = {{"Bob", "bob@example.org"}};
  mail.reply_to = {Mailbox{"", "intro+abcd@broker.example"}};
  mail.subject = "Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?";
  mail.message_id = "n1.x@broker.example";
  mail.references = {"t.abcd@broker.example"};
  mail.date = from_unix_seconds(1773064805);  // 2026-03-09 14:00:05 UTC
  mail.text = "Hello\n";
  mail.html = "<p>Hello</p>\n";
  mail.loop_domain = "broker.example";
  mail.language = "en";
  return mail;
}

inline std::string header_block(const std::string& bytes) {
  return bytes.substr(0, bytes.find("\r\n\r\n") + 2);
}

// Unfolded; empty where the field is absent.
inline std::string field(const std::string& bytes, const std::string& name) {
  auto headers = "\r\n" + header_block(bytes);
  for (auto fold = headers.find("\r\n "); fold != std::string::npos; fold = headers.find("\r\n "))
    headers.erase(fold, 2);
  const auto start = headers.find("\r\n" + name + ": ");
  if (start == std::string::npos) return {};
  const auto from = start + name.size() + 4;
  return headers.substr(from, headers.find("\r\n", from) - from);
}

inline void expect_fit_for_the_wire(const std::string& bytes) {
  std::size_t start = 0;
  while (start < bytes.size()) {
    const auto end = bytes.find("\r\n", start);
    ASSERT_NE(end, std::string::npos) << "the last line has no CRLF";
    const auto line = bytes.substr(start, end - start);
    EXPECT_LE(line.size(), 76U) << line;
    EXPECT_TRUE(std::all_of(line.begin(), line.end(), [](char c) {
      return (c >= ' ' && c < 0x7f) || c == '\t';
    })) << line;
    EXPECT_FALSE(line.starts_with(".")) << line;
    start = end + 2;
  }
}

}  // namespace tertius::mail
