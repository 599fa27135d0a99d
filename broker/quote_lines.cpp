#include "broker/quote_lines.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "broker/sentences.hpp"

namespace tertius::reading {
namespace {

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

// ">" by custom (RFC 3676 4.5); "|" from some newsreaders, the others from those who write with quotation
// marks.
constexpr auto quote_marks = std::to_array<std::string_view>({">", "| ", "\xEF\xBC\x9E", "\xC2\xBB"});

// "> > text", ">> text", "| text": how many marks, and what follows them.
std::size_t strip_marks(std::string_view& text) {
  std::size_t depth = 0;
  while (true) {
    const std::size_t at = text.find_first_not_of(" \t");
    if (at == std::string_view::npos) return depth;
    const std::string_view rest = text.substr(at);
    const auto mark = std::ranges::find_if(quote_marks, [&](auto one) { return rest.starts_with(one); });
    if (mark == quote_marks.end()) return depth;
    text.remove_prefix(at + mark->size());
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

std::string_view header_name(std::string_view plain) {
  const std::size_t colon = std::min(plain.find(':'), plain.find("："));
  if (colon == std::string_view::npos || colon == 0 || colon > 40) return {};
  return trimmed(plain.substr(0, colon));
}

std::unordered_set<std::string_view> split_header_words() {
  std::unordered_set<std::string_view> names;
  for (std::string_view rest = header_words; !rest.empty();) {
    const std::size_t end = std::min(rest.find('|'), rest.size());
    if (end > 0) names.insert(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

bool is_header_line(std::string_view plain) {
  static const auto names = split_header_words();  // asked for every line of every letter
  return names.contains(header_name(plain));
}

// "From: a@example.org Date: Thu, 24 Mar 2016 08:07": HTML whose lines only a style sheet breaks.
bool is_block_in_one_line(std::string_view plain) {
  if (!has_address(plain) || !has_date(plain)) return false;
  constexpr auto second = std::to_array<std::string_view>({" date: ", " sent: ", " to: ", " subject: "});
  return plain.starts_with("from: ") && holds_any(plain, second);
}

// Of a whole one, or as much as stands on a line that a client broke.
bool begins_with_token(std::string_view text) {
  constexpr std::size_t shortest = 12;
  const std::string_view token = text.substr(0, text.find_first_not_of("abcdefghijklmnopqrstuvwxyz234567"));
  const std::string_view rest = text.substr(token.size());
  const bool ends = rest.empty() || !(is_digit(rest.front()) || rest.front() == '-' || rest.front() == '_');
  return token.size() >= shortest && has_digit(token) && ends;
}

}  // namespace

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_rule_mark(char c) { return c == '-' || c == '_' || c == '=' || c == '*' || c == '#'; }

bool has_digit(std::string_view text) { return std::ranges::any_of(text, is_digit); }

bool has_date(std::string_view text, std::size_t least) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    groups += is_digit(text[i]) && (i == 0 || !is_digit(text[i - 1]));
  return groups >= least;
}

std::size_t next_filled(const std::vector<Line>& lines, std::size_t at) {
  while (at < lines.size() && lines[at].part == Part::blank) ++at;
  return at;
}

bool has_address(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && at + 3 < text.size() && text[at - 1] != ' ' &&
         text[at + 1] != ' ';
}

Line read_line(std::string_view text) {
  Line line;
  line.text = text;
  line.depth = strip_marks(text);
  line.plain = without_emphasis(text);
  if (line.depth > 0)
    line.part = Part::quoted, line.why = "marked with >";
  else if (line.plain.empty())
    line.part = Part::blank;
  return line;
}

std::vector<Line> read_lines(std::string_view text, std::size_t most) {
  std::vector<Line> lines;
  // A line takes eighty octets: a vector that grows would hold three times as many as there are.
  lines.reserve(std::min(most, static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1));
  while (!text.empty() && lines.size() < most) {
    lines.push_back(read_line(take_line(text)));
  }
  return lines;
}

// "https://host/d/<token>/forward", also as a gateway wraps it ("%2Fd%2F"). A link of the person's own may
// have such a path too ("https://docs.example/document/d/1aBcD..."): our tokens are long and of base32 alone.
bool has_broker_link(std::string_view plain) {
  if (plain.find("://") == std::string_view::npos && plain.find("%3a%2f%2f") == std::string_view::npos)
    return false;
  constexpr auto pages =
      std::to_array<std::string_view>({"/d/", "/undo/", "/now/", "/confirm/", "/show/", "/stop/", "/choose/",
                                       "/sign-in/", "%2fd%2f", "%2fundo%2f", "%2fnow%2f", "%2fconfirm%2f",
                                       "%2fshow%2f", "%2fstop%2f", "%2fchoose%2f", "%2fsign-in%2f"});
  return std::ranges::any_of(pages, [&](std::string_view page) {
    const std::size_t at = plain.find(page);
    return at != std::string_view::npos && begins_with_token(plain.substr(at + page.size()));
  });
}

std::size_t header_block_length(const std::vector<Line>& lines, std::size_t at) {
  if (!is_header_line(lines[at].plain)) return 0;
  if (is_block_in_one_line(lines[at].plain)) return 1;
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
  if ((plain.ends_with(':') || plain.ends_with("：")) && holds_any(plain, original_words) && headers_follow)
    return true;
  // Yahoo goes on with the headers on the same line: "----- Forwarded Message ----- From: ...".
  if (front >= 4 && text.find("----", front) != std::string_view::npos)
    return holds_any(plain, original_words);
  if (front < 2 || !is_rule_mark(text.back())) return false;
  return holds_any(plain, original_words) || headers_follow;
}

bool is_forward_line(const std::vector<Line>& lines, std::size_t at) {
  const std::string_view plain = lines[at].plain;
  const std::size_t next = next_filled(lines, at + 1);
  return plain.ends_with(':') && holds_any(plain, original_words) && next < lines.size() &&
         is_header_line(lines[next].plain);
}

}  // namespace tertius::reading
