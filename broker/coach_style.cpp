// The coach's rules on how a pitch reads: its length, its sentences, its shape on a phone, its manners.
// 40 million mails measured by Boomerang for Gmail: 50 to 125 words and school grades of 3 to 8 are answered
// most.

#include <algorithm>
#include <array>
#include <cctype>
#include <cmath>

#include "broker/coach_rules.hpp"
#include "broker/name_words.hpp"
#include "broker/utf8.hpp"
#include "broker/words.hpp"

namespace tertius::rules {

namespace {

bool is_vowel(char c) { return std::string_view("aeiouy").find(c) != std::string_view::npos; }

// Groups of vowels, without a silent e; right within a tenth over a text, which is all a grade needs.
std::size_t syllables(std::string_view word) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < word.size(); ++i)
    count += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1])) ? 1 : 0;
  const bool silent = word.ends_with('e') && !word.ends_with("le") && count > 1;
  return std::max<std::size_t>(count - (silent ? 1 : 0), 1);
}

// Flesch-Kincaid.
double reading_grade(const Passage& pitch) {
  std::size_t words = 0;
  std::size_t sounds = 0;
  for (const auto& sentence : pitch.sentences) {
    for (const auto word : split_words(sentence.spaced)) {
      ++words;
      sounds += syllables(word);
    }
  }
  if (words == 0) return 0;
  const auto count = static_cast<double>(words);
  return 0.39 * count / static_cast<double>(pitch.sentences.size()) +
         11.8 * static_cast<double>(sounds) / count - 15.59;
}

const Sentence& longest_sentence(const Passage& pitch) {
  return *std::ranges::max_element(pitch.sentences, {},
                                   [](const Sentence& s) { return split_words(s.spaced).size(); });
}

std::size_t count_links(std::string_view text) {
  std::size_t links = 0;
  for (auto at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) ++links;
  return links;
}

// The first paragraph of more than four lines of 80 columns.
std::string_view find_long_paragraph(std::string_view text) {
  constexpr std::size_t most_columns = std::size_t{4} * 80;
  std::size_t columns = 0;
  std::string_view first;
  for (const auto line : split_lines(text)) {
    if (trim(line).empty()) {
      columns = 0;
      continue;
    }
    if (columns == 0) first = line;
    columns += count_code_points(line) + 1;
    if (columns > most_columns + 1) return first;
  }
  return {};
}

constexpr auto attachment_phrases = std::to_array<std::string_view>({
    "attached",
    "i attach",
    "see attachment",
    "the attachment",
    "in the attachment",
    "anbei",
    "en piece jointe",
    "adjunto",
});
constexpr auto thanks = std::to_array<std::string_view>({
    "thank*",
    "grateful",
    "appreciate*",
    "danke",
    "vielen dank",
    "herzlichen dank",
    "merci*",
    "agrade*",
    "gracias",
    "grazie",
    "obrigad*",
    "dank*",
    "tack",
    "dziekuj*",
    "takk",
    "tak",
});
constexpr auto shouted = std::to_array<std::string_view>({
    "VERY",   "PLEASE", "URGENT", "NEED",    "NOW",  "FREE",      "HELP", "GREAT", "BEST", "MUST", "NEVER",
    "ALWAYS", "REALLY", "HUGE",   "AMAZING", "ONLY", "IMPORTANT", "WANT", "LOVE",  "NOT",  "ALL",
});

// A word in capitals that no acronym is: one that is known for it, or longer than acronyms are.
std::string find_shout(const Reading& reading) {
  constexpr std::size_t longest_acronym = 7;
  const auto names = spaced(reading.target_organisation + " " + reading.facts.requester.organisation);
  std::string word;
  for (const char c : std::string(reading.pitch.text) + " ") {
    if (std::isupper(static_cast<unsigned char>(c)) != 0) {
      word += c;
      continue;
    }
    const bool ends =
        !std::islower(static_cast<unsigned char>(c)) && !std::isdigit(static_cast<unsigned char>(c));
    const bool shout = word.size() > longest_acronym || std::ranges::find(shouted, word) != shouted.end();
    if (ends && shout && !has_phrase(names, fold(word))) return word;
    word.clear();
  }
  return {};
}

}  // namespace

Remarks length_is_right(const Reading& reading) {
  const auto words = reading.pitch.words;
  if (words == 0)
    return {{"pitch", wording("The pitch is empty."),
             wording("Write 50 to 125 words to {}: who you are, why {}, and one question.",
                     reading.target_first, reading.target_first),
             Severity::blocks}};
  const auto shorter =
      wording("Cut it to 50 to 125 words: who you are, why {}, and one question.", reading.target_first);
  if (words > 350)
    return {{"pitch",
             wording("The pitch has {} words; above 350 hardly anybody answers.", std::to_string(words)),
             shorter, Severity::blocks}};
  if (words > 200)
    return {{"pitch",
             wording("The pitch has {} words; 50 to 125 are answered most.", std::to_string(words)),
             shorter,
             {}}};
  if (words < 25)
    return {{"pitch",
             wording("The pitch has {} words; that is too few to decide by.", std::to_string(words)),
             wording("Say who you are, why {}, and what you ask.", reading.target_first),
             {}}};
  return {};
}

Remarks reads_easily(const Reading& reading) {
  constexpr double highest_grade = 8;
  const auto& pitch = reading.pitch;
  if (pitch.words == 0 || !pitch.english || pitch.sentences.empty()) return {};
  const auto grade = reading_grade(pitch);
  if (grade <= highest_grade) return {};
  return {
      {"pitch",
       wording("The pitch reads at school grade {}; up to 8 is answered most.",
               std::to_string(std::lround(grade))),
       wording("Part the longest sentence and use shorter words: {}", snippet(longest_sentence(pitch).text)),
       {}}};
}

Remarks fits_a_phone(const Reading& reading) {
  constexpr std::size_t most_links = 2;
  const auto& text = reading.request.pitch;
  Remarks remarks;
  const auto paragraph = find_long_paragraph(text);
  if (!paragraph.empty())
    remarks.push_back({"pitch",
                       wording("This paragraph fills a phone's screen: {}", snippet(paragraph)),
                       wording("Part it: at most four lines each."),
                       {}});
  if (count_links(text) > most_links)
    remarks.push_back({"pitch",
                       wording("The pitch has more than two links."),
                       wording("Keep the one that shows most."),
                       {}});
  if (has_any_phrase(reading.pitch.spaced, attachment_phrases))
    remarks.push_back({"pitch",
                       wording("The pitch speaks of an attachment, and attachments are not forwarded."),
                       wording("Put it where a link can show it."),
                       {}});
  return remarks;
}

Remarks is_courteous(const Reading& reading) {
  const auto& pitch = reading.pitch;
  if (pitch.words == 0) return {};
  Remarks remarks;
  const auto first = std::string_view(pitch.spaced).substr(0, 40);
  const bool greets = !pitch.greeting.empty() || names_person(first, reading.target_words);
  if (!greets)
    remarks.push_back({"pitch",
                       wording("The pitch has no greeting."),
                       wording("Begin with \"Hi {},\".", reading.target_first),
                       {}});
  if (!has_any_phrase(pitch.spaced, thanks))
    remarks.push_back({"pitch",
                       wording("The pitch thanks nobody."),
                       wording("End with \"Thank you for considering it.\""),
                       {}});
  return remarks;
}

Remarks does_not_shout(const Reading& reading) {
  Remarks remarks;
  const auto shout = find_shout(reading);
  if (!shout.empty())
    remarks.push_back({"pitch",
                       wording("Words in capitals read as shouting: {}", snippet(shout)),
                       wording("Write \"{}\".", fold(shout)),
                       {}});
  if (std::ranges::count(reading.request.pitch, '!') > 1)
    remarks.push_back({"pitch",
                       wording("The pitch has more than one exclamation mark."),
                       wording("Keep one at most."),
                       {}});
  return remarks;
}

}  // namespace tertius::rules
