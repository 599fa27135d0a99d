#pragma once

#include <string>
#include <string_view>

#include "broker/sentences.hpp"

namespace tertius::reading {

// Han and kana stand for themselves in folded text: three octets from U+3000 on.
inline bool is_ideographic(const Word& word) { return static_cast<unsigned char>(word.text[0]) >= 0xE3; }

// The address in these words, or the name written in capitals; empty where there is none.
std::string find_person(std::string_view text, const Text& words, std::size_t first, std::size_t last);

}  // namespace tertius::reading
