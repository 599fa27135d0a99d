#include "templates/sentences.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "broker/introduction.hpp"
#include "broker/ranking.hpp"
#include "broker/ranking_reasons.hpp"
#include "broker/step.hpp"
#include "templates/render.hpp"
#include "templates/sources.hpp"

namespace tertius::templates {
namespace {

namespace fs = std::filesystem;

const fs::path source = fs::path(TERTIUS_TEST_DATA).parent_path().parent_path();

std::string read(const fs::path& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// The string literals that stand one after another from here: "one \"sentence\" "  "in two halves".
std::string literals(std::string_view code) {
  std::string out;
  while (true) {
    code.remove_prefix(std::min(code.find_first_not_of(" \n"), code.size()));
    if (!code.starts_with('"')) return out;
    std::size_t at = 1;
    for (; at < code.size() && code[at] != '"'; ++at) out += code[at] == '\\' ? code[++at] : code[at];
    code.remove_prefix(std::min(at + 1, code.size()));
  }
}

// What the code says by wording("...").
void add_written(std::set<std::string>& sentences) {
  constexpr std::string_view call = "wording(";
  for (const char* folder : {"broker", "daemon", "web"})
    for (const auto& file : fs::recursive_directory_iterator(source / folder)) {
      if (file.path().extension() != ".cpp") continue;
      const std::string code = read(file.path());
      for (auto at = code.find(call); at != code.npos; at = code.find(call, at + 1))
        if (const auto said = literals(std::string_view(code).substr(at + call.size())); !said.empty())
          sentences.insert(said);
    }
}

// What stands in tables.
void add_tabled(std::set<std::string>& sentences) {
  for (const auto& row : refusal_table()) sentences.insert({std::string(row.what), std::string(row.hint)});
  for (const Tier tier : {Tier::strong, Tier::good, Tier::weak}) sentences.insert(tier_wording(tier).english);
  for (int kind = 0; kind <= static_cast<int>(DecisionKind::accept); ++kind)
    sentences.insert(std::string(decision_name(static_cast<DecisionKind>(kind))));
  for (int month = 0; month < 12; ++month) {
    const Time time{std::chrono::sys_days{std::chrono::year{2026} / (month + 1) / 9}};
    const Wording date = date_wording(time);
    sentences.insert(date.english);
    const std::string name = date.english.substr(3, date.english.size() - 5);
    const Wording evidence = evidence_wording("connected on LinkedIn since " + name + "2026");
    sentences.insert({evidence.english, evidence.values.at(0).english});
  }
  for (const char* evidence : {"connected on LinkedIn", "in the address book", "a friend in the address book",
                               "a colleague in the address book", "an acquaintance in the address book"})
    sentences.insert(evidence);
}

std::set<std::string> all_sentences() {
  std::set<std::string> sentences;
  add_written(sentences);
  add_tabled(sentences);
  sentences.erase("");
  return sentences;
}

std::string languages_of(const std::string& name) { return name.substr(8, name.find('/', 8) - 8); }

TEST(SentencesTest, EveryLanguageSaysAllThatWeSayAndNothingElse) {
  const auto wanted = all_sentences();
  ASSERT_GT(wanted.size(), 100U);
  const auto sources = load_sources(std::nullopt);
  ASSERT_TRUE(sources);
  for (const auto& [name, text] : sources.value()) {
    if (!name.ends_with("/request.txt") || name == "notices/en/request.txt") continue;
    const std::string language = languages_of(name);
    const auto file = sources.value().find("notices/" + language + "/sentences.txt");
    ASSERT_NE(file, sources.value().end()) << language;
    const auto made = make_sentences(file->second);
    ASSERT_TRUE(made) << language << ": " << made.error().what;
    for (const auto& sentence : wanted)
      EXPECT_TRUE(made.value().contains(sentence)) << language << " lacks: " << sentence;
    for (const auto& [english, translation] : made.value())
      EXPECT_TRUE(wanted.contains(english)) << language << " has what nobody says: " << english;
  }
}

TEST(SentencesTest, WhatIsNoPairIsRefused) {
  EXPECT_TRUE(make_sentences("# a comment\n\nNo.\n= Nein.\nYes, {}.\n= Ja, {}.\n"));
  EXPECT_FALSE(make_sentences("No.\nYes.\n= Ja.\n")) << "a sentence without its translation";
  EXPECT_FALSE(make_sentences("= Ja.\n"));
  EXPECT_FALSE(make_sentences("Yes, {}.\n= Ja.\n")) << "a value is lost";
}

TEST(SentencesTest, ValuesAreSaidInTheSameLanguageAndDataStaysAsItIs) {
  const auto german =
      make_sentences("They wrote: {}\n= Die Antwort: {}\nno\n= nein\n{} March {}\n= {}. M\xC3\xA4rz {}\n");
  ASSERT_TRUE(german);
  const auto& table = german.value();
  EXPECT_EQ(say(wording("They wrote: {}", Wording{"no"}), table), "Die Antwort: nein");
  EXPECT_EQ(say(wording("They wrote: {}", std::string("no")), table), "Die Antwort: no");
  EXPECT_EQ(say(wording("They wrote: {}", std::string("{} {}")), table), "Die Antwort: {} {}");
  EXPECT_EQ(say(date_wording(Time{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9}}), table),
            "9. M\xC3\xA4rz 2026");
  EXPECT_EQ(say(wording("Unknown {}.", std::string("x")), table), "Unknown x.");
}

TEST(SentencesTest, FrenchCountsTheFirstDayApartAndSetsItsSemicolonsOff) {
  ASSERT_TRUE(load_catalogue());
  const auto& french = sentences("fr");
  const auto day = [](unsigned number) {
    return Time{std::chrono::sys_days{std::chrono::year{2026} / 3 / number}};
  };
  EXPECT_EQ(say(date_wording(day(1)), french), "1er mars 2026");
  EXPECT_EQ(say(date_wording(day(11)), french), "11 mars 2026");
  EXPECT_EQ(say(date_wording(day(1))), "1 March 2026");
  EXPECT_EQ(say_list({verbatim("a"), verbatim("{}"), verbatim("c")}, french), "a\u202f; {}\u202f; c");
  EXPECT_EQ(say_list({verbatim("a"), verbatim("b")}), "a; b");
}

}  // namespace
}  // namespace tertius::templates
