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
    "Automatic response",
    "Auto response",
    "Autoresponse",
    "Autoresponder",
    "Out of office",
    "Out of the office",
    "Out-of-office",
    "OOO:",
    "OOO ",
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
    "I am out of",
    "I'm out of",
    "Currently out of",
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
    "Извън офиса",  // bg
    "Αυτόματη απάντηση",
    "Εκτός γραφείου",  // el
    "Otomatik yanıt",
    "Ofis dışında",
    "Ofis dışındayım",
    "Otomatik cevap",  // tr
    "Automatski odgovor",
    "Izvan ureda",
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
    "자동 응답",
    "부재중",
    "자동응답",  // ko
    "رد تلقائي",
    "خارج المكتب",
    "תשובה אוטומטית",
    "מחוץ למשרד",  // ar, he
    "ตอบกลับอัตโนมัติ",
    "Trả lời tự động",
    "Balasan otomatis",
    "Tidak di kantor",  // th, vi, id
    "Resposta automàtica",
    "Fora de l'oficina",  // ca
});

// "[EXTERNAL] Automatic reply: ...": gateways and lists put tags in front.
std::string_view without_tags(std::string_view subject) {
  while (subject.starts_with('[')) {
    const std::size_t end = subject.find(']');
    if (end == std::string_view::npos) break;
    subject = subject.substr(end + 1);
    subject.remove_prefix(std::min(subject.find_first_not_of(' '), subject.size()));
  }
  return subject;
}

const std::array<std::string, subjects.size()>& folded_subjects() {
  static const auto all = [] {
    std::array<std::string, subjects.size()> folded;
    for (std::size_t i = 0; i < subjects.size(); ++i) folded[i] = squeezed(subjects[i]);
    return folded;
  }();
  return all;
}

}  // namespace

std::string_view find_away_subject(std::string_view subject) {
  const std::string folded = squeezed(subject.substr(0, 1000));
  const std::string_view plain = without_tags(folded);
  const auto& all = folded_subjects();
  for (std::size_t i = 0; i < all.size(); ++i)
    if (plain.starts_with(all[i])) return subjects[i];
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
