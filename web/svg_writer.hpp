#pragma once
// Markup of an SVG, element by element. Text and attribute values are escaped here and nowhere else.

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace tertius::web {

// A number as SVG wants it, to a tenth of a pixel: "12", "12.5".
std::string px(double value);
// The five characters of HTML and XML escaped; control characters and those that turn the reading direction
// round are dropped.
std::string escaped(std::string_view text);

using Attributes = std::initializer_list<std::pair<std::string_view, std::string>>;

std::string open_element(std::string_view name, Attributes attributes);
std::string empty_element(std::string_view name, Attributes attributes);
std::string text_element(std::string_view name, Attributes attributes, std::string_view text);

}  // namespace tertius::web
