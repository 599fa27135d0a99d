#pragma once
// Of the lines that rules cut from a reply, those that the person may have written after all: neither marked
// as quote nor standing in the notice as they are. A word against a yes among them makes the reply doubtful.

#include <vector>

#include "broker/notice_shingles.hpp"
#include "broker/quote_lines.hpp"

namespace tertius::reading {

bool is_doubtful(const std::vector<Line>& lines, const NoticeShingles& notice);

}  // namespace tertius::reading
