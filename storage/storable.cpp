#include "storage/storable.hpp"

#include "broker/utf8.hpp"

namespace tertius::storage {

bool is_storable(std::string_view text) { return text.find('\0') == text.npos && is_utf8(text); }

std::string make_storable(std::string_view text) {
  constexpr char32_t replacement = 0xFFFD;
  std::string clean;
  clean.reserve(text.size());
  while (!text.empty()) {
    const char32_t point = take_code_point(text);
    append_code_point(clean, point == 0 ? replacement : point);
  }
  return clean;
}

}  // namespace tertius::storage
