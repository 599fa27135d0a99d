#include "tests/support/replies/client_letters.hpp"
#include "tests/support/replies/letter_writing.hpp"

namespace tertius::tests {
namespace {

std::string yahoo(const Answer& answer, std::string_view device) {
  const std::string attribution = filled(answer.tongue.yahoo, answer.notice);
  const std::string signature = device.empty() ? "" : "\n\n" + std::string(device) + "\n";
  const std::string plain = " " + words_of(answer) + signature + "\n\n    " + attribution + "  \n \n " +
                            replaced(text_of_html(answer.notice.html, Links::dropped), "\n", "  \n");
  const std::string html =
      "<html><head></head><body><div class=\"ydp1a2b3cyahoo-style-wrap\" style=\"font-family:Helvetica;\">" +
      html_of_words(answer.words, "<div dir=\"ltr\" data-setdir=\"false\">", "</div>", "<br>") +
      "<div><br></div>" +
      (device.empty() ? ""
                      : "<div id=\"ymail_android_signature\"><a href=\"https://mail.onelink.me/107872968\">" +
                            std::string(device) + "</a></div>") +
      "</div><div id=\"ydp8d7e6f5yahoo_quoted_4471629\" class=\"ydp8d7e6f5yahoo_quoted\"><div "
      "style=\"color:#26282a;\">"
      "<div>" +
      filled_html(answer.tongue.yahoo, answer.notice) + "</div><div><br></div><div><br></div><div>" +
      body_of_html(answer.notice.html) + "</div></div></div></body></html>";
  return letter(answer, "Re:", "X-Mailer: WebService/1.1.23369 YMailNorrin\r\n",
                alternative("----=_Part_1538_1904.1741600682",
                            text_part("text/plain", "utf-8", Encoding::quoted_printable, plain),
                            text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

std::string yahoo_web(const Answer& answer) { return yahoo(answer, ""); }
std::string yahoo_mobile(const Answer& answer) { return yahoo(answer, answer.tongue.yahoo_app); }

std::string gmx(const Answer& answer) {
  const std::string html =
      "<html><head></head><body><div style=\"font-family: Verdana;font-size: 12.0px;\">" +
      html_of_words(answer.words, "<div>", "</div>\n", "&nbsp;") +
      "<div>&nbsp;\n<div>&nbsp;\n<div name=\"quote\" style=\"margin:10px 5px 5px 10px; padding: 10px 0 10px "
      "10px; "
      "border-left:2px solid #C3D9E5; word-wrap: break-word;\">\n<div style=\"margin:0 0 10px 0;\">" +
      header_block_html(answer) + "</div>\n\n<div name=\"quoted-content\">" +
      body_of_html(answer.notice.html) + "</div></div></div></div></div></body></html>";
  return letter(answer, answer.tongue.code == "de" ? "Aw:" : "Re:", "X-Priority: 3\r\n",
                text_part("text/html", "utf-8", Encoding::quoted_printable, html));
}

std::string roundcube_plain(const Answer& answer, Place place) {
  const std::string quote = lines_quoted(wrapped(text_of_html(answer.notice.html, Links::dropped), 70));
  const std::string body =
      place == Place::above
          ? flowed(answer.words) + filled(answer.tongue.roundcube, answer.notice) + "\n" + quote
          : placed(place, flowed(answer.words), filled(answer.tongue.roundcube, answer.notice) + "\n", quote);
  return letter(answer, "Re:", "User-Agent: Roundcube Webmail/1.6.5\r\n",
                text_part("text/plain; format=flowed", "utf-8", Encoding::as_it_is, body));
}

// Its text part names links by number, and lists them below, outside the quote.
std::string roundcube_html(const Answer& answer) {
  std::string text = text_of_html(answer.notice.html, Links::in_brackets), links = "\n\nLinks:\n------\n";
  for (int number = 1; text.find(" <http") != text.npos; ++number) {
    const std::size_t open = text.find(" <http"), close = text.find('>', open);
    links += "[" + std::to_string(number) + "] " + text.substr(open + 2, close - open - 2) + "\n";
    text.replace(open, close - open + 1, " [" + std::to_string(number) + "]");
  }
  const std::string attribution = filled(answer.tongue.roundcube, answer.notice);
  const std::string html =
      "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=UTF-8\" /></head><body "
      "style='font-size: 10pt; font-family: Verdana,Geneva,sans-serif'>\n" +
      html_of_words(answer.words, "<p>", "</p>\n", "<br />") + "<p id=\"reply-intro\">" +
      escaped(attribution) +
      "</p>\n<blockquote type=\"cite\" style=\"padding: 0 0.4em; border-left: #1010ff 2px solid; margin: "
      "0\">\n<div id=\"replybody1\">" +
      body_of_html(answer.notice.html) + "</div>\n</blockquote>\n</body></html>";
  const std::string plain = words_of(answer) + "\n\n" + attribution + "\n\n" + lines_quoted(text) + links;
  return letter(answer, "Re:", "User-Agent: Roundcube Webmail/1.6.5\r\n",
                alternative("=_b6f0d8a1c3", text_part("text/plain", "utf-8", Encoding::as_it_is, plain),
                            text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

std::string proton(const Answer& answer) {
  const std::string line(answer.tongue.proton_line);
  const std::string html =
      html_of_words(answer.words, "<div style=\"font-family: Arial, sans-serif; font-size: 14px;\">",
                    "</div>", "<br>") +
      "<div style=\"font-family: Arial, sans-serif; font-size: 14px;\"><br></div><div "
      "class=\"protonmail_signature_block\">"
      "<div class=\"protonmail_signature_block-user protonmail_signature_block-empty\"></div><div "
      "class=\"protonmail_signature_block-proton\">" +
      line + "</div></div><div class=\"protonmail_quote\">" +
      filled_html(answer.tongue.proton, answer.notice) +
      "<br><blockquote class=\"protonmail_quote\" type=\"cite\">" + body_of_html(answer.notice.html) +
      "</blockquote><br></div>";
  // "[Proton Mail](https://proton.me/mail/home)"
  const std::string mark = replaced(replaced(replaced(line, "<a href=\"https://proton.me/mail/home\">", "["),
                                             "</a>", "](https://proton.me/mail/home)"),
                                    "&nbsp;", " ");
  const std::string plain = words_of(answer) + "\n\n" + mark + "\n\n" +
                            filled(answer.tongue.proton, answer.notice) + "\n\n" +
                            lines_quoted(text_of_html(answer.notice.html, Links::in_brackets));
  return letter(answer, "Re:", "X-Mailer: Proton Mail\r\n",
                alternative("b1_9hTgVbR4cM", text_part("text/plain", "utf-8", Encoding::base64, plain),
                            text_part("text/html", "utf-8", Encoding::base64, html)));
}

std::string zimbra(const Answer& answer) {
  const std::string plain = words_of(answer) + "\n\n" + header_block(answer) + "\n" +
                            text_of_html(answer.notice.html, Links::dropped);
  const std::string html =
      "<html><body><div style=\"font-family: arial, helvetica, sans-serif; font-size: 12pt\">" +
      html_of_words(answer.words, "<div>", "</div>", "<br>") +
      "<div><br></div><hr id=\"zwchr\" data-marker=\"__DIVIDER__\"><div data-marker=\"__HEADERS__\">" +
      header_block_html(answer) + "</div><div><br></div><div data-marker=\"__QUOTED_TEXT__\">" +
      body_of_html(answer.notice.html) + "</div></div></body></html>";
  return letter(answer, "Re:", "X-Mailer: Zimbra 8.8.15_GA_4581\r\n",
                alternative("=_57a0b2", text_part("text/plain", "utf-8", Encoding::quoted_printable, plain),
                            text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

std::string fastmail(const Answer& answer) {
  const std::string attribution = filled(answer.tongue.roundcube, answer.notice);
  const std::string plain = flowed(answer.words) + "\n" + attribution + "\n" +
                            lines_quoted(text_of_html(answer.notice.html, Links::in_brackets));
  const std::string html = "<!DOCTYPE html><html><head><title></title></head><body>" +
                           html_of_words(answer.words, "<div>", "</div>", "<br>") + "<div><br></div><div>" +
                           escaped(attribution) + "</div><blockquote type=\"cite\" id=\"qt\" style=\"\">" +
                           body_of_html(answer.notice.html) + "</blockquote></body></html>";
  return letter(answer, "Re:", "User-Agent: Cyrus-JMAP/3.11.0\r\n",
                alternative("b1f9c2", text_part("text/plain", "utf-8", Encoding::as_it_is, plain),
                            text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

constexpr auto all = std::to_array<Client>({
    {"Yahoo", yahoo_web},
    {"Yahoo mobile", yahoo_mobile},
    {"GMX and WEB.DE", gmx},
    {"Roundcube", roundcube_html},
    {"Roundcube plain, above", [](const Answer& a) { return roundcube_plain(a, Place::above); }},
    {"Roundcube plain, below", [](const Answer& a) { return roundcube_plain(a, Place::below); }},
    {"Proton", proton},
    {"Zimbra", zimbra},
    {"Fastmail", fastmail},
});

}  // namespace

std::span<const Client> webmail_clients() { return all; }

}  // namespace tertius::tests
