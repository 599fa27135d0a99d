// A member's request: its first line is the subject, the rest the body; and what the coach says of it.
#include "broker/request.hpp"

#include <algorithm>

#include "broker/coach.hpp"
#include "broker/words.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

constexpr const char* broker = "intro.example.org";

Letter letter_of(std::string_view subject) {
  Letter letter;
  letter.subject = mail::decode_words(subject);
  letter.from = {{"Alice Chen", "alice@example.org"}};
  letter.to = {{"", "intro@intro.example.org"}, {"", "alice@example.org"}};
  letter.cc = {{"Christine", "christine@example.org"}, {"", "Christine@example.org"}, {"nobody", ""}};
  return letter;
}

// Word for word: nothing reaches T that R did not write.
void require_as_written(const Request& request, const std::string& body) {
  const auto written = split_lines(body);
  for (const auto line : split_lines(request.pitch)) {
    const bool found = std::ranges::any_of(written, [&](auto one) { return trim(one) == trim(line); });
    require(found, "every line of the pitch is the requester's");
  }
}

void require_findings(const Request& request) {
  const WantedTarget wanted = make_wanted_target(request.target);
  require_text(wanted.name), require_text(wanted.organisation);
  CoachFacts facts;
  facts.requester.name = "Alice Chen", facts.requester.organisation = "Acme";
  facts.target.name = wanted.name, facts.target.organisation = wanted.organisation;
  facts.other_targets = other_targets(request.target);
  const auto findings = coach(request, facts);
  require(std::ranges::is_sorted(findings, {}, &Finding::severity), "what blocks comes first");
  for (const Finding& finding : findings) {
    require(std::ranges::count(coach_rules(), finding.rule, &Rule::id) == 1, "a finding has its rule");
    require_text(say(finding.what)), require_text(say(finding.hint));
    require(!say(finding.what).empty(), "a finding says what is wrong");
  }
  require_text(pitch_subject(facts.requester, facts.target));
  require_text(request_subject(facts.requester, facts.target));
}

}  // namespace

void request(std::string_view bytes) {
  const std::size_t end = std::min(bytes.find('\n'), bytes.size());
  const std::string body = mail::to_utf8(bytes.substr(end));
  const auto request = make_request(letter_of(bytes.substr(0, end)), body, broker);
  if (!request)
    return require(!request.error().what.empty() && !request.error().hint.empty(), "it says what to do");
  require(!request.value().pitch.empty(), "a request has a pitch");
  require(request.value().connectors.size() <= 1, "neither the broker nor the requester is a connector");
  for (const auto* words : {&request.value().target, &request.value().cover_note, &request.value().purpose})
    require_text(*words);
  require_as_written(request.value(), body);
  require_findings(request.value());
}

}  // namespace tertius::fuzz
