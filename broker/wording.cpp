#include "broker/wording.hpp"

namespace tertius {

namespace {

constexpr std::string_view gap = "{}";

}  // namespace

Wording verbatim(std::string words) { return {std::move(words), {}, true}; }

Wording date_wording(Time time) {
  const std::string date = date_text(time);
  const std::size_t month = date.find(' ') + 1, year = date.rfind(' ') + 1;
  const std::string named = "{} " + date.substr(month, year - month) + "{}";  // "{} March {}"
  const std::string day = date.substr(0, month - 1);
  // French and Portuguese count the first day apart.
  return {named, {day == "1" ? wording("1") : verbatim(day), verbatim(date.substr(year))}};
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
  std::string out;
  for (const Wording& line : lines) out += (out.empty() ? "" : "\n") + say(line, sentences);
  return out;
}

std::string say_list(const std::vector<Wording>& items, const Sentences& sentences) {
  std::string out;
  for (const Wording& item : items)
    out = out.empty() ? say(item, sentences) : say(wording("{}; {}", out, item), sentences);
  return out;
}

}  // namespace tertius
