#include "broker/doubtful_lines.hpp"

#include <algorithm>
#include <string>

#include "broker/doubt.hpp"
#include "broker/sentences.hpp"
#include "broker/signature.hpp"

namespace tertius::reading {
namespace {

// "Forward: https://...": what stands beside the link, without it.
std::string beside_link(std::string_view plain) {
  const std::size_t begin = std::min(plain.find("http"), plain.size());
  const std::size_t end = std::min(plain.find_first_of(" >)]", begin), plain.size());
  return std::string(plain.substr(0, begin)) + " " + std::string(plain.substr(end));
}

// A line that the rules cut, and that may all the same be what the person wrote: all but what is marked as
// quote or stands in the notice as it is.
bool is_surely_quote(const Line& line, const NoticeShingles& notice) {
  if (line.part != Part::quoted || line.depth > 0) return true;
  if (line.why == own_link) {
    const std::string rest = beside_link(line.plain);
    return notice.has_words(rest) && read_sentences(rest, 4).words.size() <= 3;
  }
  // Without the notice nothing tells a quote's words from the person's.
  return !notice.is_empty() && notice.has_whole_line(line.plain);
}

// What employers and programs write holds many a "not" and "if".
bool is_written_by_rule(const Line& line) {
  const bool footer = line.why == "disclaimer" || line.why == "device line" || line.why == "signature";
  if (!footer) return false;
  const std::string words = " " + line.plain + " ";
  const bool speaks_of_oneself = words.find(" i ") != words.npos || words.find(" me ") != words.npos ||
                                 words.find(" i'm ") != words.npos || words.find(" ich ") != words.npos ||
                                 words.find(" je ") != words.npos;
  if (line.why == "disclaimer") return !speaks_of_oneself;
  return !speaks_of_oneself && (is_disclaimer(line.plain) || words.find("print") != words.npos ||
                                words.find("typo") != words.npos || words.find("brevity") != words.npos);
}

}  // namespace

bool is_doubtful(const std::vector<Line>& lines, const NoticeShingles& notice) {
  constexpr std::size_t enough = 20;  // more lines than a person is likely to have lost to the rules
  std::size_t looked = 0, of_signature = 0;
  bool in_quote = false;
  for (const Line& line : lines) {
    // Words typed directly below an attribution, before the quote begins. Behind it stand old mails and
    // disclaimers.
    const bool below = line.why.starts_with("below ");
    in_quote |= below && notice.has_line(line.plain);
    if (below && in_quote) continue;
    if (is_surely_quote(line, notice) || is_written_by_rule(line)) continue;
    // The mark and what stands below it; further down are streets and numbers ("No. 5").
    if (line.why == "signature" && ++of_signature > 2 && !line.plain.starts_with("ps")) continue;
    if (++looked > enough) return true;
    if (has_doubt(line.why == own_link ? beside_link(line.plain) : line.plain)) return true;
  }
  return false;
}

}  // namespace tertius::reading
