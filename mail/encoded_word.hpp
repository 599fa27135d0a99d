#pragma once
// RFC 2047: "=?utf-8?Q?J=C3=BCrgen?=" -> "Jürgen". Lenient where clients are: words inside quotes, with
// blanks in them, without blanks around them, and characters split between adjacent words. A broken word
// stays as written. The answer is UTF-8 of one line: control characters (a decoded CR LF would be a header
// injection) become spaces.

#include <string>
#include <string_view>

namespace tertius::mail {

std::string decode_words(std::string_view field);

}  // namespace tertius::mail
