#pragma once
// A guarded letter -> the tree of its parts. The one place that knows mimetic, which walks the headers and
// the nesting; mime_parts.cpp says what of it is never used. Bodies are views into the letter: nothing is
// copied. Only for bytes that letter_guard let through. Never throws; linear time in size times depth.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "broker/letter.hpp"
#include "mail/parameters.hpp"
#include "mail/read_letter.hpp"

namespace tertius::mail {

struct Part {
  std::vector<HeaderField> headers;  // in order; values unfolded, as written
  ParameterField content_type;  // of the part as it is read: text/plain where nothing or nonsense is declared
  std::string_view body;    // still encoded; of a multipart its raw content, of a message the whole message
  std::vector<Part> parts;  // of a multipart; of a message/rfc822 the one message
};

struct PartTree {
  Part root;
  std::string unreadable;  // not empty: too deep, too many parts, or too much header; `root` holds what was
                           // read before
};

PartTree read_parts(std::string_view letter, const ReadLimits& limits);

}  // namespace tertius::mail
