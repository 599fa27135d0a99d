#include "broker/request.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "broker/bare_subject.hpp"
#include "broker/utf8.hpp"
#include "broker/wording.hpp"
#include "broker/words.hpp"

namespace tertius {

namespace {

std::string format_hint() {
  return wording(
             "Write the name and organisation of the person you want to meet in the subject, for instance "
             "\"Gail "
             "Goodman, Constant Contact\". Then write a few private words to the person who may introduce "
             "you, a "
             "line with three dashes (---), and below it your words to the person you want to meet.")
      .english;
}

// How many hyphens a dash stands for: phones and word processors turn "--" into an en or em dash, and "---"
// too.
int hyphens_in(char32_t point) {
  switch (point) {
    case U'-':
    case 0x2010:
    case 0x2011:
    case 0x2212: return 1;
    case 0x2013: return 2;
    case 0x2014:
    case 0x2015:
    case 0x2E3A:
    case 0x2E3B: return 3;
    default: return 0;
  }
}

bool is_dash_line(std::string_view line) {
  int hyphens = 0;
  for (line = trim(line); !line.empty();) {
    const auto count = hyphens_in(take_code_point(line));
    if (count == 0) return false;
    hyphens += count;
  }
  return hyphens >= 3;
}

}  // namespace

std::optional<Halves> split_at_dashes(std::string_view body) {
  for (auto rest = body; !rest.empty();) {
    const auto end = std::min(rest.find('\n'), rest.size());
    if (is_dash_line(rest.substr(0, end))) {
      const auto before = body.substr(0, body.size() - rest.size());
      return Halves{std::string(trim(before)), std::string(trim(rest.substr(end)))};
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return std::nullopt;
}

namespace {

// Each line of it becomes a row of several mails; nobody passes on ten pages.
constexpr std::size_t longest_request = 20'000;

// "Purpose: advice" -> "advice".
std::optional<std::string> find_setting(std::string_view line, std::string_view name) {
  line = trim(line);
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || fold(trim(line.substr(0, colon))) != name) return std::nullopt;
  constexpr std::size_t longest = 24;  // a purpose is a word or two; more is prose that begins "Purpose:"
  const auto value = trim(line.substr(colon + 1));
  return value.size() > longest ? std::nullopt : std::optional(fold(value));
}

// Takes the lines that are for the daemon out of the words that are for people.
void take_settings(std::string& words, Request& request) {
  std::string kept;
  for (const auto line : split_lines(words)) {
    if (const auto purpose = find_setting(line, "purpose")) {
      request.purpose = *purpose;
    } else if (fold(trim(line)) == "send anyway" || fold(trim(line)) == "send anyway.") {
      request.send_anyway = true;
    } else {
      kept += std::string(line) + "\n";
    }
  }
  words = std::string(trim(kept));
}

bool is_of_domain(const Address& address, std::string_view domain) { return address.domain == fold(domain); }

void add_connectors(Request& request, const std::vector<Mailbox>& mailboxes, std::string_view broker_domain) {
  const auto target = make_wanted_target(request.target).address;
  for (const auto& mailbox : mailboxes) {
    const auto address = parse_address(mailbox.address);
    if (!address || is_of_domain(address.value(), broker_domain)) continue;
    const auto key = address_key(address.value());
    const auto is_it = [&](const Address& other) { return address_key(other) == key; };
    if (is_it(request.requester) || (target && is_it(*target))) continue;
    if (std::ranges::none_of(request.connectors, is_it)) request.connectors.push_back(address.value());
  }
}

}  // namespace

Result<Request> make_request(const Letter& letter, const std::string& body,
                             const std::string& broker_domain) {
  if (letter.from.size() != 1)
    return Failure{wording("The letter does not say who sends it.").english,
                   wording("Send it from one address.").english};
  const auto requester = parse_address(letter.from.front().address);
  if (!requester)
    return Failure{wording("The sender's address cannot be written to.").english, requester.error().hint};
  if (is_vague(letter.subject))
    return Failure{wording("The subject does not say whom you want to meet.").english, format_hint()};
  if (body.size() > longest_request)
    return Failure{wording("The text is too long for a request.").english,
                   wording("Half a page for each of the two is plenty.").english};
  auto halves = split_at_dashes(body);
  if (!halves)
    return Failure{wording("There is no line of dashes between your note and your pitch.").english,
                   format_hint()};

  Request request;
  request.requester = requester.value();
  request.target = bare_subject(letter.subject);
  take_settings(halves->cover_note, request);
  take_settings(halves->pitch, request);
  if (halves->pitch.empty())
    return Failure{wording("There is nothing below the line of dashes: the pitch is missing.").english,
                   format_hint()};
  request.cover_note = std::move(halves->cover_note);
  request.pitch = std::move(halves->pitch);
  add_connectors(request, letter.cc, broker_domain);
  add_connectors(request, letter.to, broker_domain);
  return request;
}

}  // namespace tertius
