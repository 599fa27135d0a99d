#include "broker/words.hpp"

#include <gtest/gtest.h>

#include "broker/name_words.hpp"
#include "broker/utf8.hpp"

namespace tertius {
namespace {

TEST(WordsTest, FoldTakesAccentsCaseAndTypography) {
  EXPECT_EQ(fold("ÀÉÎÕÜ àéîõü Çç Ññ Øø Åå"), "aeiou aeiou cc nn oo aa");
  EXPECT_EQ(fold("Łódź Şişli ğ Čapek őű Žižka ĺ ř ť ż ſ ij Œuvre Æ Straße þ"),
            "lodz sisli g capek ou zizka l r t z s ij oeuvre ae strasse th");
  EXPECT_EQ(fold("Zoë’s “café” — nice…"), "zoe's \"cafe\" - nice...");
  EXPECT_EQ(fold("ПРИВЕТ Ёж ΑΒΓ"), "привет ёж αβγ");
  EXPECT_EQ(fold("e\xCC\x81"), "e");
}

TEST(WordsTest, SpacedKeepsWordsAndApostrophesAlone) {
  EXPECT_EQ(spaced("Could we talk, Gail? 15-minute; I'd"), " could we talk gail 15 minute i'd ");
  EXPECT_EQ(spaced(""), " ");
  EXPECT_EQ(spaced("?!"), " ");
}

TEST(WordsTest, PhrasesAreFoundAsWholeWordsAndStems) {
  const auto text = spaced("I am learning how to sell.");
  EXPECT_TRUE(has_phrase(text, "how to"));
  EXPECT_FALSE(has_phrase(text, "learn"));
  EXPECT_TRUE(has_phrase(text, "learn*"));
  EXPECT_FALSE(has_phrase(text, "earn*"));
  EXPECT_TRUE(has_phrase(text, "sell"));
}

TEST(WordsTest, WordsAreCountedAsPeopleCount) {
  EXPECT_EQ(count_words("Hi Gail, it's 5 o'clock."), 5u);
  EXPECT_EQ(count_words("二十分ほど"), 3u);
  EXPECT_EQ(count_words(" \n"), 0u);
}

TEST(WordsTest, EnglishIsToldFromItsNeighbours) {
  EXPECT_TRUE(is_english(spaced("Would you have time for a call about how you did it?")));
  EXPECT_FALSE(is_english(spaced("Hätten Sie in der nächsten Woche Zeit für ein Gespräch?")));
  EXPECT_FALSE(is_english(spaced("Auriez-vous vingt minutes pour un appel la semaine prochaine ?")));
  EXPECT_FALSE(is_english(spaced("¿Tendría usted veinte minutos para una llamada a finales de mes?")));
  EXPECT_FALSE(is_english(spaced("")));
}

TEST(WordsTest, LinesLoseTheirEnds) {
  EXPECT_EQ(split_lines("a\r\n\nb "), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_TRUE(split_lines("").empty());
}

TEST(Utf8Test, InvalidOctetsBecomeOneReplacementEach) {
  std::string_view rest = "\xC3\xA9\xFF\xE2\x82";
  EXPECT_EQ(take_code_point(rest), 0xE9u);
  EXPECT_EQ(take_code_point(rest), 0xFFFDu);
  EXPECT_EQ(take_code_point(rest), 0xFFFDu);
  EXPECT_EQ(take_code_point(rest), 0xFFFDu);
  EXPECT_TRUE(rest.empty());
}

TEST(Utf8Test, OverlongFormsAndSurrogatesAreInvalid) {
  EXPECT_TRUE(is_utf8("\xF0\x9F\x9A\x80 \xC3\xA9"));
  for (const std::string_view bad :
       {"\xC0\x80", "\xE0\x80\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xF5", "\x80"})
    EXPECT_FALSE(is_utf8(bad));
}

TEST(Utf8Test, EveryCodePointComesBack) {
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    std::string text;
    append_code_point(text, point);
    std::string_view rest = text;
    ASSERT_EQ(take_code_point(rest), point);
    ASSERT_TRUE(rest.empty());
  }
}

TEST(NameWordsTest, TitlesDegreesAndPronounsAreTakenOff) {
  const std::pair<const char*, const char*> rows[] = {
      {"Dr. Jane Smith, PhD", "Jane Smith"},
      {"Jane Smith PhD, MBA (she/her)", "Jane Smith"},
      {"Jane Smith, Ph.D., M.B.A.", "Jane Smith"},
      {"John Smith, Jr.", "John Smith Jr."},
      {"Yo-Yo Ma", "Yo-Yo Ma"},
      {"Prof. Dr. Ann Lee", "Ann Lee"},
      {"  Jane\n Smith ", "Jane Smith"},
      {"Jane (née Doe) Smith", "Jane Smith"},
      {"MBA", "MBA"},
      {"Jane Smith, CPA, PMP®", "Jane Smith"},
      {"Ed Ms", "Ed Ms"},
      {"", ""},
  };
  for (const auto& [written, bare] : rows) EXPECT_EQ(bare_name(written), bare) << written;
}

TEST(NameWordsTest, ShortFormsAndSlipsAreTold) {
  EXPECT_TRUE(is_short_form("Bob", "Robert"));
  EXPECT_TRUE(is_short_form("Alex", "Alexandra"));
  EXPECT_FALSE(is_short_form("Bob", "Gail"));
  EXPECT_TRUE(is_same_name_word("Mueller", "Müller"));
  EXPECT_TRUE(is_misspelling("Gale", "Gail"));
  EXPECT_TRUE(is_misspelling("Goodmann", "Goodman"));
  EXPECT_FALSE(is_misspelling("Goodman", "Goodman"));
  EXPECT_FALSE(is_misspelling("Jennifer", "Gail"));
  EXPECT_FALSE(is_misspelling(std::string(100'000, 'a'), std::string(100'000, 'b')));
}

}  // namespace
}  // namespace tertius
