#pragma once
// notices/<language>/sentences.txt: what broker and daemon say inside a notice (broker/wording.hpp), as pairs
// of lines: the English, then "= " and the translation. Empty lines and lines that begin with "#" are passed
// over. Pure. Fails with the line that is wrong: a translation without its English, or with other values
// ("{}").

#include <string_view>

#include "broker/result.hpp"
#include "broker/wording.hpp"

namespace tertius::templates {

Result<Sentences> make_sentences(std::string_view text);

}  // namespace tertius::templates
