#pragma once
// What each mail client writes above the quote and below the words, in three languages. {name} and {address}
// are the notice's sender. All speak of the same minute, 9 March 2026, 10:02.

#include <array>
#include <string_view>

namespace tertius::tests {

struct Tongue {
  std::string_view code;
  std::string_view gmail, apple, thunderbird, mutt, yahoo, roundcube, proton;  // attributions
  std::string_view re;                                                         // of Outlook and GMX
  std::string_view from, sent, to, subject, date;                              // Outlook's header block
  std::string_view original;                                                   // "Original Message"
  std::string_view iphone, android, outlook_ios, yahoo_app, proton_line;       // device lines
  std::string_view greeting;                                                   // above a name
  std::string_view disclaimer;
};

inline constexpr auto tongues = std::to_array<Tongue>({
    {"en",
     "On Mon, Mar 9, 2026 at 10:02\u202fAM {name} <{address}> wrote:",
     "On Mar 9, 2026, at 10:02\u202fAM, {name} <{address}> wrote:",
     "On 3/9/26 10:02, {name} wrote:",
     "On Mon, Mar 09, 2026 at 10:02:11AM +0100, {name} wrote:",
     "On Monday, March 9, 2026 at 10:02:11 AM GMT+1, {name} <{address}> wrote:",
     "On 2026-03-09 10:02, {name} wrote:",
     "On Monday, March 9th, 2026 at 10:02 AM, {name} <{address}> wrote:",
     "RE:",
     "From:",
     "Sent:",
     "To:",
     "Subject:",
     "Monday, March 9, 2026 10:02 AM",
     "Original Message",
     "Sent from my iPhone",
     "Sent from my Galaxy",
     "Get <a href=\"https://aka.ms/o0ukef\">Outlook for iOS</a>",
     "Sent from Yahoo Mail for iPhone",
     "Sent with <a href=\"https://proton.me/mail/home\">Proton Mail</a> secure email.",
     "Best regards",
     "This email and any attachments are confidential and intended solely for the addressee. If you have "
     "received it in error, please notify the sender and do not forward it."},
    {"de",
     "Am Mo., 9. März 2026 um 10:02 Uhr schrieb {name} <{address}>:",
     "Am 09.03.2026 um 10:02 schrieb {name} <{address}>:",
     "Am 09.03.26 um 10:02 schrieb {name}:",
     "* {name} <{address}> [2026-03-09 10:02]:",
     "Am Montag, 9. März 2026 um 10:02:11 MEZ hat {name} <{address}> Folgendes geschrieben:",
     "Am 2026-03-09 10:02, schrieb {name}:",
     "Am Montag, 9. März 2026 um 10:02 Uhr schrieb {name} <{address}>:",
     "AW:",
     "Von:",
     "Gesendet:",
     "An:",
     "Betreff:",
     "Montag, 9. März 2026 10:02",
     "Ursprüngliche Nachricht",
     "Von meinem iPhone gesendet",
     "Von meinem Galaxy gesendet",
     "<a href=\"https://aka.ms/o0ukef\">Outlook für iOS</a> beziehen",
     "Gesendet von Yahoo Mail auf dem iPhone",
     "Gesendet mit der sicheren E-Mail von <a href=\"https://proton.me/mail/home\">Proton Mail</a>.",
     "Viele Grüße",
     "Diese E-Mail enthält vertrauliche Informationen. Wenn Sie nicht der richtige Empfänger sind, "
     "informieren Sie bitte den Absender und vernichten Sie diese Mail. Das unbefugte Weiterleiten ist nicht "
     "gestattet."},
    {"fr",
     "Le lun. 9 mars 2026 à 10:02, {name} <{address}> a écrit\u00a0:",
     "Le 9 mars 2026 à 10:02, {name} <{address}> a écrit :",
     "Le 09/03/2026 à 10:02, {name} a écrit\u00a0:",
     "Le Mon, Mar 09, 2026 at 10:02:11AM +0100, {name} a écrit :",
     "Le lundi 9 mars 2026 à 10:02:11 UTC+1, {name} <{address}> a écrit\u00a0:",
     "Le 2026-03-09 10:02, {name} a écrit :",
     "Le lundi 9 mars 2026 à 10:02, {name} <{address}> a écrit :",
     "RE:",
     "De\u00a0:",
     "Envoyé\u00a0:",
     "À\u00a0:",
     "Objet\u00a0:",
     "lundi 9 mars 2026 10:02",
     "Message d'origine",
     "Envoyé de mon iPhone",
     "Envoyé de mon Galaxy",
     "Télécharger <a href=\"https://aka.ms/o0ukef\">Outlook pour iOS</a>",
     "Envoyé à partir de Yahoo Mail pour iPhone",
     "Envoyé avec la messagerie sécurisée <a href=\"https://proton.me/mail/home\">Proton Mail</a>.",
     "Cordialement",
     "Ce message et toutes les pièces jointes sont confidentiels et établis à l'intention exclusive de ses "
     "destinataires. Si vous avez reçu ce message par erreur, merci de ne pas le transmettre et de le "
     "détruire."},
});

}  // namespace tertius::tests
