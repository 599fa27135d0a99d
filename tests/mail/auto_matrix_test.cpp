// Machine mail never decides: every header that tells a machine, and what mail systems write before the
// subject of an automatic reply in 40 languages, each as the bytes of a letter whose words are a clear yes.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "broker/recognise.hpp"
#include "mail/read_letter.hpp"
#include "mail/write_header.hpp"

namespace tertius::mail {
namespace {

struct AwaySubject {
  std::string_view language;
  std::string_view prefix;  // with its own colon, as written
};

// Exchange and Outlook.com write the first row of each language, Exchange 2007 and Outlook's rules the "out
// of office" ones, Domino "AUTO:", the webmails of the country the rest.
constexpr auto away_subjects = std::to_array<AwaySubject>({
    {"English", "Automatic reply:"},
    {"English", "Out of Office:"},
    {"English", "Out of Office AutoReply:"},
    {"English", "AUTO:"},
    {"English", "Auto Response:"},
    {"English", "[Auto-Reply]"},
    {"English", "Yahoo! Auto Response"},
    {"German", "Automatische Antwort:"},
    {"German", "Abwesenheitsnotiz:"},
    {"German", "Abwesenheitsbenachrichtigung:"},
    {"German", "Automatische Antwort auf"},
    {"German", "Autoreply:"},
    {"French", "Réponse automatique :"},
    {"French", "R\u00e9ponse automatique\u00a0:"},
    {"French", "Re\u0301ponse automatique :"},  // decomposed, as macOS sends it
    {"French", "Absence du bureau :"},
    {"French", "AUTO :"},
    {"French", "Absent du bureau :"},
    {"French", "Message automatique :"},
    {"Spanish", "Respuesta automática:"},
    {"Spanish", "Fuera de la oficina:"},
    {"Spanish", "Fuera de oficina:"},
    {"Portuguese", "Resposta automática:"},
    {"Portuguese", "Fora do escritório:"},
    {"Portuguese", "Ausência temporária:"},
    {"Galician", "Resposta automática:"},
    {"Catalan", "Resposta automàtica:"},
    {"Basque", "Erantzun automatikoa:"},
    {"Italian", "Risposta automatica:"},
    {"Italian", "Fuori ufficio:"},
    {"Dutch", "Automatisch antwoord:"},
    {"Dutch", "Afwezig:"},
    {"Dutch", "Niet aanwezig:"},
    {"Swedish", "Autosvar:"},
    {"Swedish", "Automatiskt svar:"},
    {"Swedish", "Frånvaro:"},
    {"Danish", "Automatisk svar:"},
    {"Danish", "Autosvar:"},
    {"Danish", "Fraværende:"},
    {"Norwegian", "Automatisk svar:"},
    {"Norwegian", "Fraværsmelding:"},
    {"Norwegian", "Fraværsassistent:"},
    {"Finnish", "Automaattinen vastaus:"},
    {"Finnish", "Poissa:"},
    {"Icelandic", "Sjálfvirkt svar:"},
    {"Polish", "Automatyczna odpowiedź:"},
    {"Polish", "Odpowiedź automatyczna:"},
    {"Polish", "Autoodpowiedź:"},
    {"Czech", "Automatická odpověď:"},
    {"Czech", "Mimo kancelář:"},
    {"Slovak", "Automatická odpoveď:"},
    {"Slovak", "Mimo kancelárie:"},
    {"Hungarian", "Automatikus válasz:"},
    {"Hungarian", "Házon kívül:"},
    {"Romanian", "Răspuns automat:"},
    {"Romanian", "Raspuns automat:"},
    {"Slovene", "Samodejni odgovor:"},
    {"Croatian", "Automatski odgovor:"},
    {"Serbian", "Аутоматски одговор:"},
    {"Bulgarian", "Автоматичен отговор:"},
    {"Macedonian", "Автоматски одговор:"},
    {"Russian", "Автоматический ответ:"},
    {"Russian", "Автоответ:"},
    {"Russian", "Нет на работе:"},
    {"Ukrainian", "Автоматична відповідь:"},
    {"Greek", "Αυτόματη απάντηση:"},
    {"Greek", "ΑΥΤΟΜΑΤΗ ΑΠΑΝΤΗΣΗ:"},
    {"Greek", "Εκτός γραφείου:"},
    {"Turkish", "Otomatik yanıt:"},
    {"Turkish", "OTOMATİK YANIT:"},
    {"Turkish", "Otomatik Cevap:"},
    {"Estonian", "Automaatvastus:"},
    {"Latvian", "Automātiska atbilde:"},
    {"Lithuanian", "Automatinis atsakymas:"},
    {"Arabic", "رد تلقائي:"},
    {"Arabic", "الرد التلقائي:"},
    {"Hebrew", "תשובה אוטומטית:"},
    {"Hebrew", "מענה אוטומטי:"},
    {"Persian", "پاسخ خودکار:"},
    {"Hindi", "स्वचालित उत्तर:"},
    {"Thai", "ตอบกลับอัตโนมัติ:"},
    {"Thai", "การตอบกลับอัตโนมัติ:"},
    {"Vietnamese", "Trả lời tự động:"},
    {"Vietnamese", "Thư trả lời tự động:"},
    {"Indonesian", "Balasan otomatis:"},
    {"Malay", "Balasan automatik:"},
    {"Japanese", "自動応答:"},
    {"Japanese", "自動応答："},
    {"Japanese", "【自動返信】"},
    {"Japanese", "自動返信:"},
    {"Japanese", "不在:"},
    {"Chinese", "自动答复:"},
    {"Chinese", "自动回复："},
    {"Chinese", "自動回覆:"},
    {"Chinese", "自動答覆:"},
    {"Korean", "자동 회신:"},
    {"Korean", "자동 응답:"},
    {"Korean", "[자동회신]"},
    {"Korean", "부재 중:"},
});

constexpr auto reply_prefixes = std::to_array<std::string_view>(
    {"Re: ",   "RE: ",   "re:",    "Re[2]: ", "Re^2: ", "Re : ",  "AW: ",       "Aw: ",      "SV: ",
     "Sv: ",   "Antw: ", "TR: ",   "RES: ",   "R: ",    "RIF: ",  "Rif.: ",     "Antwort: ", "VS: ",
     "Odp: ",  "ODP: ",  "YNT: ",  "ΑΠ: ",    "Отв: ",  "На: ",   "Vá: ",       "RÉP: ",     "RE : ",
     "回复: ", "回复：", "答复: ", "返信: ",  "回覆: ", "回信: ", "[EXT] Re: ", "Re: Re: ",  "Fwd: ",
     "WG: ",   "رد: ",   "השב: ",  "Svar: ",  "Vast: ", "BLS: ",  "ตอบ: ",      "Ats: "});

struct HeaderRow {
  std::string_view name;
  std::string_view value;
};

constexpr auto machine_headers = std::to_array<HeaderRow>({
    {"Auto-Submitted", "auto-replied"},
    {"Auto-Submitted", "auto-generated"},
    {"Auto-Submitted", "auto-notified"},
    {"auto-submitted", "AUTO-REPLIED"},
    {"Auto-Submitted", "auto-replied; owner-email=\"gail@example.test\""},
    {"Auto-Submitted", "auto-replied (vacation)"},
    {"Auto-Submitted", "(Sieve (vacation)) auto-replied"},
    {"Auto-Submitted", "(no) auto-replied"},
    {"Auto-Submitted", "(a \\) no) auto-replied"},
    {"Auto-Submitted", "\r\n auto-replied"},
    {"Auto-Submitted", "auto-replied;no"},
    {"Auto-Submitted", "yes"},
    {"Precedence", "bulk"},
    {"Precedence", "Bulk"},
    {"PRECEDENCE", "junk"},
    {"Precedence", "auto_reply"},
    {"Precedence", "auto-reply"},
    {"Precedence", "list"},
    {"Precedence", "bulk (autoreply)"},
    {"Precedence", "(autoreply) bulk"},
    {"X-Precedence", "auto_reply"},
    {"Preference", "auto_reply"},
    {"X-Autoreply", "yes"},
    {"X-AutoReply", "YES"},
    {"X-Autorespond", "Introduce Alice Chen?"},
    {"X-Autorespond", ""},
    {"X-Autoresponder", "gail@example.test"},
    {"X-Autoresponder-Version", "1.2"},
    {"X-Autogenerated", "Reply"},
    {"X-Autogenerated", "Forward"},
    {"X-Mail-Autoreply", "yes"},
    {"X-Auto-Reply", "yes"},
    {"X-AutoReply-From", "gail@example.test"},
    {"X-Apple-Action", "vacation/BTM1cHBMb"},
    {"X-Apple-Action", "VACATION"},
    {"X-POST-MessageClass", "9; Autoresponder"},
    {"X-POST-MessageClass", "9;autoresponder"},
    {"X-FC-MachineGenerated", "true"},
    {"X-FC-MachineGenerated", "TRUE"},
    {"Delivered-To", "Autoresponder"},
    {"Delivered-To", "autoresponder@example.test"},
    {"X-Vacation", "yes"},
    {"X-MS-Exchange-Inbox-Rules-Loop", "gail@example.test"},
    {"X-MS-Exchange-Generated-Message-Source", "Mailbox Rules Agent"},
    {"List-Id", "Gail's list <gail.example.test>"},
    {"List-ID", "<x.example.test>"},
    {"List-Post", "<mailto:x@example.test>"},
    {"Return-Path", "<>"},
    {"From", "no-reply@example.test"},
    {"From", "\"Gail\" <NoReply@example.test>"},
    {"From", "do-not-reply+7@example.test"},
    {"From", "MAILER-DAEMON@example.test (Mail Delivery System)"},
    {"From", "Postmaster <postmaster@example.test>"},
    {"From", "autoresponder@example.test"},
    {"From", "no.reply@example.test"},
    {"From", "noreply-gail@example.test"},
});

// What stands in letters of persons.
constexpr auto person_headers = std::to_array<HeaderRow>({
    {"Auto-Submitted", "no"},
    {"Auto-Submitted", "NO"},
    {"Auto-Submitted", "no; x=auto-replied"},
    {"Auto-Submitted", "no (not auto-generated)"},
    {"Auto-Submitted", "(auto-replied) no"},
    {"Auto-Submitted", "\r\n no"},
    {"Auto-Submitted", "no;"},
    {"Auto-Submitted", "(by (hand)) no; x=y"},
    {"X-Auto-Response-Suppress", "All"},
    {"X-Auto-Response-Suppress", "OOF, AutoReply"},
    {"X-Auto-Response-Suppress", "DR, RN, NRN, OOF, AutoReply"},
    {"Precedence", "first-class"},
    {"Precedence", "normal"},
    {"Precedence", "Normal (bulk is elsewhere)"},
    {"X-FC-MachineGenerated", "false"},
    {"X-Autoreply", "no"},
    {"X-Apple-Action", "none"},
    {"Delivered-To", "intro+abc@broker.test"},
    {"List-Unsubscribe", "<https://broker.test/u/x>"},
    {"Return-Path", "<gail@example.test>"},
    {"From", "Norey Plyson <norey.plyson@example.test>"},
    {"From", "Bounce Baker <bouncer@example.test>"},
});

std::string letter_bytes(const std::string& subject, const HeaderRow& more) {
  std::string bytes;
  if (more.name != "From") bytes += "From: Gail <gail@example.test>\r\n";
  bytes += "To: intro+abc@broker.test\r\n" + subject +
           "Message-ID: <1@example.test>\r\nIn-Reply-To: <n1@broker.test>\r\nReferences: <n1@broker.test>\r\n"
           "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n";
  if (!more.name.empty()) bytes += std::string(more.name) + ": " + std::string(more.value) + "\r\n";
  return bytes + "\r\nYes, I am happy to forward it.\r\n";
}

std::string raw_subject(std::string_view prefix, std::string_view rest) {
  return "Subject: " + std::string(prefix) + (rest.empty() ? "" : " ") + std::string(rest) + "\r\n";
}

LetterKind kind(const std::string& bytes) {
  constexpr Time now{std::chrono::seconds{1'773'144'000}};
  return recognise(read_letter(bytes), "broker.test", now).kind;
}

constexpr std::string_view asked = "Introduce Alice Chen to Gail Goodman?";

TEST(AutoMatrixTest, EveryMachinesHeaderTellsItUnderASubjectOfEveryLanguage) {
  for (const HeaderRow& row : machine_headers)
    for (const AwaySubject& away : away_subjects)
      EXPECT_NE(kind(letter_bytes(raw_subject("Re: " + std::string(away.prefix), asked), row)),
                LetterKind::human)
          << row.name << ": " << row.value << " / " << away.prefix;
}

TEST(AutoMatrixTest, EverySubjectOfAnAutomaticReplyTellsItWithoutAnyHeader) {
  for (const AwaySubject& away : away_subjects)
    for (const std::string_view rest :
         {asked, std::string_view("Re: Introduce Alice Chen?"), std::string_view()}) {
      const std::string subject = std::string(away.prefix) + " " + std::string(rest);
      EXPECT_EQ(kind(letter_bytes(raw_subject(away.prefix, rest), {})), LetterKind::automatic)
          << away.language << ": " << subject;
      std::string encoded;
      write_text_field(encoded, "Subject", subject);
      EXPECT_EQ(kind(letter_bytes(encoded, {})), LetterKind::automatic) << "encoded: " << subject;
      EXPECT_EQ(kind(letter_bytes(raw_subject("[EXTERNAL] " + std::string(away.prefix), rest), {})),
                LetterKind::automatic)
          << "tagged: " << subject;
    }
}

TEST(AutoMatrixTest, APersonAnsweringAnAutomaticReplyIsHuman) {
  for (const std::string_view re : reply_prefixes)
    for (const AwaySubject& away : away_subjects)
      EXPECT_EQ(kind(letter_bytes(raw_subject(std::string(re) + std::string(away.prefix), asked), {})),
                LetterKind::human)
          << re << away.prefix;
}

TEST(AutoMatrixTest, TheWordsWithinASubjectTellNothing) {
  for (const AwaySubject& away : away_subjects)
    EXPECT_EQ(kind(letter_bytes(raw_subject("Gail's words: " + std::string(away.prefix), asked), {})),
              LetterKind::human)
        << away.prefix;
}

TEST(AutoMatrixTest, HeadersOfPersonsTellNoMachine) {
  for (const HeaderRow& row : person_headers)
    for (const std::string_view re : reply_prefixes)
      EXPECT_EQ(kind(letter_bytes(raw_subject(re, asked), row)), LetterKind::human)
          << row.name << ": " << row.value << " / " << re;
}

}  // namespace
}  // namespace tertius::mail
