// A target in words, as people write it in a subject or a form.

#include <algorithm>
#include <array>

#include "broker/name_words.hpp"
#include "broker/request.hpp"
#include "broker/utf8.hpp"
#include "broker/words.hpp"

namespace tertius {

namespace {

constexpr auto separators =
    std::to_array<std::string_view>({" at ", " @ ", " from ", " - ", " – ", " — ", " | "});
constexpr auto conjunctions =
    std::to_array<std::string_view>({" and ", " & ", " or ", ";", " / ", " + ", " und "});
constexpr auto roles = std::to_array<std::string_view>({
    "ceo",       "cto",    "cfo",      "coo",        "cmo",     "cio",       "cpo",
    "vp",        "svp",    "evp",      "head",       "founder", "cofounder", "director",
    "president", "chair",  "chairman", "chairwoman", "partner", "professor", "manager",
    "owner",     "editor", "dean",     "chief",      "co",
});

// No subject that a person writes is longer, and the searches below begin anew for each word.
constexpr std::size_t longest_target = 500;

// "<gail@example.org>", "gail@example.org": the first word that is an address; it is taken out of `text`.
std::optional<Address> take_address(std::string& text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const auto end = std::min(text.find_first_of(" ,;<>()", begin), text.size());
    const auto address = parse_address(std::string_view(text).substr(begin, end - begin));
    if (end > begin && address) {
      const bool bracketed = begin > 0 && end < text.size() && text[begin - 1] == '<' && text[end] == '>';
      text.erase(begin - (bracketed ? 1 : 0), end - begin + (bracketed ? 2 : 0));
      return address.value();
    }
    begin = end + 1;
  }
  return std::nullopt;
}

// "CEO of Constant Contact", "Head of Data at Acme" -> the organisation alone; "University of Michigan"
// stays.
std::string_view organisation_in(std::string_view text) {
  if (const auto at = text.find(" at "); at != std::string_view::npos) return trim(text.substr(at + 4));
  const auto form = spaced(text);
  const auto words = split_words(form);
  const bool role = !words.empty() && std::ranges::find(roles, words.front()) != roles.end();
  const auto of = text.rfind(" of ");
  return trim(role && of != std::string_view::npos ? text.substr(of + 4) : text);
}

bool are_credentials(std::string_view part) {
  const auto form = spaced(part);
  const auto words = split_words(form);
  return std::ranges::all_of(words, is_credential);
}

// The parts behind the first comma that are no degrees: "Gail Goodman, PhD, Constant Contact".
std::string_view behind_comma(std::string_view rest) {
  while (!rest.empty()) {
    const auto end = rest.find_first_of(",(");
    if (!are_credentials(rest.substr(0, end))) return rest;
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  }
  return rest;
}

struct Cut {
  std::size_t at;
  std::string_view separator;
};

Cut first_cut(std::string_view text) {
  Cut cut{std::min(text.find_first_of(",("), text.size()), ","};
  for (const auto separator : separators) {
    const auto at = text.find(separator);
    if (at < cut.at) cut = {at, separator};
  }
  return cut;
}

}  // namespace

WantedTarget make_wanted_target(const std::string& text) {
  WantedTarget wanted;
  std::string words(utf8_prefix(trim(text), longest_target));
  wanted.address = take_address(words);
  const auto cut = first_cut(words);
  wanted.name = bare_name(trim(std::string_view(words).substr(0, cut.at)));
  if (cut.at >= words.size()) return wanted;
  auto rest = std::string_view(words).substr(cut.at);
  rest.remove_prefix(rest.front() == ',' || rest.front() == '(' ? 1 : cut.separator.size());
  rest = trim(behind_comma(rest));
  while (!rest.empty() && (rest.front() == ',' || rest.front() == '(')) rest = trim(rest.substr(1));
  while (!rest.empty() && (rest.back() == ')' || rest.back() == ','))
    rest = trim(rest.substr(0, rest.size() - 1));
  wanted.organisation = std::string(organisation_in(rest));
  return wanted;
}

std::vector<std::string> other_targets(const std::string& text) {
  std::vector<std::string> names;
  auto rest = utf8_prefix(text, longest_target);
  rest = rest.substr(0, first_cut(rest).at);
  while (!rest.empty()) {
    Cut next{rest.size(), ""};
    for (const auto conjunction : conjunctions) {
      const auto at = rest.find(conjunction);
      if (at < next.at) next = {at, conjunction};
    }
    // One word is half of "Ernst & Young" or of "Ann and Bob Lee": not surely a second person.
    const auto name = bare_name(trim(rest.substr(0, next.at)));
    if (name_words(name).size() >= 2) names.push_back(name);
    rest.remove_prefix(std::min(next.at + next.separator.size(), rest.size()));
  }
  if (!names.empty()) names.erase(names.begin());
  return names;
}

}  // namespace tertius
