#pragma once
// The peer in C: a letter's text by GMime, decoded and in UTF-8, HTML left as it is.

#include <string>
#include <string_view>

namespace tertius::bench {

std::string gmime_text(std::string_view bytes);

}  // namespace tertius::bench
