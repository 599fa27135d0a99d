// A text file in whatever encoding -> UTF-8. What is neither UTF-16 nor Windows-1252 stays as it is.
#include "contacts/decode_text.hpp"

#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

void decode_text(std::string_view bytes) {
  const std::string text = contacts::decode_text(bytes);
  // An octet of Windows-1252 becomes three at most, two of UTF-16 as many.
  require(text.size() <= 3 * bytes.size() + 4, "text does not grow");
  if (is_utf8(bytes) && bytes.find('\0') == bytes.npos && !bytes.starts_with("\xEF\xBB\xBF"))
    require(text == bytes, "what is UTF-8 stays as it is");
  require(contacts::decode_text(text).size() <= 3 * text.size() + 4, "its result can be read again");
}

}  // namespace tertius::fuzz
