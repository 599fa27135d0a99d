#include "broker/signature.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "broker/sentences.hpp"
#include "broker/verbs.hpp"

namespace tertius::reading {
namespace {

constexpr auto device_lines = std::to_array<std::string_view>({"sent from my ",
                                                               "sent from mobile",
                                                               "sent from yahoo",
                                                               "sent from outlook",
                                                               "sent from mail for",
                                                               "sent from gmail",
                                                               "sent from proton",
                                                               "sent from a ",
                                                               "sent from an ",
                                                               "sent via ",
                                                               "sent with ",
                                                               "sent on the go",
                                                               "sent using ",
                                                               "sent by my ",
                                                               "sent wirelessly ",
                                                               "sent from mailbox",
                                                               "envoye sans fil ",
                                                               "sent from the all new",
                                                               "sent from samsung",
                                                               "sent from blackberry",
                                                               "sent from windows",
                                                               "sent from iphone",
                                                               "sent from ipad",
                                                               "get outlook for ",
                                                               "typed on ",
                                                               "excuse typos",
                                                               "excuse my brevity",
                                                               "gesendet von ",
                                                               "gesendet mit ",
                                                               "gesendet aus ",
                                                               "gesendet uber ",
                                                               "diese nachricht wurde von mein",
                                                               "von outlook fur",
                                                               "outlook fur ios",
                                                               "outlook fur android",
                                                               "holen sie sich outlook",
                                                               "laden sie outlook",
                                                               "beziehen sie outlook",
                                                               "diese nachricht wurde mit ",
                                                               "sent from nine",
                                                               "sent from spark",
                                                               "sent from bluemail",
                                                               "sent from aol",
                                                               "yahoo mail: search, organi",
                                                               "envoye via ",
                                                               "obtenez outlook",
                                                               "outlook pour ios",
                                                               "outlook pour android",
                                                               "outlook fur android",
                                                               "envoye de ",
                                                               "envoye depuis ",
                                                               "envoye a partir ",
                                                               "envoyé avec ",
                                                               "envoye avec ",
                                                               "obtenir outlook",
                                                               "telecharger outlook",
                                                               "enviado desde ",
                                                               "enviado de ",
                                                               "enviado do ",
                                                               "enviado via ",
                                                               "enviado a partir ",
                                                               "obtener outlook",
                                                               "obter o outlook",
                                                               "inviato da ",
                                                               "inviato con ",
                                                               "scarica outlook",
                                                               "verzonden vanaf ",
                                                               "verstuurd vanaf ",
                                                               "verzonden met ",
                                                               "verstuurd met ",
                                                               "outlook voor ",
                                                               "skickat fran ",
                                                               "sendt fra ",
                                                               "skickades fran ",
                                                               "hamta outlook",
                                                               "hent outlook",
                                                               "wyslane z ",
                                                               "wyslano z ",
                                                               "pobierz outlook",
                                                               "odeslano z",
                                                               "lahetetty ",
                                                               "iphonesta lahetetty",
                                                               "kuldve ",
                                                               "trimis de pe ",
                                                               "отправлено с ",
                                                               "отправлено из ",
                                                               "надіслано з ",
                                                               "iphoneから送信",
                                                               "ipadから送信",
                                                               "iphone から送信",
                                                               "androidから送信",
                                                               "发自我的",
                                                               "從我的",
                                                               "从我的",
                                                               "發自我的",
                                                               "来自我的",
                                                               "나의 iphone에서 보냄",
                                                               "iphone'umdan gonderildi",
                                                               "poslano z",
                                                               "trimis din"});

// These begin sentences too ("Please excuse me, but no"): one of the words behind tells.
struct DeviceLine {
  std::string_view begins;
  std::string_view holds;  // separated by '|'
};
constexpr auto likely_device_lines = std::to_array<DeviceLine>(
    {{"please excuse", "typo|brevity|brief|spelling|error|mistake|autocorrect"},
     {"von meinem ", "gesendet|iphone|ipad|galaxy|samsung|android|handy|smartphone|tablet"},
     {"von yahoo", "gesendet"},
     {"von unterwegs", "gesendet|geschickt|geschrieben"},
     {"provenance", "courrier|mail|outlook"},
     {"via mobile", "mobile"}});

// No program says no; a person who begins like one may.
constexpr auto refusals =
    std::to_array<std::string_view>({" not ", "n't ", " no ", " nicht ", " nein ", " kein", " pas ", " non ",
                                     " ignore", " but ", " aber ", " mais "});

constexpr auto disclaimer_beginnings = std::to_array<std::string_view>({"confidentiality notice",
                                                                        "disclaimer",
                                                                        "this email and any",
                                                                        "this e-mail and any",
                                                                        "this message and any",
                                                                        "this message is intended",
                                                                        "this email is intended",
                                                                        "this e-mail is intended",
                                                                        "this email is confidential",
                                                                        "this e-mail is confidential",
                                                                        "the information contained in this",
                                                                        "the information in this",
                                                                        "the contents of this",
                                                                        "legal notice",
                                                                        "important notice",
                                                                        "privileged and confidential",
                                                                        "diese e-mail enthalt",
                                                                        "diese nachricht enthalt",
                                                                        "diese e-mail ist",
                                                                        "diese nachricht ist",
                                                                        "ce message et toutes",
                                                                        "ce message est",
                                                                        "ce courriel",
                                                                        "este mensaje",
                                                                        "este correo",
                                                                        "aviso legal",
                                                                        "aviso de confidencialidad",
                                                                        "esta mensagem",
                                                                        "este e-mail",
                                                                        "este email",
                                                                        "questo messaggio",
                                                                        "questa e-mail",
                                                                        "le informazioni contenute",
                                                                        "dit bericht",
                                                                        "deze e-mail",
                                                                        "de informatie in",
                                                                        "detta meddelande",
                                                                        "detta e-post",
                                                                        "niniejsza wiadomosc",
                                                                        "wiadomosc ta",
                                                                        "virus-free",
                                                                        "virenfrei"});
constexpr auto disclaimer_words = std::to_array<std::string_view>({"confidential",
                                                                   "intended recipient",
                                                                   "intended solely",
                                                                   "intended only",
                                                                   "unauthor",
                                                                   "privileged",
                                                                   "notify the sender",
                                                                   "delete this",
                                                                   "delete it",
                                                                   "vertraulich",
                                                                   "empfanger",
                                                                   "unbefugt",
                                                                   "confidentiel",
                                                                   "destinataire",
                                                                   "confidencial",
                                                                   "destinatario",
                                                                   "riservat",
                                                                   "vertrouwelijk",
                                                                   "geadresseerde",
                                                                   "konfidentiell",
                                                                   "mottagare",
                                                                   "poufn",
                                                                   "adresat",
                                                                   "prohibited",
                                                                   "strictly",
                                                                   "viruses",
                                                                   "avast",
                                                                   "virus",
                                                                   "copying",
                                                                   "disclos",
                                                                   "print this"});

template <std::size_t n>
bool holds_any(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

bool holds_one_of(std::string_view text, std::string_view words) {
  for (; !words.empty(); words.remove_prefix(std::min(words.find('|'), words.size() - 1) + 1))
    if (text.find(words.substr(0, words.find('|'))) != std::string_view::npos) return true;
  return false;
}

// "Sent from Mail<https://...> for Windows", "Sent with [Proton Mail](https://...)".
std::string without_links(std::string_view plain) {
  std::string out;
  for (std::size_t at = 0; at < plain.size(); ++at) {
    const std::string_view rest = plain.substr(at);
    const bool link = rest.starts_with("<http") || rest.starts_with("(http");
    if (link) at += std::min(rest.find(rest.front() == '<' ? '>' : ')'), rest.size());
    if (!link && rest.front() != '[' && rest.front() != ']') out += rest.front();
  }
  return out;
}

bool is_only(std::string_view text, char mark, std::size_t least) {
  return text.size() >= least && text.find_first_not_of(mark) == std::string_view::npos;
}

void cut(std::vector<Line>& lines, std::size_t first, std::size_t last, std::string_view why) {
  for (std::size_t i = first; i < last; ++i)
    if (lines[i].part == Part::own) lines[i].part = Part::quoted, lines[i].why = why;
}

bool is_list_footer(const std::vector<Line>& lines, std::size_t at, std::size_t last) {
  if (!is_only(lines[at].plain, '_', 2) && !is_only(lines[at].plain, '-', 20)) return false;
  for (std::size_t i = at + 1; i < std::min(last, at + 4); ++i)
    if (lines[i].plain.find("mailing list") != std::string::npos ||
        lines[i].plain.find("unsubscribe") != std::string::npos)
      return true;
  return false;
}

void mark_disclaimers(std::vector<Line>& lines, std::size_t first, std::size_t last) {
  for (std::size_t begin = first; begin < last;) {
    std::size_t end = begin;
    std::string paragraph;
    while (end < last && lines[end].part == Part::own) paragraph.append(lines[end++].plain).append(" ");
    if (is_disclaimer(paragraph)) cut(lines, begin, end, "disclaimer");
    begin = std::max(end, begin + 1);
  }
}

// "-Ann Lee", "/Jan": a name behind a dash, the last words of a letter.
bool is_dashed_name(const Line& line) {
  std::string_view text = trimmed(line.text);
  if (text.size() < 3 || text.size() > 40 || (text.front() != '-' && text.front() != '/')) return false;
  text.remove_prefix(1);
  const auto is_capital = [](char c) { return (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; };
  for (std::size_t at = 0; at < text.size(); at = std::min(text.find(' ', at), text.size() - 1) + 1)
    if (!is_capital(text[at])) return false;
  return text.find_first_of(".,:;!?") == text.npos && !find_verb(text);
}

void mark_dashed_name(std::vector<Line>& lines, std::size_t first, std::size_t last) {
  while (last > first && lines[last - 1].part != Part::own) --last;
  if (last <= first + 1 || !is_dashed_name(lines[last - 1])) return;
  const bool said = std::any_of(lines.begin() + static_cast<std::ptrdiff_t>(first),
                                lines.begin() + static_cast<std::ptrdiff_t>(last) - 1,
                                [](const Line& line) { return line.part == Part::own; });
  if (said && lines[last - 2].part == Part::blank) cut(lines, last - 1, last, "signature");
}

// Marks device lines on its way; returns where a signature or a list's footer begins.
std::size_t find_signature(std::vector<Line>& lines, std::size_t first, std::size_t last) {
  bool said = false;
  for (std::size_t i = first; i < last; ++i) {
    if (lines[i].part != Part::own) continue;
    const bool alone = lines[i].plain == "--";
    if ((is_signature_mark(lines[i]) && (said || alone)) || is_list_footer(lines, i, last)) return i;
    if (is_device_line(lines[i]))
      cut(lines, i, i + 1, "device line");
    else
      said = true;
  }
  return last;
}

}  // namespace

// "-- " by custom (RFC 3676 4.3); many programs lose the space or write one long dash or a run of
// underscores.
bool is_signature_mark(const Line& line) {
  const std::string_view text = trimmed(line.text);
  return text == "--" || text == "__" || text == "\xE2\x80\x94" || text == "\xE2\x80\x93" ||
         text == "\xE2\x80\x94\xE2\x80\x94";
}

bool is_device_line(const Line& line) {
  // "Sent from my desk, which is easier than my phone" is a sentence.
  const std::string shown = without_links(line.plain);
  const bool excuses = holds_one_of(line.plain, "typo|brevity|autocorrect|tippfehler|fautes de frappe");
  const bool is_sentence = line.plain.ends_with('.') && line.plain.find(',') != std::string::npos;
  if (shown.size() > 120 || (is_sentence && !excuses)) return false;
  std::string_view plain = shown;
  while (!plain.empty() && std::string_view("-_(<~ ").find(plain.front()) != std::string_view::npos)
    plain.remove_prefix(1);
  const std::string spaced = " " + std::string(plain) + " ";
  if (holds_any(spaced, refusals)) return false;
  return std::ranges::any_of(device_lines, [&](std::string_view one) { return plain.starts_with(one); }) ||
         std::ranges::any_of(likely_device_lines, [&](const DeviceLine& one) {
           return plain.starts_with(one.begins) && holds_one_of(plain, one.holds);
         });
}

bool is_disclaimer(std::string_view plain) {
  std::size_t hits = 0;
  for (std::string_view word : disclaimer_words) hits += plain.find(word) != std::string_view::npos;
  for (std::string_view beginning : disclaimer_beginnings)
    if (plain.starts_with(beginning)) return hits >= 1 && plain.size() >= 60;
  return hits >= 3 && plain.size() >= 120;
}

void mark_footers(std::vector<Line>& lines, std::size_t first, std::size_t last) {
  const std::size_t signature = find_signature(lines, first, last);
  cut(lines, signature, last, "signature");
  mark_dashed_name(lines, first, signature);
  mark_disclaimers(lines, first, signature);
}

}  // namespace tertius::reading
