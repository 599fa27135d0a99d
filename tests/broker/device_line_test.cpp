// What devices and apps write below the words, in English, German and French: no part of an answer. And what
// persons write that begins like it: theirs, for a "no" may follow.

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <string_view>

#include "broker/reply_text.hpp"

namespace tertius {
namespace {

constexpr auto device_lines = std::to_array<std::string_view>({
    "Sent from my iPhone",
    "Sent from my iPad",
    "Sent from my Galaxy",
    "Sent from my Verizon, Samsung Galaxy smartphone",
    "Sent from my T-Mobile 4G LTE Device",
    "Sent via the Samsung Galaxy S10, an AT&T 5G Evolution capable smartphone",
    "Sent from Mail for Windows",
    "Sent from Mail<https://go.microsoft.com/fwlink/?LinkId=550986> for Windows",
    "Sent from Outlook for Android<https://aka.ms/AAb9ysg>",
    "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "Get Outlook for Android<https://aka.ms/AAb9ysg>",
    "Get Outlook for Mac <https://aka.ms/GetOutlookForMac>",
    "Sent from Yahoo Mail on Android",
    "Sent from Yahoo Mail for iPhone <https://overview.mail.yahoo.com/?.src=iOS>",
    "Yahoo Mail: Search, Organize, Conquer <https://mail.onelink.me/107872968>",
    "Sent from Gmail Mobile",
    "Sent from Proton Mail for iOS",
    "Sent from [Proton Mail](https://proton.me/mail/home) for Android",
    "Sent with Proton Mail secure email.",
    "Sent with [Spark](https://sparkmailapp.com)",
    "Sent from Nine<http://www.9folders.com/>",
    "Sent from my mobile device. Please excuse brevity.",
    "Please excuse my brevity.",
    "Please excuse any typos.",
    "Sent from the all new AOL app for iOS",
    "Sent from my Android phone with K-9 Mail. Please excuse my brevity.",
    "Sent using Zoho Mail",
    "<sent from mobile>",
    "-- Sent from my Palm Pre",
    "Von meinem iPhone gesendet",
    "Von meinem iPad gesendet",
    "Von meinem Samsung Galaxy Smartphone gesendet.",
    "Von meinem Samsung Gerät gesendet.",
    "Von Yahoo Mail auf Android gesendet",
    "Gesendet von Yahoo Mail auf dem iPhone",
    "Gesendet von meinem iPhone",
    "Gesendet von Mail für Windows 10",
    "Gesendet von Mail<https://go.microsoft.com/fwlink/?LinkId=550986> für Windows",
    "Gesendet von Outlook für Android<https://aka.ms/AAb9ysg>",
    "Gesendet mit der GMX Mail App",
    "Gesendet mit der Telekom Mail App",
    "Gesendet mit der mobilen Mail App",
    "Gesendet mit Proton Mail für iOS",
    "Gesendet mit der sicheren E-Mail von [Proton Mail](https://proton.me/mail/home).",
    "Gesendet über Outlook für iOS",
    "Diese Nachricht wurde von meinem Android Mobiltelefon mit WEB.DE Mail gesendet.",
    "Diese Nachricht wurde von meinem Android-Gerät mit K-9 Mail gesendet.",
    "Diese Nachricht wurde mit der WEB.DE iPhone App gesendet.",
    "Outlook für iOS<https://aka.ms/o0ukef> beziehen",
    "Outlook für Android<https://aka.ms/AAb9ysg> herunterladen",
    "Holen Sie sich Outlook für iOS<https://aka.ms/o0ukef>",
    "Laden Sie Outlook für Android<https://aka.ms/AAb9ysg>",
    "Von unterwegs gesendet",
    "Envoyé de mon iPhone",
    "Envoyé de mon iPad",
    "Envoyé depuis mon iPhone",
    "Envoyé depuis mon appareil Galaxy",
    "Envoyé depuis mon mobile Orange",
    "Envoyé depuis mon smartphone Samsung Galaxy.",
    "Envoyé à partir de Yahoo Mail pour iPhone",
    "Envoyé depuis Yahoo Mail pour Android",
    "Envoyé à partir d’Outlook pour iOS",
    "Envoyé à partir de Courrier pour Windows",
    "Provenance : Courrier pour Windows 10",
    "Télécharger Outlook pour iOS<https://aka.ms/o0ukef>",
    "Télécharger Outlook pour Android<https://aka.ms/AAb9ysg>",
    "Obtenir Outlook pour iOS<https://aka.ms/o0ukef>",
    "Obtenez Outlook pour Android",
    "Outlook pour iOS<https://aka.ms/o0ukef>",
    "Envoyé avec la messagerie sécurisée [Proton Mail](https://proton.me/mail/home).",
    "Envoyé via l'application Mail",
});

constexpr auto sentences = std::to_array<std::string_view>({
    "Please excuse me but no",
    "Please excuse me from this one",
    "Please excuse the delay",
    "Sent from my phone, do not forward it yet",
    "Sent from my assistant's account, please ignore it",
    "Sent with the wrong hand, I meant no",
    "Von meinem Chef kam ein Nein",
    "Von meinem iPhone gesendet, aber bitte nicht weiterleiten",
    "Von unterwegs kann ich das kaum lesen",
    "Envoyé de mon iPhone, mais ne transmettez pas encore",
    "Envoyé trop tôt, ne transmettez pas",
});

std::string said(std::string_view below) {
  Letter letter;
  letter.text = "forward\n\n" + std::string(below) + "\n";
  return reply_text(letter).text;
}

TEST(DeviceLineTest, IsNoPartOfAnAnswer) {
  for (const std::string_view line : device_lines) EXPECT_EQ(said(line), "forward") << line;
}

TEST(DeviceLineTest, ASentenceThatBeginsLikeOneIs) {
  for (const std::string_view line : sentences)
    EXPECT_NE(said(line).find(line), std::string::npos) << line << " of: " << said(line);
}

}  // namespace
}  // namespace tertius
