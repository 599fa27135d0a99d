#pragma once
// What presses every button it finds is no person. Pages that act by a mailed link have a decoy in a form of
// its own (templates/pages/parts/decoy.html), hidden from people and assistive technology. A browser that has
// pressed one is a robot for a day; and so that a robot with a new profile for each page gets no further, the
// link takes nothing from unknown browsers for a while.

#include "web/parts.hpp"

namespace tertius::web {

// `link` names the link, the same in every browser. A known browser is spared what others did there.
bool is_robot(const Call& call, const std::string& link, bool known, seconds wary);
// The decoy was pressed: it is remembered, and told.
HttpResponse answer_robot(const Call& call, const std::string& link);

// The visit of a POST of a page that acts at once, as take_visit has it; what to answer instead where it may
// not. Such a page has a decoy before its buttons and one behind them: whatever presses them all, from either
// end, comes to a decoy first. `person` is whose link it is.
std::variant<std::string, HttpResponse> take_press(const Call& call, const std::string& token,
                                                   PersonId person);

}  // namespace tertius::web
