#include "tests/support/replies/client_letters.hpp"
#include "tests/support/replies/letter_writing.hpp"

namespace tertius::tests {
namespace {

std::string outlook_desktop(const Answer& answer) {
  const std::string plain = words_of(answer) + "\n\n" + header_block(answer) + "\n" +
                            text_of_html(answer.notice.html, Links::glued);
  const std::string html =
      "<html xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" "
      "xmlns:w=\"urn:schemas-microsoft-com:office:word\"><head><meta name=Generator content=\"Microsoft Word "
      "15 "
      "(filtered medium)\"><style><!--\n/* Style Definitions */\np.MsoNormal, li.MsoNormal "
      "{margin:0cm;}\n--></style>"
      "<!--[if gte mso 9]><xml><o:shapedefaults v:ext=\"edit\" spidmax=\"1026\" "
      "/></xml><![endif]--></head><body "
      "lang=EN-US link=\"#467886\"><div class=WordSection1>" +
      html_of_words(answer.words, "<p class=MsoNormal><span lang=EN-US style='mso-fareast-language:EN-US'>",
                    "<o:p></o:p></span></p>\n", "<o:p>&nbsp;</o:p>") +
      "<p class=MsoNormal><o:p>&nbsp;</o:p></p><div><div style='border:none;border-top:solid #E1E1E1 "
      "1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal>" +
      header_block_html(answer) + "<o:p></o:p></p></div></div><p class=MsoNormal><o:p>&nbsp;</o:p></p>" +
      body_of_html(answer.notice.html) + "</div></body></html>";
  return letter(answer, answer.tongue.re, "X-Mailer: Microsoft Outlook 16.0\r\nThread-Index: AQHa\r\n",
                alternative("----=_NextPart_000_0012_01DBA1B2.4F5C6D70",
                            text_part("text/plain", "windows-1252", Encoding::quoted_printable, plain),
                            text_part("text/html", "windows-1252", Encoding::quoted_printable, html)));
}

// An Exchange rule puts the company's words at the very end, below the mail that is answered.
std::string outlook_with_disclaimer(const Answer& answer) {
  const std::string plain = words_of(answer) + "\n\n" + header_block(answer) + "\n" + answer.notice.text +
                            "\n" + std::string(answer.tongue.disclaimer) + "\n";
  return letter(answer, answer.tongue.re, "",
                text_part("text/plain", "windows-1252", Encoding::quoted_printable, plain));
}

std::string outlook_plain(const Answer& answer) {
  const std::string plain = wrapped(answer.words, 76) + "\n-----" + std::string(answer.tongue.original) +
                            "-----\n" + header_block(answer) + "\n" + wrapped(answer.notice.text, 76);
  return letter(answer, answer.tongue.re, "X-Mailer: Microsoft Outlook 16.0\r\n",
                text_part("text/plain", "windows-1252", Encoding::quoted_printable, plain));
}

// Outlook on the web and the mobile Outlooks: Exchange makes the text part of their HTML.
std::string exchange_letter(const Answer& answer, const std::string& below, const std::string& above_block,
                            bool with_text) {
  const std::string html =
      "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\n<style "
      "type=\"text/css\" style=\"display:none;\"> P {margin-top:0;margin-bottom:0;} </style></head><body "
      "dir=\"ltr\">" +
      html_of_words(answer.words,
                    "<div class=\"elementToProof\" style=\"font-family: Aptos; font-size: 12pt;\">",
                    "</div>\n", "<br>") +
      below + above_block +
      "<hr style=\"display:inline-block;width:98%\" tabindex=\"-1\"><div id=\"divRplyFwdMsg\" "
      "dir=\"ltr\"><font "
      "face=\"Calibri, sans-serif\" style=\"font-size:11pt\" color=\"#000000\">" +
      header_block_html(answer) + "</font><div>&nbsp;</div></div>\n<div>" + body_of_html(answer.notice.html) +
      "</div></body></html>";
  const std::string html_part = text_part("text/html", "utf-8", Encoding::base64, html);
  if (!with_text) return letter(answer, answer.tongue.re, "", html_part);
  const std::string signature = text_of_html(below, Links::glued);
  const std::string plain = words_of(answer) + "\n" + (signature.empty() ? "" : "\n" + signature) +
                            "________________________________\n" + header_block(answer) + "\n" +
                            text_of_html(answer.notice.html, Links::glued);
  return letter(
      answer, answer.tongue.re, "",
      alternative("_000_AM0PR01MB4321EURPRD01prod_",
                  text_part("text/plain", "windows-1252", Encoding::quoted_printable, plain), html_part));
}

std::string outlook_web(const Answer& answer) {
  return exchange_letter(answer, "", "<div id=\"appendonsend\"></div>\n", true);
}

std::string outlook_mobile(const Answer& answer) {
  const std::string signature = "<div><br></div><div id=\"ms-outlook-mobile-signature\" dir=\"ltr\">" +
                                std::string(answer.tongue.outlook_ios) + "</div>\n";
  return exchange_letter(answer, signature, "", true);
}

std::string outlook_mobile_html_only(const Answer& answer) {
  const std::string signature =
      "<div id=\"ms-outlook-mobile-signature\">" + std::string(answer.tongue.outlook_ios) + "</div>\n";
  return exchange_letter(answer, signature, "<div id=\"mail-editor-reference-message-container\">", false);
}

constexpr auto all = std::to_array<Client>({
    {"Outlook desktop", outlook_desktop},
    {"Outlook desktop, plain", outlook_plain},
    {"Outlook desktop, disclaimer", outlook_with_disclaimer},
    {"Outlook on the web", outlook_web},
    {"Outlook mobile", outlook_mobile},
    {"Outlook mobile, HTML only", outlook_mobile_html_only},
});

}  // namespace

std::span<const Client> outlook_clients() { return all; }

}  // namespace tertius::tests
