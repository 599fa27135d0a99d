// The coach's rules on what must not stand in a pitch: old mail, gaps to fill in, words to the connector,
// secrets.

#include <algorithm>
#include <array>
#include <cctype>

#include "broker/coach_rules.hpp"
#include "broker/words.hpp"

namespace tertius::rules {

namespace {

bool is_digit(char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; }
bool is_alpha(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

// "> text", ">> text", ">text"; but not "> 50 customers", which begins a sentence.
bool is_quote_line(std::string_view line) {
  line = trim(line);
  if (!line.starts_with('>')) return false;
  while (!line.empty() && (line.front() == '>' || line.front() == ' ')) line.remove_prefix(1);
  return line.empty() || !is_digit(line.front());
}

constexpr auto wrote_words =
    std::to_array<std::string_view>({"wrote", "schrieb", "a ecrit", "escribio", "ha scritto", "escreveu",
                                     "schreef", "skrev", "napisal", "napisala"});

constexpr auto attribution_begins = std::to_array<std::string_view>(
    {" on ", " am ", " le ", " el ", " il ", " em ", " op ", " den ", " w dniu ", " dnia "});

// "On Mon, 3 Mar 2025 at 10:01, Bob wrote:" in several languages; not "In 2019 Christensen wrote:".
bool is_attribution(std::string_view line) {
  line = trim(line);
  if (!line.ends_with(':') || std::ranges::none_of(line, is_digit)) return false;
  const auto form = spaced(line);
  const bool begins =
      std::ranges::any_of(attribution_begins, [&](auto word) { return form.starts_with(word); });
  return (begins || line.find('@') != std::string_view::npos) && has_any_phrase(form, wrote_words);
}

constexpr auto divider_words = std::to_array<std::string_view>(
    {"original message", "forwarded message", "begin forwarded message", "ursprungliche nachricht",
     "weitergeleitete nachricht", "message d'origine", "mensaje original", "messaggio originale"});

bool is_divider(std::string_view line) {
  line = trim(line);
  const bool ruled = line.starts_with("--") || line.starts_with("__") || line.ends_with(':');
  return ruled && has_any_phrase(spaced(line), divider_words);
}

constexpr auto header_names = std::to_array<std::string_view>({
    "from:",
    "sent:",
    "to:",
    "cc:",
    "subject:",
    "date:",
    "reply-to:",
    "von:",
    "gesendet:",
    "an:",
    "betreff:",
    "de:",
    "envoye:",
    "objet:",
    "para:",
    "enviado:",
    "asunto:",
    "message-id:",
});

bool is_header_line(std::string_view line) {
  const auto folded = fold(trim(line).substr(0, 20));
  return std::ranges::any_of(header_names, [&](auto name) { return folded.starts_with(name); });
}

// The first line of old mail in the text.
std::optional<Wording> find_old_mail(std::string_view text) {
  std::string_view previous;
  for (const auto line : split_lines(text)) {
    if (is_quote_line(line))
      return wording("The pitch has a line quoted from another mail: {}", snippet(line));
    if (is_attribution(line))
      return wording("The pitch still has the line above a quoted mail: {}", snippet(line));
    // Clients wrap the attribution: "On Monday, 3 March 2025, Bob Stone\n<bob@example.org> wrote:".
    if (is_attribution(std::string(previous) + " " + std::string(line)) && fold(previous).starts_with("on "))
      return wording("The pitch still has the line above a quoted mail: {}", snippet(previous));
    if (is_divider(line)) return wording("The pitch holds a forwarded mail: {}", snippet(line));
    if (is_header_line(line) && is_header_line(previous))
      return wording("The pitch still has the headers of another mail: {}", snippet(previous));
    previous = line;
  }
  return std::nullopt;
}

// Words that stand in brackets where a writer means to fill something in.
constexpr auto gap_words = std::to_array<std::string_view>({
    "name",   "firstname", "lastname", "fullname",   "company",     "organisation", "organization", "insert",
    "title",  "role",      "position", "date",       "link",        "url",          "topic",        "xx",
    "xxx",    "todo",      "tbd",      "tba",        "placeholder", "city",         "number",       "product",
    "reason", "fill",      "add",      "target",     "recipient",   "sender",       "contact",      "your",
    "their",  "industry",  "school",   "university", "project",     "specific",     "signature",
});

struct Brackets {
  std::string_view open, close;
};
constexpr auto brackets =
    std::to_array<Brackets>({{"{{", "}}"}, {"[", "]"}, {"{", "}"}, {"<", ">"}, {"%%", "%%"}});

bool is_gap(std::string_view inside, const Brackets& kind) {
  constexpr std::size_t longest = 50;
  if (inside.empty() || inside.size() > longest || inside.find('\n') != std::string_view::npos) return false;
  if (inside.find_first_of("@/") != std::string_view::npos) return false;  // <bob@example.org>, <https://...>
  if (kind.open == "{{" || kind.open == "%%") return true;
  std::string plain(inside);
  std::ranges::replace(plain, '_', ' ');
  return has_any_phrase(spaced(plain), gap_words);
}

std::string_view find_bracketed_gap(std::string_view text) {
  for (const auto& kind : brackets) {
    for (auto open = text.find(kind.open); open != std::string_view::npos;
         open = text.find(kind.open, open + 1)) {
      const auto begin = open + kind.open.size();
      const auto length = text.substr(begin, 64).find(kind.close);
      if (length == std::string_view::npos || !is_gap(text.substr(begin, length), kind)) continue;
      const auto end = begin + length + kind.close.size();
      const bool link = end < text.size() && text[end] == '(' && kind.open == "[";  // Markdown
      if (!link) return text.substr(open, end - open);
    }
  }
  return {};
}

constexpr auto gap_phrases = std::to_array<std::string_view>({
    "lorem ipsum",
    "insert name",
    "insert your name",
    "insert company",
    "insert your company",
    "insert here",
    "insert link",
    "insert date",
    "insert title",
    "insert role",
    "insert reason",
    "insert topic",
    "your name here",
    "company name here",
});
// As typed: "todo" is a Spanish word, and kisses are "xx".
constexpr auto gap_marks =
    std::to_array<std::string_view>({"XXX", "XXXX", "XXXXX", "xxx", "TBD", "TODO", "TBA", "FIXME"});

std::string find_gap_phrase(const Passage& pitch) {
  for (const auto phrase : gap_phrases) {
    if (has_phrase(pitch.spaced, phrase)) return std::string(phrase);
  }
  std::string words(pitch.text);
  std::ranges::replace_if(
      words, [](char c) { return !is_alpha(c) && !is_digit(c); }, ' ');
  for (const auto word : split_words(words)) {
    if (std::ranges::find(gap_marks, word) != gap_marks.end()) return std::string(word);
  }
  return {};
}

constexpr auto to_connector_phrases = std::to_array<std::string_view>({
    "feel free to edit",
    "feel free to tweak",
    "feel free to change this",
    "edit this as you",
    "comfortable making the intro*",
    "comfortable making this intro*",
    "comfortable making an intro*",
    "comfortable introducing me",
    "would you make an intro*",
    "could you make an intro*",
    "can you make an intro*",
    "could you make the intro*",
    "would you make the intro*",
    "can you make the intro*",
    "mind making an intro*",
    "mind making the intro*",
    "mind introducing me",
    "willing to introduce me",
    "willing to make an intro*",
    "able to introduce me",
    "able to make an intro*",
    "thanks for making the intro*",
    "thank you for making the intro*",
    "here is a blurb",
    "here's a blurb",
    "blurb you can forward",
    "forward the below",
    "forward the following",
    "forwardable",
});
// Followed by the target's name; "introduce me to your head of data" and "introduce me to you" are asked of
// T.
constexpr auto before_target_phrases = std::to_array<std::string_view>({
    "introduce me to",      "introducing me to",    "introduction to",       "intro to",
    "connect me with",      "connect me to",        "connecting me with",    "connecting me to",
    "put me in touch with", "forward this to",      "pass this to",          "pass this on to",
    "send this to",         "forward this mail to", "forward this email to", "forward my note to",
    "forward this note to", "vouch for me with",    "do you know",           "if you know",
    "how well do you know",
});

// The sentence that speaks to C; empty for none.
std::string find_words_to_connector(const Reading& reading) {
  for (const auto& sentence : reading.pitch.sentences) {
    if (has_any_phrase(sentence.spaced, to_connector_phrases)) return sentence.text;
    for (const auto phrase : before_target_phrases) {
      const auto at = sentence.spaced.find(" " + std::string(phrase) + " ");
      if (at == std::string::npos) continue;
      const auto words = split_words(std::string_view(sentence.spaced).substr(at + phrase.size() + 2));
      if (!words.empty() && is_word_of_name(words.front(), reading.target_words)) return sentence.text;
    }
  }
  return {};
}

constexpr auto secret_phrases = std::to_array<std::string_view>({
    "confidential*",
    "nda",
    "non disclosure",
    "off the record",
    "do not share",
    "don't share",
    "please keep this between us",
    "between you and me",
    "not public yet",
    "vertraulich",
    "confidentiel*",
    "passport number",
    "social security",
});

std::string without_links(std::string_view text) {
  std::string out(text);
  for (auto at = out.find("://"); at != std::string::npos; at = out.find("://", at + 1)) {
    for (auto i = at; i < out.size() && std::isspace(static_cast<unsigned char>(out[i])) == 0; ++i)
      out[i] = ' ';
  }
  return out;
}

// Nine digits or more, parted as telephone and identity numbers are. Sums of money ("1,000,000,000") are
// parted by commas, and dates are shorter.
std::string find_number(std::string_view text) {
  std::string run;
  std::size_t digits = 0;
  for (const char c : without_links(text) + "\n") {
    if (is_digit(c)) ++digits;
    if (is_digit(c) || (!run.empty() && std::string_view(" -./()").find(c) != std::string_view::npos) ||
        (run.empty() && c == '+')) {
      run += c;
      continue;
    }
    if (digits >= 9 && digits <= 16) return std::string(trim(run));
    run.clear();
    digits = 0;
  }
  return {};
}

}  // namespace

Remarks starts_fresh(const Reading& reading) {
  const auto old_mail = find_old_mail(reading.request.pitch);
  if (!old_mail) return {};
  return {{"pitch",
           *old_mail,
           wording("Delete it: {} sees your words alone, so they must stand without an earlier mail.",
                   reading.target_first),
           {}}};
}

Remarks needs_no_editing(const Reading& reading) {
  Remarks remarks;
  std::string gap(find_bracketed_gap(reading.request.pitch));
  if (gap.empty()) gap = find_gap_phrase(reading.pitch);
  if (!gap.empty())
    remarks.push_back({"pitch",
                       wording("The pitch still has a gap to fill in: {}", snippet(gap)),
                       wording("Write out what belongs there; the pitch is forwarded exactly as it stands."),
                       {}});
  const auto to_connector = find_words_to_connector(reading);
  if (!to_connector.empty())
    remarks.push_back({"pitch",
                       wording("This speaks to the person who is to introduce you, not to {}: {}",
                               reading.target_first, snippet(to_connector)),
                       wording("Move it into the cover note, and tell {} directly, for instance: \"Could we "
                               "speak for 20 minutes about ...?\"",
                               reading.target_first),
                       {}});
  return remarks;
}

Remarks keeps_secrets_out(const Reading& reading) {
  const auto hint = wording("Leave it out: the pitch passes through other hands, and can be sent on.");
  for (const auto& sentence : reading.pitch.sentences) {
    if (has_any_phrase(sentence.spaced, secret_phrases))
      return {
          {"pitch", wording("The pitch speaks of something secret: {}", snippet(sentence.text)), hint, {}}};
  }
  const auto number = find_number(reading.request.pitch);
  if (number.empty()) return {};
  return {{"pitch",
           wording("The pitch has what looks like a telephone or identity number: {}", snippet(number)),
           wording("Leave it out: addresses are exchanged when {} accepts.", reading.target_first),
           {}}};
}

}  // namespace tertius::rules
