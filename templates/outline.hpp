#pragma once
// The names a template shows: its values, and its sections with theirs. ctemplate prints nothing for a name
// that has no value; we read the names ourselves, at load, so that a name nobody fills is an error instead of
// a hole in somebody's mail. Pure. Fails with the marker that is wrong.

#include <string>
#include <string_view>
#include <vector>

#include "broker/result.hpp"

namespace tertius::templates {

struct Outline {
  std::string section;  // empty: the whole template
  std::vector<std::string> values;
  std::vector<Outline> sections;  // each name once, however often it stands there
};

// The marker language is ctemplate's without what could switch escaping off or reach for files: {{NAME}},
// {{NAME:pre_escape}}, {{#SECTION}}...{{/SECTION}} and {{! comments}}.
Result<Outline> make_outline(std::string_view text);

// Takes away, with its line end, each line on which one section marker or comment stands alone, so that the
// mail has no empty line for it.
std::string without_marker_lines(std::string_view text);

}  // namespace tertius::templates
