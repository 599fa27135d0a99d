#include "mail/flowed.hpp"

#include <algorithm>

namespace tertius::mail {
namespace {

struct Line {
  std::size_t depth = 0;
  std::string_view text;
  bool soft = false;
};

Line read_line(std::string_view line) {
  Line out;
  while (line.starts_with('>')) {
    line.remove_prefix(1);
    ++out.depth;
  }
  if (line.starts_with(' ')) line.remove_prefix(1);
  // "-- " opens a signature and is never flowed (RFC 3676 4.3).
  out.soft = line.ends_with(' ') && line != "-- ";
  out.text = line;
  return out;
}

}  // namespace

std::string unflow(std::string_view text, bool delete_space) {
  std::string out;
  out.reserve(text.size());
  bool open = false;  // the line before ended softly
  std::size_t open_depth = 0;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const Line line = read_line(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    // A soft end before another depth, or before a signature, is a client's mistake: a hard one (4.5).
    const bool continues = open && line.depth == open_depth && line.text != "-- ";
    if (open && !continues) out += '\n';
    if (!continues && line.depth > 0) out.append(line.depth, '>').append(" ");
    out += line.soft && delete_space ? line.text.substr(0, line.text.size() - 1) : line.text;
    if (!line.soft) out += '\n';
    open = line.soft;
    open_depth = line.depth;
  }
  return out;
}

}  // namespace tertius::mail
