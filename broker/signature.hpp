#pragma once
// What mail programs and employers add below the words: signatures after "-- ", device lines, disclaimers,
// list footers, a last line "-Ann Lee". Names below "Best regards" stay: they are the person's own.

#include <string_view>
#include <vector>

#include "broker/quote_lines.hpp"

namespace tertius::reading {

bool is_signature_mark(const Line& line);
bool is_device_line(const Line& line);
bool is_disclaimer(std::string_view plain);  // of a whole paragraph

// Marks them in the run of lines [first, last), which holds no quote.
void mark_footers(std::vector<Line>& lines, std::size_t first, std::size_t last);

}  // namespace tertius::reading
