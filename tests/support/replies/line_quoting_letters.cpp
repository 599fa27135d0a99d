#include "tests/support/replies/client_letters.hpp"
#include "tests/support/replies/letter_writing.hpp"

namespace tertius::tests {
namespace {

constexpr std::string_view signature_lines = "\n-- \nChristine Herron\nPartner, First Round\n";

std::string mutt(const Answer& answer, Place place) {
  const std::string body =
      placed(place, wrapped(answer.words, 72), filled(answer.tongue.mutt, answer.notice) + "\n",
             lines_quoted(answer.notice.text)) +
      std::string(signature_lines);
  return letter(answer, "Re:", "User-Agent: Mutt/2.2.9\r\n",
                text_part("text/plain", "windows-1252", Encoding::as_it_is, body));
}

// The company's mail server adds its words below all.
std::string mutt_with_disclaimer(const Answer& answer, Place place) {
  const std::string body =
      placed(place, wrapped(answer.words, 72), filled(answer.tongue.mutt, answer.notice) + "\n",
             lines_quoted(answer.notice.text)) +
      "\n" + wrapped(answer.tongue.disclaimer, 76);
  return letter(answer, "Re:", "User-Agent: Mutt/2.2.9\r\n",
                text_part("text/plain", "utf-8", Encoding::as_it_is, body));
}

// Headers without colons, below a rule.
std::string em_client(const Answer& answer) {
  std::string block;
  for (const std::string& line : lines_of_text(header_block(answer)))
    block += line.substr(0, line.find_first_of(":\xC2")) + line.substr(line.find(':') + 1) + "\n";
  const std::string rule = "------ " + std::string(answer.tongue.original) + " ------";
  const std::string plain = words_of(answer) + "\n\n" + rule + "\n" + block + "\n" +
                            lines_quoted(text_of_html(answer.notice.html, Links::in_brackets), ">");
  const std::string html =
      "<html><head></head><body>" + html_of_words(answer.words, "<div>", "</div>", "<br />") +
      "<div id=\"x4bd2\"><br /><div>" + rule + "</div>" + html_of_words(block, "<div>", "</div>", "") +
      "<br /><div id=\"x4bd3\"><blockquote cite=\"" + answer.notice.message_id +
      "\" type=\"cite\" class=\"cite2\">" + body_of_html(answer.notice.html) +
      "</blockquote></div></div></body></html>";
  return letter(
      answer, "Re:", "User-Agent: eM_Client/10.1.4588.0\r\n",
      alternative("------=_MB7C", text_part("text/plain", "utf-8", Encoding::quoted_printable, plain),
                  text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

std::string thunderbird_plain(const Answer& answer, Place place) {
  const std::string quote = lines_quoted("Rowan Alumni\n" + text_of_html(answer.notice.html, Links::dropped));
  const std::string body =
      placed(place, flowed(answer.words), filled(answer.tongue.thunderbird, answer.notice) + "\n", quote);
  return letter(answer, "Re:", "User-Agent: Mozilla Thunderbird\r\nContent-Language: en-US\r\n",
                text_part("text/plain; format=flowed", "utf-8", Encoding::as_it_is, body));
}

std::string thunderbird_html(const Answer& answer) {
  const std::string attribution = filled(answer.tongue.thunderbird, answer.notice);
  const std::string html =
      "<!DOCTYPE html>\n<html>\n  <head>\n    <meta http-equiv=\"Content-Type\" content=\"text/html; "
      "charset=UTF-8\">\n"
      "  </head>\n  <body>\n" +
      html_of_words(answer.words, "    <p>", "</p>\n", "<br>") + "    <div class=\"moz-cite-prefix\">" +
      escaped(attribution) +
      "<br>\n    </div>\n    <blockquote type=\"cite\" cite=\"mid:" + answer.notice.message_id + "\">\n" +
      body_of_html(answer.notice.html) + "    </blockquote>\n  </body>\n</html>\n";
  const std::string plain = flowed(answer.words) + "\n" + attribution + "\n" +
                            lines_quoted(text_of_html(answer.notice.html, Links::in_brackets));
  return letter(answer, "Re:", "User-Agent: Mozilla Thunderbird\r\n",
                alternative("------------hPq0xkLm5",
                            text_part("text/plain; format=flowed", "utf-8", Encoding::as_it_is, plain),
                            text_part("text/html", "utf-8", Encoding::as_it_is, html)));
}

std::string thunderbird_html_below(const Answer& answer) {
  const std::string attribution = filled(answer.tongue.thunderbird, answer.notice);
  const std::string html = "<html><body><div class=\"moz-cite-prefix\">" + escaped(attribution) +
                           "<br></div><blockquote type=\"cite\" cite=\"mid:" + answer.notice.message_id +
                           "\">" + body_of_html(answer.notice.html) + "</blockquote>" +
                           html_of_words(answer.words, "<p>", "</p>\n", "<br>") + "</body></html>";
  return letter(answer, "Re:", "User-Agent: Mozilla Thunderbird\r\n",
                text_part("text/html", "utf-8", Encoding::as_it_is, html));
}

constexpr auto all = std::to_array<Client>({
    {"Thunderbird", thunderbird_html},
    {"Thunderbird, below", thunderbird_html_below},
    {"Thunderbird plain, above", [](const Answer& a) { return thunderbird_plain(a, Place::above); }},
    {"Thunderbird plain, below", [](const Answer& a) { return thunderbird_plain(a, Place::below); }},
    {"Thunderbird plain, between", [](const Answer& a) { return thunderbird_plain(a, Place::between); }},
    {"mutt, above", [](const Answer& a) { return mutt(a, Place::above); }},
    {"mutt, below", [](const Answer& a) { return mutt(a, Place::below); }},
    {"mutt, between", [](const Answer& a) { return mutt(a, Place::between); }},
    {"mutt, disclaimer", [](const Answer& a) { return mutt_with_disclaimer(a, Place::above); }},
    {"eM Client", em_client},
});

}  // namespace

std::span<const Client> line_quoting_clients() { return all; }

}  // namespace tertius::tests
