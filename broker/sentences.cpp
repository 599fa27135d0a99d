#include "broker/sentences.hpp"

#include <algorithm>
#include <array>

#include "broker/utf8.hpp"
#include "broker/words.hpp"

namespace tertius::reading {
namespace {

// French and Italian elisions are words of their own; elsewhere an apostrophe joins ("don't" is "dont").
constexpr auto elisions = std::to_array<std::string_view>(
    {"l", "d", "j", "n", "s", "c", "m", "t", "qu", "un", "all", "dell", "sull"});
// A full stop after these ends no sentence.
constexpr auto abbreviations =
    std::to_array<std::string_view>({"mr", "mrs", "ms",   "dr",  "prof", "st", "vs", "eg",  "ie",  "bzw",
                                     "ca", "nr",  "evtl", "ggf", "hr",   "fr", "sr", "sra", "mme", "jr"});

bool is_within(char32_t point, char32_t first, char32_t last) { return point >= first && point <= last; }

bool is_blank(char32_t point) {
  return point == ' ' || is_within(point, 0x09, 0x0D) || point == 0xA0 || is_within(point, 0x2000, 0x200F) ||
         point == 0x2028 || point == 0x202F || point == 0x2060 || point == 0x3000 || point == 0xFEFF;
}

bool is_double_quote(char32_t point) {
  return is_within(point, 0x201C, 0x201F) || point == 0xAB || point == 0xBB ||
         is_within(point, 0x300C, 0x300F);
}

// Most text is ASCII, and each of its characters comes here.
char ascii_lower(char32_t point) {
  return static_cast<char>(point >= 'A' && point <= 'Z' ? point + ('a' - 'A') : point);
}

bool is_ascii_alphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_line_end(char c) { return c == '\n' || c == '\r'; }

char32_t plain_point(char32_t point) {
  if (is_within(point, 0xFF01, 0xFF5E)) return point - 0xFEE0;
  if (is_double_quote(point)) return '"';
  if (point == 0x3001) return ',';
  if (point == 0xB4 || point == 0x201B) return '\'';
  return point;
}

std::string folded(char32_t point) {
  if (point < 0x80) return std::string(1, ascii_lower(point));
  std::string octets;
  append_code_point(octets, plain_point(point));
  return fold(octets);
}

// Where the last code point begins, if the octets there are whole.
std::size_t last_code_point(std::string_view text) {
  std::size_t at = text.size() - 1;
  while (at > 0 && text.size() - at < 4 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
  return at;
}

char32_t peek(std::string_view text) { return text.empty() ? U'\0' : take_code_point(text); }

class Splitter {
 public:
  Splitter(std::string_view text, std::size_t max_words) : text_(text), max_words_(max_words) {
    out_.words.reserve(std::min<std::size_t>(text.size() / 6, 32));  // most calls are for a line
  }

  Text split() {
    while (at_ < text_.size() && out_.words.size() < max_words_) take_one();
    end_word(at_);
    end_sentence();
    return std::move(out_);
  }

 private:
  void take_one() {
    const std::size_t begin = at_;
    std::string_view rest = text_.substr(at_);
    const char32_t point = take_code_point(rest);
    at_ = text_.size() - rest.size();
    if (point < 0x80) {
      const char lower = ascii_lower(point);
      take_point(begin, point, {&lower, 1});
    } else if (const std::string fold = folded(point); !fold.empty()) {
      take_point(begin, point, fold);
    }
  }

  void take_point(std::size_t begin, char32_t point, std::string_view fold) {
    const char32_t plain = peek(fold);
    if (is_ideograph(point)) return take_ideograph(begin, fold);
    if (is_letter(plain) || is_within(plain, '0', '9')) return take_letter(begin, point, fold);
    if (plain == '\'') return take_apostrophe(begin);
    end_word(begin);
    take_mark(point, plain);
    last_mark_is_space_ = is_blank(point);
  }

  void take_ideograph(std::size_t begin, std::string_view fold) {
    end_word(begin);
    word_begin_ = begin;
    word_ = fold;
    end_word(at_);
  }

  void take_letter(std::size_t begin, char32_t point, std::string_view fold) {
    if (word_.empty()) {
      word_begin_ = begin;
      capital_ = is_within(point, 'A', 'Z') || is_within(point, 0xC0, 0xDE);
    }
    word_ += fold;
    for (; at_ < text_.size() && is_ascii_alphanumeric(text_[at_]); ++at_)
      word_ += ascii_lower(static_cast<unsigned char>(text_[at_]));
    last_mark_is_space_ = false;
  }

  void take_apostrophe(std::size_t begin) {
    const bool joins = !word_.empty() && is_letter(peek(text_.substr(at_)));
    if (joins && std::ranges::find(elisions, word_) == elisions.end()) return;
    end_word(begin);
  }

  void take_mark(char32_t point, char32_t plain) {
    switch (plain) {
      case '\r':
        if (peek(text_.substr(at_)) == '\n') return;
        [[fallthrough]];
      case '\n': return take_line_end();
      case '?': return mark_question();
      case '!': return end_sentence();
      case '.': return take_full_stop(point);
      case '"': quoted_ = !quoted_; [[fallthrough]];
      case ',':
      case ';':
      case ':':
      case '(':
      case ')': ++clause_; return;
      case '-':
        if (point == 0x2014 || (last_mark_is_space_ && is_blank(peek(text_.substr(at_))))) ++clause_;
        return;
      default: return;
    }
  }

  void take_full_stop(char32_t point) {
    const char32_t follower = peek(text_.substr(at_));
    if (point == '.' && (is_letter(follower) || is_within(follower, '0', '9')))
      return;  // "bob@example.org", "3.5"
    if (point == '.' && out_.words.size() > sentence_first_ && !ends_sentence(out_.words.back())) return;
    end_sentence();
  }

  // "Dr.", "J.", "12. August": the sentence goes on.
  bool ends_sentence(const Word& word) const {
    if (std::ranges::find(abbreviations, word.text) != abbreviations.end()) return false;
    if (word.capital && word.text.size() == 1 && word.text != "i") return false;
    const bool more_on_line =
        peek(text_.substr(at_)) == ' ' && is_letter(peek(text_.substr(std::min(at_ + 1, text_.size()))));
    return !(word.numeric && word.text.size() <= 2 && more_on_line);
  }

  // A hard-wrapped line goes on in the next one; a short line, an empty line and a list do not.
  void take_line_end() {
    const std::string_view line = trimmed(text_.substr(line_begin_, at_ - line_begin_));
    line_begin_ = at_;
    const std::size_t rest = text_.find_first_not_of(" \t", at_);
    if (rest == std::string_view::npos || text_[rest] == '\n' || text_[rest] == '\r' || line.empty())
      return end_sentence();
    const char32_t follower = peek(text_.substr(rest));
    const bool lower = is_within(follower, 'a', 'z') || is_within(follower, 0xDF, 0xFF);
    const bool wrapped = count_code_points(line) > 55 && is_letter(follower) && !is_ideograph(follower);
    if (!lower && !wrapped) end_sentence();
  }

  void mark_question() {
    if (out_.words.size() > sentence_first_) return end_sentence(true);
    if (!out_.sentences.empty()) out_.sentences.back().question = true;
  }

  void end_word(std::size_t end) {
    if (word_.empty()) return;
    const bool numeric = std::ranges::all_of(word_, [](char c) { return c >= '0' && c <= '9'; });
    out_.words.push_back(
        {std::move(word_), word_begin_, end, out_.sentences.size(), clause_, quoted_, capital_, numeric});
    word_.clear();
    capital_ = false;
  }

  void end_sentence(bool question = false) {
    ++clause_;
    if (out_.words.size() == sentence_first_) return;
    const std::size_t begin = out_.words[sentence_first_].begin;
    out_.sentences.push_back({sentence_first_, out_.words.size(), begin, at_, question});
    sentence_first_ = out_.words.size();
  }

  std::string_view text_;
  std::size_t max_words_;
  Text out_;
  std::string word_;
  std::size_t at_ = 0, word_begin_ = 0, line_begin_ = 0, clause_ = 0, sentence_first_ = 0;
  bool capital_ = false, quoted_ = false, last_mark_is_space_ = false;
};

}  // namespace

Text read_sentences(std::string_view text, std::size_t max_words) {
  return Splitter(text, max_words).split();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty()) {
    std::string_view rest = text;
    if (!is_blank(take_code_point(rest))) break;
    text = rest;
  }
  while (!text.empty()) {
    std::string_view rest = text.substr(last_code_point(text));
    const std::size_t size = rest.size();
    if (!is_blank(take_code_point(rest)) || !rest.empty()) break;  // broken octets are no blanks
    text.remove_suffix(size);
  }
  return text;
}

std::string_view take_line(std::string_view& rest) {
  // find_first_of() asks memchr for each character.
  const auto end = static_cast<std::size_t>(std::ranges::find_if(rest, is_line_end) - rest.begin());
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(std::min(end + (rest.substr(end, 2) == "\r\n" ? 2 : 1), rest.size()));
  return line;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) lines.push_back(take_line(text));
  return lines;
}

std::string squeezed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::string_view rest = text; !rest.empty();) {
    const char32_t point = take_code_point(rest);
    if (!is_blank(point)) {
      if (point < 0x80)
        out += ascii_lower(point);
      else
        out += folded(point);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool is_ideograph(char32_t point) {
  return is_within(point, 0x3041, 0x30FF) || is_within(point, 0x3400, 0x9FFF) ||
         is_within(point, 0xAC00, 0xD7A3) || is_within(point, 0xF900, 0xFAFF) ||
         is_within(point, 0xFF66, 0xFF9D) || point == 0x3005;
}

bool is_letter(char32_t point) {
  if (point < 0x80) return is_within(point, 'a', 'z') || is_within(point, 'A', 'Z');
  if (point == 0xD7 || point == 0xF7) return false;
  return is_within(point, 0xC0, 0x24F) || is_within(point, 0x300, 0x1FFF) || is_ideograph(point);
}

}  // namespace tertius::reading
