#include "tests/support/replies/client_letters.hpp"

#include "mail/write_header.hpp"
#include "tests/support/replies/letter_writing.hpp"

namespace tertius::tests {

std::string filled(std::string_view form, const AnsweredNotice& notice) {
  return replaced(replaced(std::string(form), "{name}", notice.sender), "{address}", notice.address);
}

// The attribution in HTML, where the address is a link.
std::string filled_html(std::string_view form, const AnsweredNotice& notice) {
  const std::string link = "<a href=\"mailto:" + notice.address + "\">" + notice.address + "</a>";
  return replaced(replaced(escaped(form), "{name}", escaped(notice.sender)), "{address}", link);
}

std::string letter(const Answer& answer, std::string_view re, std::string_view mailer,
                   const std::string& body) {
  const AnsweredNotice& notice = answer.notice;
  const std::string id = "<" + notice.message_id + ">";
  std::string out = "Return-Path: <" + std::string(writer_at) + ">\r\nFrom: " + std::string(writer) + " <" +
                    std::string(writer_at) + ">\r\nTo: " + notice.sender + " <" + notice.address + ">\r\n";
  mail::write_text_field(out, "Subject", std::string(re) + " " + notice.subject);
  return out +
         "Date: Tue, 10 Mar 2026 11:58:02 +0000\r\nMessage-ID: "
         "<7f3b@mail.firstround.example>\r\nIn-Reply-To: " +
         id + "\r\nReferences: " + id + "\r\n" + std::string(mailer) + "MIME-Version: 1.0\r\n" + body;
}

std::string words_of(const Answer& answer) { return std::string(answer.words); }

std::string header_block(const Answer& answer) {
  const Tongue& tongue = answer.tongue;
  const AnsweredNotice& notice = answer.notice;
  return std::string(tongue.from) + " " + notice.sender + " <" + notice.address + ">\n" +
         std::string(tongue.sent) + " " + std::string(tongue.date) + "\n" + std::string(tongue.to) + " " +
         std::string(writer) + " <" + std::string(writer_at) + ">\n" + std::string(tongue.subject) + " " +
         notice.subject + "\n";
}

std::string header_block_html(const Answer& answer) {
  std::string html;
  for (const std::string& line : lines_of_text(header_block(answer))) {
    const std::size_t colon = line.find(':') + 1;
    html += "<b>" + escaped(line.substr(0, colon)) + "</b>" + escaped(line.substr(colon)) + "<br>\n";
  }
  return html;
}

std::string placed(Place place, const std::string& words, const std::string& attribution,
                   const std::string& quote) {
  if (place == Place::above) return words + "\n" + attribution + quote;
  if (place == Place::below) return attribution + quote + "\n" + words;
  const std::size_t gap = quote.find("\n>\n") + 3;
  return attribution + quote.substr(0, gap) + "\n" + words + "\n" + quote.substr(gap);
}

std::vector<Client> clients() {
  std::vector<Client> all;
  for (const auto family :
       {google_clients(), outlook_clients(), apple_clients(), line_quoting_clients(), webmail_clients()})
    all.insert(all.end(), family.begin(), family.end());
  return all;
}

}  // namespace tertius::tests
