#include "templates/outline.hpp"

#include <algorithm>
#include <optional>

namespace tertius::templates {

namespace {

// pre_escape escapes as html_escape does and keeps line breaks: for <pre>, <textarea> and srcdoc.
constexpr std::string_view allowed_modifier = ":pre_escape";

bool is_name(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

void add_value(Outline& outline, std::string_view name) {
  const auto known = std::find(outline.values.begin(), outline.values.end(), name);
  if (known == outline.values.end()) outline.values.emplace_back(name);
}

std::size_t add_section(Outline& outline, std::string_view name) {
  for (std::size_t i = 0; i < outline.sections.size(); ++i) {
    if (outline.sections[i].section == name) return i;
  }
  outline.sections.push_back({std::string{name}, {}, {}});
  return outline.sections.size() - 1;
}

class OutlineReader {
 public:
  explicit OutlineReader(std::string_view text) : text_(text) {}

  Result<Outline> read() {
    while (const auto marker = next_marker()) {
      if (!take(*marker))
        return failed("{{" + std::string{marker->substr(0, std::min<std::size_t>(marker->find('\n'), 60))} +
                      "}} is not allowed here");
    }
    if (broken_) return failed("\"" + std::string{text_.substr(at_, 40)} + "\" has no }}");
    if (!path_.empty()) return failed("{{#" + here().section + "}} is never closed");
    return std::move(root_);
  }

 private:
  std::optional<std::string_view> next_marker() {
    const auto begin = text_.find("{{", at_);
    if (begin == std::string_view::npos) return std::nullopt;
    const auto end = text_.find("}}", begin);
    at_ = begin;
    broken_ = end == std::string_view::npos;
    if (broken_) return std::nullopt;
    at_ = end + 2;
    return text_.substr(begin + 2, end - begin - 2);
  }

  bool take(std::string_view marker) {
    if (marker.starts_with('!')) return true;
    if (marker.starts_with('#')) return open(marker.substr(1));
    if (marker.starts_with('/')) return close(marker.substr(1));
    if (marker.ends_with(allowed_modifier)) marker.remove_suffix(allowed_modifier.size());
    if (!is_name(marker)) return false;
    add_value(here(), marker);
    return true;
  }

  bool open(std::string_view name) {
    if (!is_name(name)) return false;
    path_.push_back(add_section(here(), name));
    return true;
  }

  bool close(std::string_view name) {
    if (path_.empty() || here().section != name) return false;
    path_.pop_back();
    return true;
  }

  // By index, since a pointer would not outlive the next section beside it.
  Outline& here() {
    auto* outline = &root_;
    for (const auto i : path_) outline = &outline->sections[i];
    return *outline;
  }

  static Failure failed(const std::string& what) {
    return {what, "Markers are {{NAME}}, {{NAME:pre_escape}}, {{#SECTION}}, {{/SECTION}} and {{! comment}}."};
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool broken_ = false;
  Outline root_;
  std::vector<std::size_t> path_;
};

bool is_marker_alone(std::string_view line) {
  const auto begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return false;
  line = line.substr(begin, line.find_last_not_of(" \t\r\n") + 1 - begin);
  if (line.size() < 4 || !line.starts_with("{{") || line.find("}}") != line.size() - 2) return false;
  return line[2] == '#' || line[2] == '/' || line[2] == '!';
}

}  // namespace

Result<Outline> make_outline(std::string_view text) { return OutlineReader{text}.read(); }

std::string without_marker_lines(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const auto line = text.substr(0, end == std::string_view::npos ? end : end + 1);
    if (!is_marker_alone(line)) {
      kept += line;
    } else {
      // The markers themselves stay; only their line goes.
      const auto begin = line.find("{{");
      kept += line.substr(begin, line.find("}}") + 2 - begin);
    }
    text.remove_prefix(line.size());
  }
  return kept;
}

}  // namespace tertius::templates
