#pragma once
// "How you're connected" as a drawing: you at the top, those who could introduce you in the middle, the
// person you want to meet at the bottom; the stronger the path, the heavier its line. The numbers of an
// inline SVG, which scales down to a telephone. What it says is said once more in words, for whoever does not
// see it.

#include <vector>

#include "web/desk.hpp"

namespace tertius::web {

// Values PICTURE_TEXT and PICTURE_HEIGHT, sections NODES (X Y INITIALS FIRST SECOND) and EDGES (X1 Y1 X2 Y2
// STRENGTH). `knows`: the two know each other already. Empty sections where there is no way at all.
void put_path_picture(Fields& fields, const Person& target, bool knows, const std::vector<Choice>& choices);

}  // namespace tertius::web
