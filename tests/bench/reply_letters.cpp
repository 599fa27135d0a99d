// What people and mail servers really answer.
#include <algorithm>
#include <array>

#include "tests/bench/letters.hpp"

namespace tertius::bench {
namespace {

constexpr std::string_view answer =
    "Forward, gladly.\n\nGail, Alice is one of the most thoughtful founders I have met. Twenty minutes well "
    "spent.\n\nBest,\nChristine\n\n";
constexpr std::string_view attribution =
    "On Tue, 3 Mar 2026 at 10:00, Alice Chen via Rowan Alumni <intro@example.org> wrote:\n";
constexpr std::string_view alternative = "multipart/alternative; boundary=\"000000000000b1\"";

std::string paragraph(std::string_view text) {
  return "<p class=MsoNormal>" + std::string(text) + "<o:p></o:p></p>\n";
}

std::string quoted(std::string_view text, std::size_t depth) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    out.append(depth, '>').append(" ").append(text.substr(0, end)).append("\n");
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

// A thread that has gone to and fro: the notice again and again, deeper and deeper.
std::string with_quote(std::size_t bytes) {
  std::string out = std::string(answer) + std::string(attribution);
  for (std::size_t depth = 1; out.size() < bytes; ++depth) out += quoted(notice_text(), 1 + depth % 6);
  out.resize(bytes);
  return out + "\n";
}

std::string plain_reply(std::size_t bytes) {
  const std::string head =
      header("text/plain; charset=UTF-8", "Content-Transfer-Encoding: quoted-printable\r\n");
  return head + quoted_printable(with_quote(bytes - head.size()));
}

std::string gmail_reply(std::size_t bytes) {
  std::string html =
      "<div dir=\"ltr\">Forward, gladly.<div><br></div><div>Gail, Alice is one of the most thoughtful "
      "founders I have met. Twenty minutes well "
      "spent.</div><div><br></div><div>Best,</div><div>Christine</div></div>"
      "<br><div class=\"gmail_quote gmail_quote_container\"><div dir=\"ltr\" class=\"gmail_attr\">On Tue, 3 "
      "Mar 2026 at "
      "10:00, Alice Chen via Rowan Alumni &lt;<a href=\"mailto:intro@example.org\">intro@example.org</a>&gt; "
      "wrote:<br></div><blockquote class=\"gmail_quote\" style=\"margin:0px 0px 0px 0.8ex;border-left:1px "
      "solid "
      "rgb(204,204,204);padding-left:1ex\">";
  while (html.size() < bytes * 6 / 10) html += notice_html();
  html += "</blockquote></div>\n";
  return header(alternative) +
         "--000000000000b1\r\nContent-Type: text/plain; charset=\"UTF-8\"\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quoted_printable(with_quote(bytes / 5)) +
         "\r\n--000000000000b1\r\nContent-Type: text/html; charset=\"UTF-8\"\r\n"
         "Content-Transfer-Encoding: quoted-printable\r\n\r\n" +
         quoted_printable(html) + "\r\n--000000000000b1--\r\n";
}

// Word's HTML: a style sheet, a paragraph for each line, the quote below a header block.
std::string outlook_reply(std::size_t bytes) {
  std::string html =
      "<html xmlns:o=\"urn:schemas-microsoft-com:office:office\"><head><meta http-equiv=\"Content-Type\" "
      "content=\"text/html; charset=us-ascii\"><style><!--\n@font-face {font-family:Calibri;}\n";
  for (int level = 1; level <= 40; ++level)
    html += "p.MsoList" + std::to_string(level) + " {margin:0cm;margin-bottom:.0001pt;font-size:11.0pt;}\n";
  html += "--></style></head><body lang=EN-GB link=blue vlink=purple><div class=WordSection1>\n";
  html += paragraph("Forward, gladly.") + paragraph("&nbsp;") + paragraph("Best,") + paragraph("Christine");
  html +=
      "<div id=\"divRplyFwdMsg\" style=\"border-top:solid #E1E1E1 1.0pt\"><p class=MsoNormal><b>From:</b> "
      "Alice Chen via "
      "Rowan Alumni &lt;intro@example.org&gt;<br><b>Sent:</b> 03 March 2026 10:00<br><b>To:</b> Christine "
      "Herron<br>"
      "<b>Subject:</b> Introduce Alice Chen?<o:p></o:p></p></div>";
  while (html.size() < bytes * 7 / 10) html += notice_html();
  html += "</div></body></html>\n";
  return header("text/html; charset=\"us-ascii\"", "Content-Transfer-Encoding: base64\r\n") + base64(html);
}

std::string with_attachment(std::size_t bytes) {
  return header("multipart/mixed; boundary=\"m1\"") +
         "--m1\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + with_quote(3000) +
         "\r\n--m1\r\nContent-Type: application/pdf; name=\"numbers.pdf\"\r\n"
         "Content-Disposition: attachment; filename=\"numbers.pdf\"\r\nContent-Transfer-Encoding: "
         "base64\r\n\r\n" +
         base64(repeated("%PDF-1.7 \xE2\xE3\xCF\xD3 stream endstream\n", (bytes - 4000) * 3 / 4)) +
         "\r\n--m1--\r\n";
}

std::string bounce(std::size_t bytes) {
  const std::string returned = header("text/plain; charset=utf-8") + repeated(notice_text(), bytes / 3);
  std::string report =
      "Reporting-MTA: dns; mx.example.org\r\nArrival-Date: Tue, 3 Mar 2026 10:00:00 +0000\r\n";
  while (report.size() < bytes / 4)
    report += "\r\nFinal-Recipient: rfc822; gail" + std::to_string(report.size()) +
              "@example.org\r\nAction: failed\r\n"
              "Status: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 <gail@example.org>: user unknown\r\n";
  return header("multipart/report; report-type=delivery-status; boundary=\"r1\"") +
         "--r1\r\nContent-Type: text/plain\r\n\r\nThis is the mail system at host mx.example.org.\r\n\r\nI'm "
         "sorry to have to "
         "inform you that your message could not\r\nbe delivered to one or more recipients.\r\n\r\n"
         "--r1\r\nContent-Type: message/delivery-status\r\n\r\n" +
         report + "\r\n--r1\r\nContent-Type: message/rfc822\r\n\r\n" + returned + "\r\n--r1--\r\n";
}

constexpr auto letters = std::to_array<LetterKind>({
    {"plain reply", 20'000, plain_reply},
    {"Gmail reply", 200'000, gmail_reply},
    {"Outlook reply", 200'000, outlook_reply},
    {"with attachment", 2'000'000, with_attachment},
    {"bounce", 50'000, bounce},
});

}  // namespace

std::span<const LetterKind> reply_letters() { return letters; }

}  // namespace tertius::bench
