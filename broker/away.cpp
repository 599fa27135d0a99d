#include "broker/away.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "broker/sentences.hpp"
#include "broker/when.hpp"

namespace tertius::reading {
namespace {

// As Exchange, Outlook, Gmail, Notes, Zimbra, GroupWise and the national webmails write them; folded when
// compared.
constexpr auto subjects = std::to_array<std::string_view>({
    "Automatic reply",
    "Auto reply",
    "Auto-reply",
    "Autoreply",
    "Auto:",
    "Auto :",
    "Yahoo! Auto Response",
    "Automatic response",
    "Auto response",
    "Autoresponse",
    "Autoresponder",
    "Out of office",
    "Out of the office",
    "Out-of-office",
    "OOO:",
    "OOO",
    "Away from office",
    "Away from the office",
    "Away from my mail",
    "On vacation",
    "On annual leave",
    "On leave",
    "Vacation reply",
    "Vacation:",
    "Vacation response",
    "Vacation notice",
    "I am out of office",
    "I am out of the office",
    "I'm out of office",
    "I'm out of the office",
    "Currently out of office",
    "Currently out of the office",
    "Not in the office",
    "Away:",
    "I am away",
    "I'm away",
    "On holiday",  // en
    "Automatische Antwort",
    "Abwesenheitsnotiz",
    "Abwesenheit",
    "Abwesend",
    "Abwesenheitsmeldung",
    "Abwesenheitsassistent",
    "Automatische Rückantwort",
    "Automatische Abwesenheit",
    "Nicht im Büro",
    "Ich bin im Urlaub",
    "Urlaub:",
    "Außer Haus",  // de
    "Réponse automatique",
    "Absence du bureau",
    "Absent du bureau",
    "Absence :",
    "Absence:",
    "Message d'absence",
    "Absent(e)",
    "Je suis absent",
    "Notification d'absence",
    "En congé",
    "Message automatique",
    "Hors du bureau",  // fr
    "Respuesta automática",
    "Fuera de la oficina",
    "Fuera de oficina",
    "Ausente de la oficina",
    "Ausencia",
    "Contestación automática",  // es
    "Resposta automática",
    "Fora do escritório",
    "Ausência temporária",
    "Ausente do escritório",
    "Mensagem automática",
    "Em férias",  // pt
    "Risposta automatica",
    "Fuori sede",
    "Fuori ufficio",
    "Assente",
    "Assenza",
    "Risposta automática",
    "In ferie",  // it
    "Automatisch antwoord",
    "Automatische beantwoording",
    "Afwezig",
    "Afwezigheid",
    "Afwezigheidsbericht",
    "Niet op kantoor",
    "Niet aanwezig",
    "Buiten kantoor",  // nl
    "Autosvar",
    "Automatiskt svar",
    "Frånvarande",
    "Frånvaro",
    "Ej på kontoret",
    "Semester:",  // sv
    "Automatisk svar",
    "Automatiskt",
    "Ikke til stede",
    "Fraværende",
    "Fravær",
    "Ute av kontoret",
    "Ikke på kontoret",  // no, da
    "Autosvar:",
    "Fraværsmeddelelse",  // da
    "Automaattinen vastaus",
    "Poissa",
    "Automaattivastaus",
    "Poissaoloilmoitus",
    "Olen poissa",
    "Lomalla",  // fi
    "Odpowiedź automatyczna",
    "Automatyczna odpowiedź",
    "Autoodpowiedź",
    "Poza biurem",
    "Nieobecność",
    "Nieobecny",  // pl
    "Automatická odpověď",
    "Mimo kancelář",
    "Nepřítomnost",
    "Jsem mimo kancelář",  // cs
    "Automatická odpoveď",
    "Mimo kancelárie",
    "Neprítomnosť",  // sk
    "Automatikus válasz",
    "Házon kívül",
    "Irodán kívül",
    "Távollét",
    "Szabadságon",  // hu
    "Răspuns automat",
    "În afara biroului",
    "Absent din birou",
    "Plecat din birou",  // ro
    "Автоматический ответ",
    "Автоответ",
    "Нет на работе",
    "Нет на месте",
    "Вне офиса",
    "Отсутствую",
    "Отпуск:",  // ru
    "Автоматична відповідь",
    "Автовідповідь",
    "Поза офісом",
    "Немає на місці",  // uk
    "Автоматичен отговор",
    "Извън офиса",         // bg
    "Автоматски одговор",  // mk
    "Αυτόματη απάντηση",
    "Εκτός γραφείου",  // el
    "Otomatik yanıt",
    "Ofis dışında",
    "Ofis dışındayım",
    "Otomatik cevap",  // tr
    "Automatski odgovor",
    "Izvan ureda",
    "Аутоматски одговор",
    "Odsutan",
    "Samodejni odgovor",
    "Zunaj pisarne",  // hr, sr, sl
    "Automaatvastus",
    "Kontorist väljas",
    "Automātiska atbilde",
    "Automatinis atsakymas",
    "Ne biure",  // et, lv, lt
    "自動応答",
    "自動返信",
    "不在通知",
    "不在:",
    "不在のお知らせ",
    "外出中",  // ja
    "自动答复",
    "自动回复",
    "自动应答",
    "自動回覆",
    "自動答覆",
    "外出",
    "不在办公室",
    "休假",  // zh
    "자동 회신",
    "자동회신",
    "자동 응답",
    "부재중",
    "부재 중",
    "자동응답",  // ko
    "رد تلقائي",
    "الرد التلقائي",
    "خارج المكتب",
    "תשובה אוטומטית",
    "מענה אוטומטי",
    "מחוץ למשרד",  // ar, he
    "پاسخ خودکار",
    "स्वचालित उत्तर",  // fa, hi
    "ตอบกลับอัตโนมัติ",
    "การตอบกลับอัตโนมัติ",
    "Trả lời tự động",
    "Thư trả lời tự động",
    "Balasan otomatis",
    "Balasan automatik",
    "Tidak di kantor",  // th, vi, id
    "Resposta automàtica",
    "Fora de l'oficina",
    "Erantzun automatikoa",
    "Sjálfvirkt svar",  // ca, eu, is
});

const std::array<std::string, subjects.size()>& folded_subjects() {
  static const auto all = [] {
    std::array<std::string, subjects.size()> folded;
    for (std::size_t i = 0; i < subjects.size(); ++i) folded[i] = squeezed(subjects[i]);
    return folded;
  }();
  return all;
}

// These begin ordinary subjects too ("On holiday rentals", "On leave policies"): behind them a mark, a date
// or the end is wanted. What only a machine writes needs nothing behind it.
constexpr auto ordinary = std::to_array<std::string_view>(
    {"ooo", "on vacation", "on annual leave", "on leave", "on holiday", "not in the office", "autoresponder",
     "auto response", "poissa", "lomalla", "assente", "ausencia", "外出", "休假"});

bool is_followed_by_a_mark(std::string_view rest) {
  const std::string_view behind = trimmed(rest);
  constexpr auto marks = std::to_array<std::string_view>(
      {":",   "：",  "-",     "\u2013", "\u2014", "(",   "!",   ".",     ",",    "/",  "|",
       "re:", "re ", "until", "till",   "from",   "bis", "vom", "hasta", "fino", "dal"});
  return behind.empty() || (behind.front() >= '0' && behind.front() <= '9') ||
         std::ranges::any_of(marks, [&](auto one) { return behind.starts_with(one); });
}

bool is_prefix(std::string_view plain, std::string_view prefix) {
  if (!plain.starts_with(prefix)) return false;
  return std::ranges::find(ordinary, prefix) == ordinary.end() ||
         is_followed_by_a_mark(plain.substr(prefix.size()));
}

std::string_view find_prefix(std::string_view plain) {
  const auto& all = folded_subjects();
  const auto found = std::ranges::find_if(all, [&](const auto& one) { return is_prefix(plain, one); });
  return found == all.end() ? std::string_view{} : subjects[static_cast<std::size_t>(found - all.begin())];
}

struct Brackets {
  std::string_view open, close;
};
constexpr auto brackets = std::to_array<Brackets>({{"[", "]"}, {"(", ")"}, {"【", "】"}});

// What stands in brackets at the beginning; it is taken from the subject.
std::optional<std::string_view> take_tag(std::string_view& subject) {
  for (const auto& [open, close] : brackets) {
    const std::size_t end = subject.find(close);
    if (!subject.starts_with(open) || end == std::string_view::npos) continue;
    const std::string_view tag = subject.substr(open.size(), end - open.size());
    subject = trimmed(subject.substr(end + close.size()));
    return trimmed(tag);
  }
  return std::nullopt;
}

}  // namespace

std::string_view find_away_subject(std::string_view subject) {
  const std::string folded = squeezed(subject.substr(0, 1000));
  std::string_view plain = folded;
  // "[EXTERNAL] Automatic reply: ...": gateways and lists put tags in front. "【自動返信】 ...",
  // "[Auto-Reply]
  // ...": the tag is the word itself.
  for (std::optional<std::string_view> tag = plain; tag; tag = take_tag(plain)) {
    if (const std::string_view found = find_prefix(*tag); !found.empty()) return found;
    if (const std::string_view found = find_prefix(plain); !found.empty()) return found;
  }
  return {};
}

std::optional<Time> find_return(std::string_view subject, std::string_view text, Time now) {
  std::optional<Time> latest;
  for (std::string_view part : {subject.substr(0, 1000), text.substr(0, 20'000)}) {
    const Text words = read_sentences(part, 600);
    for (std::size_t at = 0; at < words.words.size();) {
      const auto when = find_when(words, at, words.words.size(), now);
      if (!when) break;
      // A day that has passed would be read as next year's: "from 9 March to 20 March".
      const bool near = when->time - now < std::chrono::days{200};
      if (near && (!latest || when->time > *latest)) latest = when->time;
      at = when->last;
    }
  }
  return latest;
}

}  // namespace tertius::reading
