#include "broker/calendar_words.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <span>
#include <unordered_map>

namespace tertius::reading {
namespace {

// Word by word, every letter's text is looked up in these tables some twenty times: so each is a hash table.
using Rows = std::unordered_map<std::string_view, int>;  // the first row that holds the word

Rows index_of(std::span<const std::string_view> rows) {
  Rows index;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::string_view rest = rows[i]; !rest.empty();) {
      const std::size_t end = std::min(rest.find(' '), rest.size());
      index.emplace(rest.substr(0, end), static_cast<int>(i));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return index;
}
Rows index_of(const std::string_view& row) { return index_of({&row, 1}); }

std::optional<int> row_of(const Rows& rows, std::string_view word) {
  const auto found = rows.find(word);
  return found == rows.end() ? std::nullopt : std::optional(found->second);
}

constexpr std::array<std::string_view, 4> units{
    "d day days tag tage tagen jour jours dia dias giorno giorni dag dagar dagen dzien dni 日 天",
    "w wk wks week weeks woche wochen semaine semaines semana semanas settimana settimane weken vecka veckan "
    "veckor veckorna tydzien tygodnie tygodni tygodniu 週 周",
    "mo mos month months monat monate monaten mois mes meses mese mesi maand maanden manad manaden manader "
    "miesiac miesiace miesiecy miesiacu 月",
    "y yr year years jahr jahre jahren an ans annee ano anos anno anni jaar ar rok lata lat roku 年"};

constexpr std::array<std::string_view, 13> numbers{
    "zero null",
    "a an one ein eine einem einer einen un une una uno um uma een en ett jeden jedna 一",
    "two couple zwei paar deux dos dois duas due twee tva dwa dwie 二 两 兩",
    "three few drei trois tres tre drie trzy 三",
    "four vier quatre cuatro quatro quattro fyra cztery 四",
    "five funf fuenf cinq cinco cinque vijf fem piec 五",
    "six sechs seis sei zes sex szesc 六",
    "seven sieben sept siete sete sette zeven sju siedem 七",
    "eight acht huit ocho oito otto atta osiem 八",
    "nine neun neuf nueve nove negen nio dziewiec 九",
    "ten zehn dix diez dez dieci tien tio dziesiec 十",
    "eleven elf onze once undici",
    "twelve zwolf zwoelf douze doce doze dodici twaalf tolv"};

constexpr std::array<std::string_view, 12> months{
    "january januar janner janvier enero janeiro gennaio januari stycznia styczniu styczen jan",
    "february februar fevrier febrero fevereiro febbraio februari lutego lutym luty feb",
    "march marz maerz mars marzo marco maart marca marcu marzec mar",
    "april avril abril aprile kwietnia kwietniu kwiecien apr",
    "may mai mayo maio maggio mei maj maja maju",
    "june juni juin junio junho giugno czerwca czerwcu czerwiec jun",
    "july juli juillet julio julho luglio lipca lipcu lipiec jul",
    "august aout agosto augustus augusti sierpnia sierpniu sierpien aug",
    "september septembre septiembre setembro settembre wrzesnia wrzesniu wrzesien sep sept",
    "october oktober octobre octubre outubro ottobre pazdziernika pazdzierniku pazdziernik oct okt",
    "november novembre noviembre novembro listopada listopadzie listopad nov",
    "december dezember decembre diciembre dezembro dicembre grudnia grudniu grudzien dec dez dic"};
constexpr std::string_view short_months =
    "jan feb mar apr may jun jul aug sep sept oct okt nov dec dez dic mars marco marca mai maj sei juli";

constexpr std::array<std::string_view, 7> weekdays{
    "sunday sonntag dimanche domingo domenica zondag sondag niedziela niedziele niedzieli",
    "monday montag lundi lunes lunedi maandag mandag poniedzialek poniedzialku",
    "tuesday dienstag mardi martes terca martedi dinsdag tisdag wtorek wtorku tue tues",
    "wednesday mittwoch mercredi miercoles quarta mercoledi woensdag onsdag sroda srode srody",
    "thursday donnerstag jeudi jueves quinta giovedi donderdag torsdag czwartek czwartku thu thurs",
    "friday freitag vendredi viernes sexta venerdi vrijdag fredag piatek piatku fri",
    "saturday samstag sonnabend samedi sabado sabato zaterdag lordag sobota sobote soboty"};

constexpr std::string_view next_words =
    "next coming following nachste nachsten nachster nachstes nachstem naechste naechsten naechster "
    "naechstes kommende kommenden kommender prochain prochaine proximo proxima prossimo prossima volgende "
    "komende nasta kommande przyszly przyszlym przyszlego przyszla nastepny nastepnym nastepnego entrante 来 "
    "翌 下";
constexpr std::string_view this_words =
    "this diese diesen dieser dieses cette ce este esta questa questo deze dit denna den tym ten 今 这 本";
constexpr std::string_view tomorrow_words = "tomorrow morgen demain manana amanha domani imorgon jutro";
constexpr std::string_view after_words = "after nach apres despues depois apos dopo na efter po past";
constexpr std::string_view end_words = "end ende fin final fim fine eind slutet koniec koncu";
constexpr std::string_view prepositions =
    "in on until till til by from im am ab bis vom en au a jusqu jusque des hasta desde partir em ate dal "
    "fino ad tot op vanaf i till tills fran pa w we do od since before around mid late early end of di de "
    "for";
constexpr std::string_view articles = "the den dem der le el il o dia de al del dal";
constexpr std::string_view negators = "not nicht pas no nao non niet inte nie";
constexpr std::string_view past_markers =
    "ago for last since past over seit vor depuis hace ha fa geleden voor sedan sen od temu letzte letzten "
    "letzter dernier derniere pasado pasada passado passada scorso scorsa vorige afgelopen forra 前 去 上";

}  // namespace

bool may_begin_date(std::string_view word) {
  static const Rows words = [] {
    Rows all = index_of("明");  // 明天, 明年
    const auto add = [&](const auto& rows) { all.merge(index_of(rows)); };
    add(units), add(numbers), add(months), add(weekdays);
    for (const std::string_view row : {next_words, this_words, tomorrow_words, end_words}) add(row);
    return all;
  }();
  return (!word.empty() && word[0] >= '0' && word[0] <= '9') || words.contains(word);
}

std::optional<Unit> find_unit(std::string_view word) {
  static const Rows rows = index_of(units);
  const auto row = row_of(rows, word);
  return row ? std::optional(static_cast<Unit>(*row)) : std::nullopt;
}

std::optional<int> find_number(std::string_view word) {
  int value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error == std::errc{} && end == word.data() + word.size())
    return value <= 366 ? std::optional(value) : std::nullopt;
  static const Rows rows = index_of(numbers);
  return row_of(rows, word);
}

std::optional<int> find_ordinal(std::string_view word) {
  const std::size_t digits = std::min(word.find_first_not_of("0123456789"), word.size());
  if (digits == 0 || digits > 2 || digits == word.size()) return std::nullopt;
  static const Rows endings = index_of("st nd rd th er e de ste a o");
  if (!endings.contains(word.substr(digits))) return std::nullopt;
  return find_number(word.substr(0, digits));
}

std::optional<int> find_month(std::string_view word) {
  static const Rows rows = index_of(months);
  const auto row = row_of(rows, word);
  return row ? std::optional(*row + 1) : std::nullopt;
}

std::optional<int> find_weekday(std::string_view word) {
  static const Rows rows = index_of(weekdays);
  return row_of(rows, word);
}

bool is_short_month(std::string_view word) {
  static const Rows words = index_of(short_months);
  return words.contains(word);
}

bool is_next(std::string_view word) {
  static const Rows words = index_of(next_words);
  return words.contains(word);
}

bool is_this(std::string_view word) {
  static const Rows words = index_of(this_words);
  return words.contains(word);
}

bool is_tomorrow(std::string_view word) {
  static const Rows words = index_of(tomorrow_words);
  return words.contains(word);
}

bool is_after(std::string_view word) {
  static const Rows words = index_of(after_words);
  return words.contains(word);
}

bool is_end(std::string_view word) {
  static const Rows words = index_of(end_words);
  return words.contains(word);
}

bool is_date_preposition(std::string_view word) {
  static const Rows words = index_of(prepositions);
  return words.contains(word) || is_after(word);
}

bool is_article(std::string_view word) {
  static const Rows words = index_of(articles);
  return words.contains(word);
}

bool is_negator(std::string_view word) {
  static const Rows words = index_of(negators);
  return words.contains(word);
}

bool is_past_marker(std::string_view word) {
  static const Rows words = index_of(past_markers);
  return words.contains(word);
}

}  // namespace tertius::reading
