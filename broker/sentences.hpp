#pragma once
// Text as words, for reading replies: folded (words.hpp), cut into sentences and clauses, each word knowing
// where it stands in the original. Chinese and Japanese characters are words of their own, so that one phrase
// table serves all languages. Pure; linear time on any bytes.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tertius::reading {

std::string_view trimmed(std::string_view text);     // also no-break, ideographic and zero-width spaces
std::string_view take_line(std::string_view& rest);  // ends in CR, LF or CRLF; nothing trimmed
std::vector<std::string_view> lines_of(std::string_view text);

// fold(), full-width forms as ASCII, runs of spaces as one, trimmed.
std::string squeezed(std::string_view text);

bool is_letter(char32_t point);
bool is_ideograph(char32_t point);  // Han, kana, hangul: written without spaces

struct Word {
  std::string text;       // "don't" is "dont", "j'accepte" is "j" and "accepte"
  std::size_t begin = 0;  // octets of the original
  std::size_t end = 0;
  std::size_t sentence = 0;
  std::size_t clause = 0;  // counts through the whole text
  bool quoted = false;     // inside quotation marks
  bool capital = false;    // as written
  bool numeric = false;
};

struct Sentence {
  std::size_t first = 0;  // words [first, last)
  std::size_t last = 0;
  std::size_t begin = 0;  // octets
  std::size_t end = 0;
  bool question = false;
};

struct Text {
  std::vector<Word> words;
  std::vector<Sentence> sentences;
};

// At most `max_words`; what follows is not looked at.
Text read_sentences(std::string_view text, std::size_t max_words = 4000);

}  // namespace tertius::reading
