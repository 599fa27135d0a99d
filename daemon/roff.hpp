#pragma once
// Text for man pages (man(7)): what groff would take for its own is escaped.

#include <string>
#include <string_view>

namespace tertius::daemon {

// One paragraph's text, which may begin a line.
std::string roff(std::string_view text);
// .TP: a term, already in roff, and what it means.
std::string roff_item(std::string_view term, std::string_view meaning);
std::string roff_bold(std::string_view text);

}  // namespace tertius::daemon
