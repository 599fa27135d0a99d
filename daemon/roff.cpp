#include "daemon/roff.hpp"

namespace tertius::daemon {

std::string roff(std::string_view text) {
  std::string out;
  // A request begins with a dot or an apostrophe at a line's start; \& is nothing, and stands before it.
  if (text.starts_with('.') || text.starts_with('\'')) out = "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\': out += "\\e"; break;
      case '-': out += "\\-"; break;  // a bare one may come out as a hyphen that no shell knows
      case '\'': out += "\\(aq"; break;
      case '~': out += "\\(ti"; break;
      case '^': out += "\\(ha"; break;
      case '`': out += "\\(ga"; break;
      case '\n': out += ' '; break;
      default: out += c;
    }
  }
  return out;
}

std::string roff_bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }

std::string roff_item(std::string_view term, std::string_view meaning) {
  return ".TP\n" + std::string(term) + "\n" + (meaning.empty() ? "\\&" : roff(meaning)) + "\n";
}

}  // namespace tertius::daemon
