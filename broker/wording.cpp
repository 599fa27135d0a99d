#include "broker/wording.hpp"

namespace tertius {

namespace {

constexpr std::string_view gap = "{}";

std::string say_joined(const std::vector<Wording>& items, std::string_view between,
                       const Sentences& sentences) {
  std::string out;
  for (const Wording& item : items) {
    if (!out.empty()) out += between;
    out += say(item, sentences);
  }
  return out;
}

}  // namespace

Wording verbatim(std::string words) { return {std::move(words), {}, true}; }

Wording date_wording(Time time) {
  const std::string date = date_text(time);
  const std::size_t month = date.find(' ') + 1, year = date.rfind(' ') + 1;
  const std::string named = "{} " + date.substr(month, year - month) + "{}";  // "{} March {}"
  return {named, {verbatim(date.substr(0, month - 1)), verbatim(date.substr(year))}};
}

Wording moment_wording(Time time) {
  const std::string clock = time_text(time).substr(11);  // "2026-03-09 14:05 UTC"
  return wording("{}, {}", date_wording(time), clock);
}

std::string say(const Wording& wording, const Sentences& sentences) {
  if (wording.verbatim) return wording.english;
  const auto translated = sentences.find(wording.english);
  std::string_view rest =
      translated == sentences.end() ? std::string_view(wording.english) : translated->second;
  std::string out;
  for (const Wording& value : wording.values) {
    const std::size_t at = rest.find(gap);
    if (at == rest.npos) break;
    out.append(rest.substr(0, at)).append(say(value, sentences));
    rest.remove_prefix(at + gap.size());
  }
  return out.append(rest);
}

std::string say_lines(const std::vector<Wording>& lines, const Sentences& sentences) {
  return say_joined(lines, "\n", sentences);
}

std::string say_list(const std::vector<Wording>& items, const Sentences& sentences) {
  return say_joined(items, "; ", sentences);
}

}  // namespace tertius
