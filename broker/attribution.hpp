#pragma once
// The line above a quote: "On 3 May 2026 at 10:00, Ann Lee <ann@example.org> wrote:", in any language and as
// any client breaks, rules or shortens it. Known by its shape (a date, an address, a colon, marks below) and,
// where the shape alone is not enough, by a verb of writing.

#include <cstddef>
#include <vector>

#include "broker/quote_lines.hpp"

namespace tertius::reading {

// How many lines from `at` are an attribution; 0 where none begins.
std::size_t attribution_length(const std::vector<Line>& lines, std::size_t at);

// "yes On 3 May 2026, Ann Lee wrote:": a client put the words and the attribution on one line; this parts
// them.
std::vector<Line> part_shared_lines(std::vector<Line> lines);

}  // namespace tertius::reading
