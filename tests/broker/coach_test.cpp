#include "broker/coach.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

namespace tertius {
namespace {

Person person(std::int64_t id, std::string name, std::string organisation = {}, std::string title = {}) {
  Person p;
  p.id = PersonId{id};
  p.name = std::move(name);
  p.organisation = std::move(organisation);
  p.title = std::move(title);
  return p;
}

CoachFacts facts_for(Person target) {
  CoachFacts facts;
  facts.requester = person(1, "Alice Chen", "Acme", "Founder");
  facts.target = std::move(target);
  facts.connectors = {person(2, "Bob Stone", "Rowan Bank")};
  return facts;
}

Person gail() { return person(3, "Gail Goodman", "Constant Contact", "CEO"); }

const std::string good_pitch =
    "Hi Gail,\n\nI'm Alice Chen, founder of Acme, where we help 300 bakeries keep their regulars. Constant "
    "Contact "
    "solved onboarding for people who have never sent a newsletter.\nThat is where our customers get "
    "stuck.\n\nWould "
    "you be open to a 20-minute call about how you taught first-time senders? In return I'm glad to share "
    "what we "
    "learned.\n\nThank you,\nAlice";

Request request(std::string pitch = good_pitch) {
  Request r;
  r.target = "Gail Goodman, Constant Contact";
  r.pitch = std::move(pitch);
  r.cover_note = "Hi Bob, good to see you at the reunion. A no is perfectly fine.";
  r.purpose = "advice";
  return r;
}

std::set<std::string> blocking(const std::vector<Finding>& findings) {
  std::set<std::string> ids;
  for (const auto& f : findings) {
    if (f.severity == Severity::blocks) ids.insert(f.rule);
  }
  return ids;
}

bool has_rule(const std::vector<Finding>& findings, const std::string& rule) {
  return std::ranges::any_of(findings, [&](const Finding& finding) { return finding.rule == rule; });
}

std::string told(const std::vector<Finding>& findings) {
  std::string out;
  for (const auto& f : findings) {
    if (f.severity == Severity::blocks) out += f.rule + " " + say(f.what) + " " + say(f.hint) + "\n";
  }
  return out;
}

const Finding* find(const std::vector<Finding>& findings, std::string_view rule) {
  const auto found = std::ranges::find(findings, rule, &Finding::rule);
  return found == findings.end() ? nullptr : &*found;
}

bool finds(const Request& r, std::string_view rule, CoachFacts facts = facts_for(gail())) {
  return find(coach(r, facts), rule) != nullptr;
}

// A pitch of tests/data/coach: "==== title", "Target: name | title | organisation", perhaps "Expect: Q5", the
// words.
struct Sample {
  std::string title;
  Person target;
  std::set<std::string> expected;
  std::string pitch;
};

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  std::size_t begin = 0;
  for (auto at = text.find(separator); at != std::string::npos; at = text.find(separator, begin)) {
    parts.push_back(text.substr(begin, at - begin));
    begin = at + separator.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::string stripped(const std::string& text) {
  const auto begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

void read_line(const std::string& line, std::vector<Sample>& samples) {
  if (line.starts_with("==== ")) {
    samples.push_back({line.substr(5), {}, {}, {}});
  } else if (line.starts_with("Target: ")) {
    const auto parts = split(line.substr(8), "|");
    samples.back().target = person(3, stripped(parts.at(0)), stripped(parts.at(2)), stripped(parts.at(1)));
  } else if (line.starts_with("Expect: ")) {
    for (const auto& id : split(line.substr(8), " ")) samples.back().expected.insert(id);
  } else {
    samples.back().pitch += line + "\n";
  }
}

std::vector<Sample> load_samples(const std::string& name) {
  std::ifstream file(std::string(TERTIUS_TEST_DATA) + "/coach/" + name);
  EXPECT_TRUE(file) << name;
  std::vector<Sample> samples;
  for (std::string line; std::getline(file, line);) read_line(line, samples);
  return samples;
}

TEST(CoachTest, GoodPitchesOfEveryStylePass) {
  const auto samples = load_samples("good.txt");
  EXPECT_GE(samples.size(), 20u);
  for (const auto& sample : samples) {
    auto r = request(sample.pitch);
    r.target = sample.target.name;
    const auto findings = coach(r, facts_for(sample.target));
    EXPECT_FALSE(blocks(findings)) << sample.title << "\n" << told(findings);
  }
}

TEST(CoachTest, BadPitchesAreStoppedForJustTheirFault) {
  const auto samples = load_samples("bad.txt");
  EXPECT_GE(samples.size(), 20u);
  for (const auto& sample : samples) {
    auto r = request(sample.pitch);
    r.target = sample.target.name;
    const auto findings = coach(r, facts_for(sample.target));
    EXPECT_EQ(blocking(findings), sample.expected) << sample.title << "\n" << told(findings);
  }
}

TEST(CoachTest, TheWorkedCaseIsStoppedInClearSentencesAndPassesWhenMended) {
  auto r = request("Hi, I'd love to get connected with Gail. She would be great to talk to. Thanks!");
  r.subject = "Introduction request";
  const auto findings = coach(r, facts_for(gail()));
  EXPECT_EQ(blocking(findings), (std::set<std::string>{"Q1", "Q5", "Q7"})) << told(findings);
  EXPECT_EQ(say(find(findings, "Q1")->what),
            "The subject \"Introduction request\" does not name Gail Goodman.");
  EXPECT_EQ(say(find(findings, "Q1")->hint),
            "Write \"Introduction: Alice Chen (Acme) and Gail Goodman\", or leave the subject empty: it is "
            "then made "
            "from the names.");
  EXPECT_EQ(say(find(findings, "Q5")->what),
            "The pitch does not say why you want to meet Gail: it mentions neither Constant Contact nor the "
            "role nor "
            "any work of Gail Goodman.");
  EXPECT_EQ(say(find(findings, "Q5")->hint),
            "Add a sentence such as: \"I am writing to you because, as CEO of Constant Contact, you have "
            "already solved "
            "what I am working on: ...\"");

  r.subject = "Introduction: Alice Chen (Acme) and Gail Goodman";
  r.pitch = good_pitch;
  EXPECT_FALSE(blocks(coach(r, facts_for(gail())))) << told(coach(r, facts_for(gail())));
}

TEST(CoachTest, AGoodRequestHasNoWarningEither) {
  const auto findings = coach(request(), facts_for(gail()));
  EXPECT_TRUE(findings.empty()) << findings.front().rule << " " << say(findings.front().what);
}

TEST(CoachTest, EveryFindingSaysWhereWhatAndHow) {
  for (const auto& sample : load_samples("bad.txt")) {
    for (const auto& f : coach(request(sample.pitch), facts_for(sample.target))) {
      const std::set<std::string> fields = {"subject", "pitch", "cover_note", "request"};
      EXPECT_TRUE(fields.contains(f.field)) << f.field;
      EXPECT_TRUE(say(f.what).ends_with('.') || say(f.what).ends_with('"')) << say(f.what);
      EXPECT_FALSE(say(f.hint).empty()) << say(f.what);
    }
  }
}

TEST(CoachTest, FindingsThatBlockComeFirst) {
  auto r = request("I need help.");
  r.cover_note.clear();
  const auto findings = coach(r, facts_for(gail()));
  EXPECT_TRUE(std::ranges::is_sorted(findings, {}, &Finding::severity));
  EXPECT_TRUE(blocks(findings));
}

TEST(CoachTest, RulesHaveDistinctIds) {
  std::set<std::string_view> ids;
  for (const auto& rule : coach_rules()) EXPECT_TRUE(ids.insert(rule.id).second) << rule.id;
}

TEST(CoachTest, AnOperatorTurnsARuleOffOrMakesItWarn) {
  const auto r = request("Hi Gail, hello from Acme. How are you?");
  const auto facts = facts_for(gail());
  EXPECT_TRUE(blocking(coach(r, facts)).contains("Q5"));
  const RuleChange off[] = {{"Q5", std::nullopt}};
  EXPECT_EQ(find(coach(r, facts, off), "Q5"), nullptr);
  const RuleChange softer[] = {{"Q5", Severity::warns}};
  EXPECT_EQ(find(coach(r, facts, softer), "Q5")->severity, Severity::warns);
}

TEST(CoachTest, AnOpenRequestAndASpentBudgetBlock) {
  auto facts = facts_for(gail());
  facts.same_request_open = true;
  facts.pair_budget_spent = true;
  const auto findings = coach(request(), facts);
  EXPECT_EQ(blocking(findings), (std::set<std::string>{"Q18", "Q22"}));
  EXPECT_EQ(say(find(findings, "Q22")->what),
            "Bob Stone (Rowan Bank) has had enough requests from you for now.");
}

// Whatever stands behind it, a number at the very end counts something.
TEST(CoachTest, APitchMayEndWithANumber) {
  for (const char* end : {"We feed 300", "I run Acme. 7", "7"}) {
    const auto findings = coach(request(std::string("Hi Gail,\n\n") + end), facts_for(gail()));
    EXPECT_FALSE(findings.empty()) << end;
  }
}

TEST(CoachTest, TwoTargetsInOneRequestBlock) {
  auto r = request();
  r.target = "Gail Goodman and Bob Parsons, Constant Contact";
  EXPECT_EQ(say(find(coach(r, facts_for(gail())), "Q17")->what),
            "The request names more than one person: Gail Goodman and Bob Parsons.");
  auto facts = facts_for(gail());
  facts.other_targets = {"Ann Lee"};
  EXPECT_TRUE(finds(request(), "Q17", facts));
}

TEST(CoachTest, AWishedSubjectThatRepliesOrIsLongWarns) {
  auto r = request();
  r.subject = "Re: Gail Goodman";
  EXPECT_EQ(find(coach(r, facts_for(gail())), "Q2")->severity, Severity::warns);
  r.subject = "A very long subject about nothing in particular that ends with Gail Goodman";
  EXPECT_EQ(find(coach(r, facts_for(gail())), "Q1")->severity, Severity::warns);
  r.subject = "Goodman, Gail: onboarding small shops";
  EXPECT_FALSE(finds(r, "Q1"));
}

TEST(CoachTest, AccentsAndUmlautsAreNoMisspelling) {
  auto target = person(3, "Jürgen Müller", "Vogel");
  EXPECT_FALSE(finds(request("Hi Juergen,\n\nJurgen Mueller"), "Q19", facts_for(target)));
  EXPECT_TRUE(finds(request("Hi Jurgem,\n\nhello"), "Q19", facts_for(target)));
}

TEST(CoachTest, LengthWarnsAbove200WordsAndBlocksAbove350) {
  const auto padded = [](std::size_t words) {
    auto pitch = good_pitch + "\n\n";
    for (std::size_t i = 0; i < words; ++i) pitch += i % 10 == 9 ? "word. " : "word ";
    return pitch;
  };
  EXPECT_FALSE(finds(request(padded(100)), "Q10"));
  EXPECT_EQ(find(coach(request(padded(200)), facts_for(gail())), "Q10")->severity, Severity::warns);
  EXPECT_EQ(find(coach(request(padded(350)), facts_for(gail())), "Q10")->severity, Severity::blocks);
}

TEST(CoachTest, WarnsOfSecretsAndTelephoneNumbers) {
  EXPECT_TRUE(finds(request(good_pitch + "\nThis is confidential."), "Q21"));
  EXPECT_TRUE(finds(request(good_pitch + "\nCall me: +1 (617) 555-0134."), "Q21"));
  EXPECT_FALSE(finds(
      request(good_pitch + "\nWe raised $1,000,000 in 2024, see https://a.example/20240101123456"), "Q21"));
}

TEST(CoachTest, WarnsOfLongParagraphsManyLinksAndAttachments) {
  EXPECT_TRUE(finds(request(good_pitch + "\n\n" + std::string(330, 'a')), "Q12"));
  EXPECT_TRUE(finds(request(good_pitch + " http://a.example http://b.example http://c.example"), "Q12"));
  EXPECT_TRUE(finds(request(good_pitch + "\nMy deck is attached."), "Q12"));
}

TEST(CoachTest, WarnsWhenAdviceMeansMoney) {
  auto r = request(good_pitch + "\nWe are raising our seed round.");
  EXPECT_EQ(find(coach(r, facts_for(gail())), "Q16")->severity, Severity::warns);
  r.purpose = "invest";
  EXPECT_FALSE(finds(r, "Q16"));
  r.purpose.clear();
  EXPECT_EQ(find(coach(r, facts_for(gail())), "Q16")->severity, Severity::informs);
}

TEST(CoachTest, WarnsOfACoverNoteWithoutAWayOutOrAHistory) {
  auto r = request();
  r.cover_note = "Please introduce me to Gail.";
  EXPECT_TRUE(finds(r, "Q13"));
  EXPECT_TRUE(finds(r, "Q20"));
  r.cover_note = "We worked together at Rowan. No pressure at all, I understand if it does not fit.";
  EXPECT_FALSE(finds(r, "Q13"));
  EXPECT_FALSE(finds(r, "Q20"));
}

TEST(CoachTest, WarnsOfAConnectorWhomOneDoesNotKnowOrHasLongNotWrittenTo) {
  auto facts = facts_for(gail());
  facts.connector_unproven = true;
  EXPECT_FALSE(has_rule(coach(request(), facts), "Q23")) << "the note says where they met";
  Request silent = request();
  silent.cover_note = "Hi Bob, a no is perfectly fine, and I would understand it completely.";
  EXPECT_TRUE(has_rule(coach(silent, facts), "Q23"));
  EXPECT_FALSE(has_rule(coach(silent, facts), "Q20")) << "one remark is enough";
  facts.connector_unproven = false;
  EXPECT_FALSE(has_rule(coach(silent, facts), "Q23"));
  EXPECT_TRUE(has_rule(coach(silent, facts), "Q20"));
  facts.connector_long_silent = true;
  EXPECT_TRUE(has_rule(coach(request(), facts), "Q20"));
}

TEST(CoachTest, InformsOfShoutingAndHurry) {
  EXPECT_TRUE(finds(request(good_pitch + " This is VERY important"), "Q15"));
  EXPECT_FALSE(finds(request(good_pitch + " NASA and UNICEF use it"), "Q15"));
  EXPECT_TRUE(finds(request(good_pitch + " I need it ASAP."), "Q24"));
}

TEST(CoachTest, ATargetKnownByAddressAloneIsNotHeldAgainstTheWriter) {
  Person target;
  target.address = Address{"gail", "example.org"};
  auto r = request();
  r.target = "gail@example.org";
  EXPECT_FALSE(blocks(coach(r, facts_for(target)))) << told(coach(r, facts_for(target)));
}

TEST(CoachTest, HostileTextIsJudgedWithoutHarm) {
  const std::string hostile[] = {std::string(200'000, '>'),           std::string(200'000, '['),
                                 std::string(100'000, '\n'),          std::string(200'000, '?'),
                                 std::string("\xff\xfe\x80 \xc3", 5), std::string(50'000, '"'),
                                 std::string(100'000, '-') + ":"};
  for (const auto& text : hostile) {
    auto r = request(text);
    r.cover_note = r.subject = r.target = r.purpose = text;
    EXPECT_TRUE(blocks(coach(r, facts_for(gail()))));
  }
}

}  // namespace
}  // namespace tertius
