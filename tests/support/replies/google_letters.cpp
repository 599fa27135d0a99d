#include "tests/support/replies/client_letters.hpp"
#include "tests/support/replies/letter_writing.hpp"

namespace tertius::tests {
namespace {

std::string gmail_quote(const Answer& answer, std::string_view classes) {
  return "<div class=\"" + std::string(classes) + "\"><div dir=\"ltr\" class=\"gmail_attr\">" +
         filled_html(answer.tongue.gmail, answer.notice) +
         "<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px solid "
         "rgb(204,204,204);padding-left:1ex\"><u></u>" +
         body_of_html(answer.notice.html) + "</blockquote></div>";
}

std::string gmail_plain(const Answer& answer, const std::string& below) {
  const std::string attribution = wrapped(filled(answer.tongue.gmail, answer.notice), 76);
  const std::string quote = wrapped(text_of_html(answer.notice.html, Links::in_brackets), 74);
  return wrapped(answer.words, 78) + below + "\n" + attribution + "\n" + lines_quoted(quote);
}

std::string gmail_letter(const Answer& answer, const std::string& plain, const std::string& html) {
  return letter(answer, "Re:", "",
                alternative("000000000000d1a7b0061ab7c3f2",
                            text_part("text/plain", "utf-8", Encoding::quoted_printable, plain),
                            text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

std::string gmail_web(const Answer& answer) {
  const std::string html =
      "<div dir=\"ltr\">" + html_of_words(answer.words, "<div>", "</div>", "<br></div>") + "</div><br>";
  return gmail_letter(answer, gmail_plain(answer, ""),
                      html + gmail_quote(answer, "gmail_quote gmail_quote_container"));
}

std::string gmail_with_signature(const Answer& answer) {
  const std::string html =
      "<div dir=\"ltr\">" + html_of_words(answer.words, "<div>", "</div>", "<br>") +
      "<div><br></div><span class=\"gmail_signature_prefix\">-- </span><br><div dir=\"ltr\" "
      "class=\"gmail_signature\" data-smartmail=\"gmail_signature\"><div dir=\"ltr\">Christine "
      "Herron<div>Partner, First Round</div></div></div></div><br>";
  return gmail_letter(answer, gmail_plain(answer, "\n-- \nChristine Herron\nPartner, First Round\n"),
                      html + gmail_quote(answer, "gmail_quote gmail_quote_container"));
}

// The person pressed Enter within the quote, which parts it.
std::string gmail_between(const Answer& answer) {
  const auto [above, below] = parted(body_of_html(answer.notice.html));
  const std::string block = "<blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex\">";
  const std::string html =
      "<div dir=\"ltr\"><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" "
      "class=\"gmail_attr\">" +
      filled_html(answer.tongue.gmail, answer.notice) + "<br></div>" + block + above + "</blockquote>" +
      html_of_words(answer.words, "<div>", "</div>", "<br>") + block + below + "</blockquote></div></div>";
  const std::string quote = lines_quoted(wrapped(text_of_html(answer.notice.html, Links::in_brackets), 74));
  const std::string attribution = wrapped(filled(answer.tongue.gmail, answer.notice), 76);
  return gmail_letter(answer, placed(Place::between, wrapped(answer.words, 78), attribution + "\n", quote),
                      html);
}

std::string gmail_android(const Answer& answer) {
  const std::string html = html_of_words(answer.words, "<div dir=\"auto\">", "</div>", "<br>") + "<br>";
  return gmail_letter(answer, gmail_plain(answer, ""), html + gmail_quote(answer, "gmail_quote"));
}

// The words stand in the Samsung app's own div, the quote after its "-------- Original message --------".
std::string samsung(const Answer& answer) {
  const Tongue& tongue = answer.tongue;
  const AnsweredNotice& notice = answer.notice;
  const std::string head = "-------- " + std::string(tongue.original) + " --------";
  const std::string block = std::string(tongue.from) + " " + notice.sender + " <" + notice.address + ">\n" +
                            std::string(tongue.sent) + " 09/03/2026 10:02 (GMT+01:00)\n" +
                            std::string(tongue.to) + " " + std::string(writer_at) + "\n" +
                            std::string(tongue.subject) + " " + notice.subject + "\n";
  const std::string plain = words_of(answer) + "\n\n" + std::string(tongue.android) + "\n\n" + head + "\n" +
                            block + "\n" + text_of_html(notice.html, Links::dropped);
  const std::string html = "<html><head></head><body dir=\"auto\">" +
                           html_of_words(answer.words, "<div dir=\"auto\">", "</div>", "<br>") +
                           "<div dir=\"auto\"><br></div><div id=\"composer_signature\" dir=\"auto\"><div "
                           "style=\"font-size:12px;color:#575757\" "
                           "dir=\"auto\">" +
                           std::string(tongue.android) +
                           "</div></div><div dir=\"auto\"><br></div><div align=\"left\" dir=\"auto\" "
                           "style=\"font-size:100%;color:#000000\"><div>" +
                           head + "</div>" + html_of_words(block, "<div>", "</div>", "") +
                           "<div><br></div></div>" + body_of_html(notice.html) + "</body></html>";
  return letter(answer, "Re:", "",
                alternative("--_com.samsung.android.email_1741600682",
                            text_part("text/plain", "utf-8", Encoding::base64, plain),
                            text_part("text/html", "utf-8", Encoding::base64, html)));
}

// Gmail's marks around an attribution of its own; its text part quotes line by line.
std::string k9_mail(const Answer& answer) {
  const std::string attribution = filled(answer.tongue.apple, answer.notice);
  const std::string plain = words_of(answer) + "\n\n" + attribution + "\n" +
                            lines_quoted(text_of_html(answer.notice.html, Links::dropped), ">");
  const std::string html = "<!DOCTYPE html><html><body>" +
                           html_of_words(answer.words, "<div dir=\"auto\">", "</div>", "<br>") +
                           "<br><br><div class=\"gmail_quote\"><div dir=\"auto\">" + escaped(attribution) +
                           "</div><blockquote class=\"gmail_quote\" style=\"margin: 0pt 0pt 0pt 0.8ex;\">" +
                           body_of_html(answer.notice.html) + "</blockquote></div></body></html>";
  return letter(answer, "Re:", "User-Agent: K-9 Mail for Android\r\n",
                alternative("----K4J2X0", text_part("text/plain", "utf-8", Encoding::quoted_printable, plain),
                            text_part("text/html", "utf-8", Encoding::quoted_printable, html)));
}

constexpr auto all = std::to_array<Client>({
    {"Gmail web", gmail_web},
    {"Gmail web, signature", gmail_with_signature},
    {"Gmail web, between", gmail_between},
    {"Gmail Android", gmail_android},
    {"K-9 Mail", k9_mail},
    {"Samsung Email", samsung},
});

}  // namespace

std::span<const Client> google_clients() { return all; }

}  // namespace tertius::tests
