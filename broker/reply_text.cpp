#include "broker/reply_text.hpp"

#include <algorithm>

#include "broker/attribution.hpp"
#include "broker/doubt.hpp"
#include "broker/doubtful_lines.hpp"
#include "broker/notice_shingles.hpp"
#include "broker/quote_lines.hpp"
#include "broker/sentences.hpp"
#include "broker/signature.hpp"
#include "broker/utf8.hpp"
#include "broker/verbs.hpp"

namespace tertius {
namespace {

using namespace reading;

// What an attacker can make us hold and look at. A thread of a hundred mails has three thousand lines.
constexpr std::size_t max_text = 300'000;
constexpr std::size_t max_lines = 3'000;
constexpr std::size_t max_words = 20'000;

void cut(std::vector<Line>& lines, std::size_t first, std::size_t last, std::string_view why) {
  for (std::size_t i = first; i < last && i < lines.size(); ++i) {
    if (lines[i].part == Part::own) lines[i].why = why;
    if (lines[i].part != Part::blank) lines[i].part = Part::quoted;
  }
}

bool has_marks_below(const std::vector<Line>& lines, std::size_t at) {
  const auto filled = std::find_if(lines.begin() + static_cast<std::ptrdiff_t>(at), lines.end(),
                                   [](const Line& line) { return line.part != Part::blank; });
  return filled != lines.end() && filled->depth > 0;
}

// Roundcube's HTML mode ends with a list of our links outside the quote.
void cut_links(std::vector<Line>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].part != Part::own || !has_broker_link(lines[i].plain)) continue;
    cut(lines, i, i + 1, own_link);
    for (std::size_t above = i; above-- > 0 && i - above <= 3;) {
      const std::string_view plain = lines[above].plain;
      const bool heading = plain.find_first_not_of("-_=") == std::string_view::npos ||
                           (plain.ends_with(':') && plain.size() < 30);
      if (lines[above].part == Part::own && heading)
        cut(lines, above, above + 1, "heading of our links");
      else if (lines[above].part == Part::own)
        break;
    }
  }
}

// The first unmarked quote: what stands below it is not told from it, so nothing there counts.
void cut_below(std::vector<Line>& lines) {
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].part != Part::own) continue;
    if (const std::size_t length = attribution_length(lines, i)) {
      cut(lines, i, i + length, "attribution");
      if (!has_marks_below(lines, i + length)) return cut(lines, i, lines.size(), "below an attribution");
      continue;
    }
    if (is_separator(lines, i) || header_block_length(lines, i) > 0) {
      // MailMate marks the mail it forwards, but not each of its lines.
      if (is_forward_line(lines, i)) return cut(lines, i, lines.size(), "below a forward");
      if (i + 1 < lines.size() && header_block_length(lines, i) == 0 && has_marks_below(lines, i + 1)) {
        cut(lines, i, i + 1, "separator");
        continue;
      }
      return cut(lines, i, lines.size(), "below a header block");
    }
  }
}

// Lines of the notice itself, however the client shows them. A short one ("Forward", "Decline": the labels of
// the buttons) counts as quote between or below others that are; a person's own answer stands above them.
//
// One alone of few words is an answer: our mails teach some ("try bob@example.org"), and a person may write
// what a button says ("Forward to Gail").
bool is_lone_answer(const std::vector<Line>& lines, const NoticeShingles& notice) {
  constexpr std::size_t few = 6;
  std::size_t of_notice = 0, words = 0;
  bool marked = false;  // below marks stand Roundcube's links
  for (const Line& line : lines) {
    marked |= line.depth > 0;
    of_notice += !marked && line.why == own_link;
    if (line.part != Part::own || !notice.has_line(line.plain)) continue;
    ++of_notice;
    words = read_sentences(line.plain, few).words.size();
  }
  return of_notice == 1 && words > 0 && words < few;
}

void cut_notice(std::vector<Line>& lines, const NoticeShingles& notice) {
  if (is_lone_answer(lines, notice)) return;
  bool seen_bare = false;
  for (Line& line : lines) {
    if (line.part != Part::own) continue;
    if (notice.has_line(line.plain)) {
      line.part = Part::quoted, line.why = "stands in the notice";
      seen_bare = true;
    } else if (seen_bare && notice.has_words(line.plain)) {
      line.part = Part::quoted, line.why = "label within the notice";
    }
  }
}

// A quoted line that a relay or a client broke leaves its tail without a mark between two marked ones. An
// answer between quotes begins like a sentence or is a word of its own.
bool is_tail(std::string_view text, std::size_t length_above) {
  constexpr std::size_t broken_at = 60;  // clients break lines at 70 to 78
  if (text.starts_with('(') || text.starts_with('_')) return true;
  const bool goes_on = !text.empty() && text.front() >= 'a' && text.front() <= 'z';
  return goes_on && length_above >= broken_at && !find_verb(text);
}

// Where the notice is known, so is every word of its quote.
void cut_tails(std::vector<Line>& lines, const NoticeShingles& notice) {
  for (std::size_t i = 1; i + 1 < lines.size(); ++i) {
    if (lines[i].part != Part::own || lines[i - 1].depth == 0 || lines[i + 1].depth == 0) continue;
    const bool is_cut = notice.is_empty() ? is_tail(trimmed(lines[i].text), lines[i - 1].text.size())
                                          : notice.has_words(lines[i].plain) && !find_verb(lines[i].plain);
    if (is_cut) cut(lines, i, i + 1, "tail of a quoted line");
  }
}

void cut_footers(std::vector<Line>& lines) {
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t last = first;
    while (last < lines.size() && lines[last].part != Part::quoted) ++last;
    mark_footers(lines, first, last);
    first = std::max(last, first + 1);
  }
}

std::string own_text(const std::vector<Line>& lines) {
  std::string text;
  std::size_t blank = 0;
  for (const Line& line : lines) {
    if (line.part != Part::own) {
      ++blank;
      continue;
    }
    if (!text.empty()) text += blank > 0 ? "\n\n" : "\n";
    const std::size_t end = line.text.find_last_not_of(" \t");
    text += line.text.substr(0, end == std::string_view::npos ? 0 : end + 1);
    blank = 0;
  }
  const std::string_view own = trimmed(text);
  text.erase(static_cast<std::size_t>(own.data() - text.data()) + own.size());
  text.erase(0, text.size() - own.size());
  return text;
}

void explain(const std::vector<Line>& lines, std::vector<std::string>& why) {
  for (const Line& line : lines)
    if (!line.why.empty() && std::ranges::find(why, line.why) == why.end()) why.emplace_back(line.why);
}

// What is not read to the end decides nothing.
bool is_cut_short(std::string_view text) {
  std::size_t count = 0;
  for (std::string_view rest = text; !rest.empty(); ++count) {
    const std::string_view line = take_line(rest);
    const bool unread =
        count >= max_lines || static_cast<std::size_t>(line.data() - text.data()) + line.size() > max_text;
    if (unread && !trimmed(line).empty() && !trimmed(line).starts_with('>')) return true;
  }
  return false;
}

ReplyText cut_quotes(std::string_view text, const NoticeShingles& notice) {
  std::vector<Line> lines = part_shared_lines(read_lines(utf8_prefix(text, max_text), max_lines));
  cut_below(lines);
  cut_links(lines);
  cut_tails(lines, notice);
  cut_notice(lines, notice);
  cut_footers(lines);
  ReplyText reply;
  reply.text = own_text(lines);
  reply.doubtful = is_doubtful(lines, notice);
  reply.disagrees = is_cut_short(text);
  explain(lines, reply.why);
  return reply;
}

// Line by line: all words at once would be far longer than the text.
template <class Take>
void each_word(std::string_view text, Take take) {
  for (std::size_t count = 0; !text.empty() && count < max_words;) {
    for (const Word& word : read_sentences(take_line(text)).words) take(word), ++count;
  }
}

std::string words_of(std::string_view text) {
  std::string words;
  each_word(text, [&](const Word& word) { words.append(word.text).append(" "); });
  return words;
}

// Clients write the two parts differently (links, bullets, emphasis); half of the words in common is the same
// text.
bool share_words(std::string_view a, std::string_view b) {
  const NoticeShingles all(a);
  std::size_t known = 0, count = 0;
  each_word(b, [&](const Word& word) {
    known += all.has_word(word);
    ++count;
  });
  return known * 2 >= count;
}

// The client marked its quote in the HTML part: what that leaves out of a longer text is quote as well. Two
// parts that say different things decide nothing.
void compare_with_html(ReplyText& reply, std::string_view html_text, const NoticeShingles& notice) {
  if (trimmed(html_text).empty()) return;
  const ReplyText other = cut_quotes(html_text, notice);
  reply.doubtful |= other.doubtful;
  reply.disagrees |= other.disagrees;
  const std::string said = words_of(reply.text), shown = words_of(other.text);
  if (said == shown) return;
  reply.shown = other.text;
  if (shown.starts_with(said)) return;
  if (said.starts_with(shown)) {
    reply.doubtful |= has_doubt(utf8_prefix(
        std::string_view(reply.text).substr(std::min(other.text.size(), reply.text.size())), 4000));
    reply.text = other.text;
    reply.why.push_back("quote nodes of the HTML part");
    return;
  }
  reply.disagrees |= !said.empty() && !shown.empty() && !share_words(said, shown);
}

}  // namespace

ReplyText reply_text(const Letter& letter, std::string_view notice) {
  const NoticeShingles shingles(utf8_prefix(notice, max_text));
  ReplyText reply = cut_quotes(letter.text, shingles);
  compare_with_html(reply, letter.reply_html_text, shingles);
  // A mailto: button writes the word into the subject.
  if (const auto verb = find_verb(letter.subject); verb && *verb != Verb::acknowledge) {
    reply.text = letter.subject + (reply.text.empty() ? "" : "\n\n" + reply.text);
    reply.why.push_back("the subject is the word");
  }
  return reply;
}

std::string text_outside_quote(const Letter& letter) {
  std::vector<Line> lines = read_lines(utf8_prefix(letter.text, max_text), max_lines);
  cut_below(lines);
  const auto signature = std::ranges::find(lines, std::string_view("-- "), &Line::text);
  lines.erase(signature, lines.end());
  return own_text(lines);
}

}  // namespace tertius
