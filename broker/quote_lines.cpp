#include "broker/quote_lines.hpp"

#include <algorithm>
#include <array>

#include "broker/sentences.hpp"

namespace tertius::reading {
namespace {

constexpr std::size_t max_attribution = 400;

// "wrote" and its like; with one of these an attribution needs no date beside the address, or no address
// beside the date.
constexpr auto wrote = std::to_array<std::string_view>({"wrote",
                                                        "writes",
                                                        "schrieb",
                                                        "schreibt",
                                                        "a ecrit",
                                                        "ecrit",
                                                        "escribio",
                                                        "escreveu",
                                                        "ha scritto",
                                                        "scrive",
                                                        "scritto",
                                                        "schreef",
                                                        "skrev",
                                                        "napisal",
                                                        "napisala",
                                                        "napisal(a)",
                                                        "pisze",
                                                        "napsal",
                                                        "napsala",
                                                        "napisao",
                                                        "napisala",
                                                        "kirjoitti",
                                                        "yazdi",
                                                        "sunlari yazdi",
                                                        "написал",
                                                        "написала",
                                                        "пишет",
                                                        "написав",
                                                        "пише",
                                                        "写道",
                                                        "寫道",
                                                        "のメール",
                                                        "書きました",
                                                        "wrote on",
                                                        "작성",
                                                        "님이 작성",
                                                        "irta",
                                                        "a scris",
                                                        "scris",
                                                        "έγραψε",
                                                        "εγραψε",
                                                        "va escriure",
                                                        "kirjutas",
                                                        "viet",
                                                        "da viet",
                                                        "menulis",
                                                        "skrifadi",
                                                        "הביא",
                                                        "כתב",
                                                        "كتب",
                                                        "ezt irta",
                                                        "geschreven",
                                                        "het volgende geschreven",
                                                        "følgende",
                                                        "folgendes geschrieben"});

// The names of header lines in quoted blocks, folded.
constexpr std::string_view header_words =
    "|from|sent|to|cc|bcc|subject|date|reply-to|importance|attachments|von|gesendet|an|betreff|datum|kopie|"
    "antwort an|de|envoye|envoye le|a|objet|date|cc|"
    "enviado|enviado el|enviada|enviada em|enviado "
    "em|para|asunto|assunto|fecha|data|da|inviato|inviata|inviato il|oggetto|van|verzonden|verzonden "
    "op|aan|onderwerp|"
    "fran|skickat|till|amne|kopia|fra|sendt|til|emne|dato|od|wyslano|wyslane|do|temat|dw|odeslano|odoslane|"
    "komu|predmet|kedy|datum|lahettaja|lahetetty|vastaanottaja|aihe|paivays|kopio|"
    "felado|kuldve|cimzett|targy|kitol|kinek|de "
    "la|trimis|catre|subiect|kimden|gonderildi|kime|konu|gonderen|tarih|poslano|prima|za|tema|salje|"
    "от|отправлено|кому|тема|дата|от "
    "кого|від|надіслано|копия|копія|差出人|送信日時|宛先|件名|日付|发件人|发送时间|收件人|主题|日期|抄送|"
    "寄件者|寄件日期|收件者|主旨|"
    "보낸 사람|보낸 날짜|받는 사람|제목|날짜|απο|προς|θεμα|ημερομηνια|מאת|נשלח|אל|נושא|";

// Inside "-----...-----", or before a colon as Apple Mail and Gmail write it.
constexpr auto original_words = std::to_array<std::string_view>(
    {"original",       "originl",      "origen",         "ursprung",   "urspruenglich", "opprinnelig",
     "oprindelig",     "alkuperainen", "oryginaln",      "wiadomosc",  "puvodni",       "povodna",
     "eredeti",        "исходное",     "оригинальн",     "пересыла",   "forward",       "weitergeleitet",
     "transfere",      "transferido",  "reenviad",       "encaminhad", "inoltrat",      "doorgestuurd",
     "vidarebefordra", "videresend",   "videresendt",    "przekazan",  "preposlan",     "preposi",
     "tovabbitott",    "edelleen",     "valitetty",      "valitetyn",  "iletilen",      "yonlendir",
     "mesaj",          "message",      "nachricht",      "messaggio",  "mensaje",       "mensagem",
     "bericht",        "meddelande",   "melding",        "viesti",     "uzenet",        "zprava",
     "sprava",         "poruk",        "сообщени",       "повідомлен", "原始邮件",      "转发",
     "轉寄",           "原始郵件",     "元のメッセージ", "転送",       "원본",          "전달된",
     "citat",          "redirec"});

template <std::size_t n>
bool holds_any(std::string_view text, const std::array<std::string_view, n>& words) {
  return std::ranges::any_of(
      words, [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

// As whole words: "presented" is not "sent". Ideographs stand without spaces.
bool has_verb(std::string_view text) {
  const auto is_inside = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::string_view verb : wrote) {
    for (std::size_t at = text.find(verb); at != std::string_view::npos; at = text.find(verb, at + 1)) {
      const std::size_t end = at + verb.size();
      const bool begins = at == 0 || !is_inside(text[at - 1]);
      if (begins && (end == text.size() || !is_inside(text[end]))) return true;
    }
  }
  return false;
}

bool ends_with_verb(std::string_view text) {
  return std::ranges::any_of(wrote, [&](std::string_view verb) { return text.ends_with(verb); });
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }
bool is_rule_mark(char c) { return c == '-' || c == '_' || c == '=' || c == '*' || c == '#'; }

// "> > text", ">> text", "| text": how many marks, and what follows them.
std::size_t strip_marks(std::string_view& text) {
  std::size_t depth = 0;
  while (true) {
    const std::size_t at = text.find_first_not_of(" \t");
    if (at == std::string_view::npos || text[at] != '>') return depth;
    text.remove_prefix(at + 1);
    ++depth;
  }
}

std::string without_emphasis(std::string_view text) {
  std::string plain = squeezed(text);
  std::erase(plain, '*');
  if (plain.starts_with('_') && plain.ends_with('_') && plain.size() > 2 &&
      plain.find_first_not_of('_') != std::string::npos)
    plain = plain.substr(1, plain.size() - 2);
  return plain;
}

std::size_t next_filled(const std::vector<Line>& lines, std::size_t at) {
  while (at < lines.size() && lines[at].part == Part::blank) ++at;
  return at;
}

bool ends_like_attribution(std::string_view text) {
  return text.ends_with(':') || text.ends_with("：") || text.ends_with(":>") || text.ends_with(": >");
}

bool has_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 3 < text.size() && text[at - 1] != ' ' &&
         text[at + 1] != ' ';
}

// Dates have two digit groups: a day or an hour, and a year or minutes.
bool has_date(std::string_view text) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    groups += is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1]));
  return groups >= 2;
}

// Zoho and others draw dashes around it, and some write no colon.
std::string_view without_rules(std::string_view text) {
  while (!text.empty() && (is_rule_mark(text.front()) || text.front() == ' ')) text.remove_prefix(1);
  while (!text.empty() && (is_rule_mark(text.back()) || text.back() == ' ')) text.remove_suffix(1);
  return text;
}

bool is_attribution(std::string_view written, bool above_marks) {
  const std::string_view text = without_rules(written);
  const bool colon = ends_like_attribution(text);
  if (text.size() > max_attribution || !(colon || ends_with_verb(text))) return false;
  const bool verb = has_verb(text);
  if (!colon) return has_date(text) && (has_address(text) || above_marks);
  if (above_marks) return (verb && text.size() < 200) || has_address(text) || has_date(text);
  return (has_address(text) && (verb || has_date(text))) || (verb && has_date(text));
}

// "On Tue, 2011-03-01 at 18:02 +0530, Abhishek Kona" may begin an attribution; "I saw it." may not.
bool may_begin_attribution(std::string_view text) {
  if (text.empty() || ends_like_attribution(text)) return !text.empty();
  const char last = text.back();
  return last != '.' && last != '!' && last != '?' ? true : has_digit(text);
}

bool begins_like_attribution(std::string_view text) {
  constexpr auto beginnings = std::to_array<std::string_view>(
      {"on ", "am ", "le ", "el ", "em ",  "il ", "op ", "den ", "pa ", "dnia ", "w dniu ", "dne ", "a(z) ",
       "в ",  "於 ", "在 ", "as ", "the ", "ha ", "pe ", "um ",  "a ",  "om ",   "no ",     "от "});
  return has_digit(text) || has_address(text) ||
         std::ranges::any_of(beginnings, [&](auto one) { return text.starts_with(one); });
}

std::string_view without_colon(std::string_view text) {
  return text.substr(0, text.find_last_not_of(": ") + 1);
}

std::string_view header_name(std::string_view plain) {
  const std::size_t colon = std::min(plain.find(':'), plain.find("："));
  if (colon == std::string_view::npos || colon == 0 || colon > 40) return {};
  return trimmed(plain.substr(0, colon));
}

bool is_header_line(std::string_view plain) {
  const std::string_view name = header_name(plain);
  return !name.empty() && header_words.find("|" + std::string(name) + "|") != std::string_view::npos;
}

}  // namespace

std::vector<Line> read_lines(std::string_view text, std::size_t most) {
  std::vector<Line> lines;
  for (std::string_view raw : lines_of(text)) {
    if (lines.size() == most) break;
    Line line;
    line.text = raw;
    std::string_view inner = raw;
    line.depth = strip_marks(inner);
    line.plain = without_emphasis(inner);
    if (line.depth > 0)
      line.part = Part::quoted, line.why = "marked with >";
    else if (line.plain.empty())
      line.part = Part::blank;
    lines.push_back(std::move(line));
  }
  return lines;
}

// "https://host/d/<token>/forward", also as a gateway wraps it ("%2Fd%2F").
bool has_broker_link(std::string_view plain) {
  if (plain.find("://") == std::string_view::npos && plain.find("%3a%2f%2f") == std::string_view::npos)
    return false;
  constexpr auto paths =
      std::to_array<std::string_view>({"/d/", "/u/", "/s/", "%2fd%2f", "%2fu%2f", "%2fs%2f"});
  for (std::string_view path : paths)
    if (const std::size_t at = plain.find(path); at != std::string_view::npos) {
      const std::string_view token = plain.substr(at + path.size());
      const auto is_token = [](char c) { return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-'; };
      if (std::ranges::find_if_not(token, is_token) - token.begin() >= 4) return true;
    }
  return false;
}

std::size_t attribution_length(const std::vector<Line>& lines, std::size_t at) {
  std::string joined;
  if (!begins_like_attribution(lines[at].plain) && !ends_like_attribution(lines[at].plain)) return 0;
  for (std::size_t i = at; i < std::min(lines.size(), at + 4); ++i) {
    // "... <a@example.com" and then ">:" on a line of its own.
    const bool closes = i > at && lines[i].depth == 1 &&
                        (lines[i].plain == ":" || ends_with_verb(without_colon(lines[i].plain)));
    if (lines[i].part != Part::own && !closes) return 0;
    joined += (joined.empty() ? "" : " ") + lines[i].plain;
    const std::size_t next = next_filled(lines, i + 1);
    const bool above_marks = next < lines.size() && lines[next].depth > 0 && next <= i + 3;
    if (is_attribution(joined, above_marks)) return i - at + 1;
    if (!may_begin_attribution(lines[i].plain) || joined.size() > max_attribution) return 0;
  }
  return 0;
}

std::size_t header_block_length(const std::vector<Line>& lines, std::size_t at) {
  if (!is_header_line(lines[at].plain)) return 0;
  std::size_t headers = 0, addresses = 0, last = at;
  bool has_evidence = false;
  for (std::size_t i = at, other = 0; i < std::min(lines.size(), at + 14) && other <= 1; ++i) {
    if (lines[i].part == Part::blank) continue;
    if (lines[i].part != Part::own) break;
    if (!is_header_line(lines[i].plain)) {
      ++other;
      continue;
    }
    other = 0;
    ++headers;
    last = i;
    addresses += has_address(lines[i].plain);
    has_evidence |= has_address(lines[i].plain) || has_digit(lines[i].plain);
  }
  const bool is_named = lines[at].plain.starts_with("from:") || lines[at].plain.starts_with("date:");
  return (headers >= 3 && has_evidence) ||
                 (headers == 2 && is_named && addresses > 0 && has_evidence && last == at + 1)
             ? last - at + 1
             : 0;
}

bool is_separator(const std::vector<Line>& lines, std::size_t at) {
  const std::string_view plain = lines[at].plain;
  const std::string_view text = trimmed(lines[at].text);
  if (plain.size() > 400) return false;
  const std::size_t next = next_filled(lines, at + 1);
  const bool headers_follow =
      next < lines.size() && (is_header_line(lines[next].plain) || lines[next].depth > 0);
  const std::size_t front = std::min(text.find_first_not_of("-_=*#"), text.size());
  if (front == text.size()) return front >= 5 && headers_follow && header_block_length(lines, next) > 0;
  if (ends_like_attribution(plain) && holds_any(plain, original_words) && headers_follow) return true;
  // Yahoo goes on with the headers on the same line: "----- Forwarded Message ----- From: ...".
  if (front >= 4 && text.find("----", front) != std::string_view::npos)
    return holds_any(plain, original_words);
  if (front < 2 || !is_rule_mark(text.back())) return false;
  return holds_any(plain, original_words) || headers_follow;
}

}  // namespace tertius::reading
