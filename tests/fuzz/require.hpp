#pragma once
// Invariants as the fuzz targets state them. A broken one says so and ends the program: a crash, which
// libFuzzer keeps the input of.

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "broker/utf8.hpp"

namespace tertius::fuzz {

inline void require(bool holds, const char* invariant) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", invariant);
  std::abort();
}

// What is stored, shown and sent: PostgreSQL takes neither invalid UTF-8 nor NUL.
inline void require_text(std::string_view text) {
  require(is_utf8(text), "text is valid UTF-8");
  require(text.find('\0') == text.npos, "text holds no NUL");
}

inline bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// What may become a header field or a line of a mail: a control character would end it.
inline void require_line(std::string_view text) {
  require_text(text);
  for (const char c : text) require(!is_control(c), "a line holds no control character");
}

}  // namespace tertius::fuzz
