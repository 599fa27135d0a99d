#include "web/svg_writer.hpp"

#include <array>
#include <cmath>
#include <cstdio>

#include "templates/clean.hpp"

namespace tertius::web {

namespace {

std::string tag(std::string_view name, Attributes attributes) {
  std::string out = "<" + std::string(name);
  for (const auto& [key, value] : attributes) out += " " + std::string(key) + "=\"" + escaped(value) + "\"";
  return out;
}

}  // namespace

std::string px(double value) {
  const double tenths = std::round(value * 10);
  if (!std::isfinite(tenths) || tenths == 0) return "0";
  std::array<char, 32> buffer{};
  const bool is_whole = std::fmod(tenths, 10) == 0;
  std::snprintf(buffer.data(), buffer.size(), "%.*f", is_whole ? 0 : 1, tenths / 10);
  return buffer.data();
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : templates::clean_line(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string open_element(std::string_view name, Attributes attributes) { return tag(name, attributes) + ">"; }
std::string empty_element(std::string_view name, Attributes attributes) {
  return tag(name, attributes) + "/>";
}
std::string text_element(std::string_view name, Attributes attributes, std::string_view text) {
  return tag(name, attributes) + ">" + escaped(text) + "</" + std::string(name) + ">";
}

}  // namespace tertius::web
