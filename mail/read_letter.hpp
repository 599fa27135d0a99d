#pragma once
// Letter bytes -> Letter. Strangers write every byte: nothing here throws or crashes on any input, everything
// runs in time linear in the size, and a letter over a limit comes back with `unreadable` saying why (its
// headers are still read where they can be). mimetic walks the parts behind a guard (read_letter.cpp says
// what it must never be shown); addresses, encoded words, charsets, transfer encodings and parameters are
// ours.

#include <cstddef>
#include <string_view>

#include "broker/letter.hpp"

namespace tertius::mail {

struct ReadLimits {
  std::size_t letter_bytes = 25'000'000;
  std::size_t header_bytes = 128 * 1024;
  std::size_t header_fields = 2000;  // of the letter and all its parts
  std::size_t parts = 500;
  std::size_t line_bytes = 64 * 1024;
  std::size_t content_types = 64;     // occurrences of "content-type"
  std::size_t boundary_lines = 4096;  // lines that begin with "--"
  std::size_t depth = 50;
  std::size_t text_bytes = 1'000'000;  // text and html are cut here
};

Letter read_letter(std::string_view bytes, const ReadLimits& limits = {});

}  // namespace tertius::mail
