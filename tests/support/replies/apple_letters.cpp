#include "tests/support/replies/client_letters.hpp"
#include "tests/support/replies/letter_writing.hpp"

namespace tertius::tests {
namespace {

std::string apple_letter(const Answer& answer, const std::string& device_line,
                         const std::string& html_words) {
  const std::string text = text_of_html(answer.notice.html, Links::dropped);
  const std::string plain = words_of(answer) + "\n\n" + (device_line.empty() ? "" : device_line + "\n\n") +
                            lines_quoted(filled(answer.tongue.apple, answer.notice) + "\n\n\uFEFF" + text);
  const std::string html = html_words + "<blockquote type=\"cite\"><div dir=\"ltr\">\uFEFF" +
                           body_of_html(answer.notice.html) + "</div></blockquote></body></html>";
  return letter(
      answer, "Re:",
      device_line.empty() ? "X-Mailer: Apple Mail (2.3826.400.131)\r\n" : "X-Mailer: iPhone Mail (22D82)\r\n",
      alternative("Apple-Mail=_5A1B9B9C-5D0B",
                  text_part("text/plain", "utf-8", Encoding::quoted_printable, plain),
                  text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

std::string apple_mail(const Answer& answer) {
  // The attribution stands in the first of two cited blocks.
  return apple_letter(
      answer, "",
      "<html><head></head><body style=\"overflow-wrap: break-word;\">" +
          html_of_words(answer.words, "<div>", "</div>", "<br>") +
          "<br id=\"lineBreakAtBeginningOfMessage\"><div><br><blockquote type=\"cite\"><div>" +
          filled_html(answer.tongue.apple, answer.notice) +
          "</div><br class=\"Apple-interchange-newline\"></blockquote>");
}

std::string apple_between(const Answer& answer) {
  const auto [above, below] = parted(body_of_html(answer.notice.html));
  const std::string attribution = filled_html(answer.tongue.apple, answer.notice);
  const std::string html = "<html><head></head><body><div><blockquote type=\"cite\"><div>" + attribution +
                           "</div><br class=\"Apple-interchange-newline\"><div>" + above +
                           "</div></blockquote>" + html_of_words(answer.words, "<div>", "</div>", "<br>") +
                           "<br><blockquote type=\"cite\"><div>" + below +
                           "</div></blockquote></div></body></html>";
  const std::string quote = lines_quoted(filled(answer.tongue.apple, answer.notice) + "\n\n" +
                                         text_of_html(answer.notice.html, Links::dropped));
  const std::size_t first = quote.find("\n>\n") + 3, second = quote.find("\n>\n", first) + 3;
  const std::string plain = quote.substr(0, second) + "\n" + words_of(answer) + "\n\n" + quote.substr(second);
  return letter(
      answer, "Re:", "X-Mailer: Apple Mail (2.3826.400.131)\r\n",
      alternative("Apple-Mail=_7C2D", text_part("text/plain", "utf-8", Encoding::quoted_printable, plain),
                  text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

std::string ios_mail(const Answer& answer) {
  const std::string device(answer.tongue.iphone);
  return apple_letter(answer, device,
                      "<html><head></head><body dir=\"auto\">" +
                          html_of_words(answer.words, "<div dir=\"ltr\">", "</div>", "<br>") +
                          "<br id=\"lineBreakAtBeginningOfSignature\"><div dir=\"ltr\">" + device +
                          "</div><div dir=\"ltr\"><br><blockquote type=\"cite\">" +
                          filled_html(answer.tongue.apple, answer.notice) + "<br><br></blockquote></div>");
}

constexpr auto all = std::to_array<Client>({
    {"Apple Mail", apple_mail},
    {"Apple Mail, between", apple_between},
    {"iOS Mail", ios_mail},
});

}  // namespace

std::span<const Client> apple_clients() { return all; }

}  // namespace tertius::tests
