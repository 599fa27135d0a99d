#include "mail/compose.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

#include "mail/write_header.hpp"
#include "mail/write_quoted_printable.hpp"

namespace tertius::mail {
namespace {

// RFC 5322 3.3; the names are English whatever the locale, and "GMT" or a bare zone name is obsolete.
std::string date_field(Time time) {
  constexpr std::array week{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                              "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  std::array<char, 80> text{};
  std::snprintf(text.data(), text.size(), "Date: %s, %02u %s %04d %02d:%02d:%02d +0000\r\n",
                week[std::chrono::weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
                months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text.data();
}

// "=_" never occurs in quoted-printable (RFC 2045 6.7), so no part can hold it; FNV-1a of the id keeps
// boundaries apart when a mail is forwarded inside another, and the same over retries.
std::string boundary_of(std::string_view message_id) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const char c : message_id) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "=_tertius_%016llx", static_cast<unsigned long long>(hash));
  return text.data();
}

void write_people(std::string& out, const Composition& mail) {
  if (write_mailbox_field(out, "From", {&mail.from, 1}) == 0)
    throw std::invalid_argument("compose: From is no address: " + mail.from.address);
  // RFC 5322 3.6.3 lets To be absent, but spam filters do not.
  if (write_mailbox_field(out, "To", mail.to) == 0) out += "To: undisclosed-recipients:;\r\n";
  write_mailbox_field(out, "Cc", mail.cc);
  if (!mail.reply_to.empty()) write_mailbox_field(out, "Reply-To", mail.reply_to);
}

void write_thread(std::string& out, const Composition& mail) {
  write_bracketed_field(out, "Message-ID", {&mail.message_id, 1}, "");
  // RFC 3834 3.1.5: an automatic answer says what it answers.
  if (mail.auto_submitted == AutoSubmitted::replied && !mail.references.empty())
    write_bracketed_field(out, "In-Reply-To", {&mail.references.back(), 1}, "");
  write_bracketed_field(out, "References", mail.references, "");
}

void write_automation(std::string& out, const Composition& mail) {
  switch (mail.auto_submitted) {
    case AutoSubmitted::none: break;
    case AutoSubmitted::generated: out += "Auto-Submitted: auto-generated\r\n"; break;
    case AutoSubmitted::replied: out += "Auto-Submitted: auto-replied\r\n"; break;
  }
  // Never "All": Exchange would then also keep back the bounces we need.
  if (mail.suppress_auto_replies) out += "X-Auto-Response-Suppress: OOF, AutoReply\r\n";
  if (!mail.loop_domain.empty()) write_text_field(out, "X-Tertius-Loop", mail.loop_domain);
}

// RFC 2369 and 8058: the Post field only beside an https URL, else Gmail ignores both.
void write_unsubscribe(std::string& out, const Composition& mail) {
  std::vector<std::string> ways;
  if (!mail.unsubscribe_url.empty()) ways.push_back(mail.unsubscribe_url);
  if (!mail.unsubscribe_mail.empty()) ways.push_back("mailto:" + mail.unsubscribe_mail + "?subject=stop");
  const auto before = out.size();
  write_bracketed_field(out, "List-Unsubscribe", ways, ",");
  const auto written = std::string_view(out).substr(before);
  if (written.find("<https://") != std::string_view::npos)
    out += "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
}

// RFC 3282: a language tag (RFC 5646 2.1) and nothing else; encoded words may not stand here.
void write_language(std::string& out, const std::string& tag) {
  constexpr std::size_t longest_tag = 35;  // RFC 5646 4.4.1
  const bool is_tag =
      !tag.empty() && tag.size() <= longest_tag && std::all_of(tag.begin(), tag.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
      });
  if (is_tag) write_text_field(out, "Content-Language", tag);
}

void write_part(std::string& out, std::string_view type, std::string_view text) {
  out.append("Content-Type: ")
      .append(type)
      .append("; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n");
  write_quoted_printable(out, text);
}

// RFC 2046 5.1.4: the plainest part first, the best last.
void write_alternatives(std::string& out, const Composition& mail) {
  const auto boundary = boundary_of(mail.message_id);
  out.append("Content-Type: multipart/alternative;\r\n boundary=\"").append(boundary).append("\"\r\n");
  out.append("\r\n--").append(boundary).append("\r\n");
  write_part(out, "text/plain", mail.text);
  out.append("\r\n--").append(boundary).append("\r\n");
  write_part(out, "text/html", mail.html);
  out.append("\r\n--").append(boundary).append("--\r\n");
}

}  // namespace

std::string compose(const Composition& mail) {
  std::string out;
  out.reserve(2048 + (mail.text.size() + mail.html.size()) * 5 / 4);
  out += date_field(mail.date);
  write_people(out, mail);
  write_text_field(out, "Subject", mail.subject);
  write_thread(out, mail);
  write_automation(out, mail);
  write_unsubscribe(out, mail);
  write_language(out, mail.language);
  out += "MIME-Version: 1.0\r\n";
  if (mail.html.empty())
    write_part(out, "text/plain", mail.text);
  else
    write_alternatives(out, mail);
  return out;
}

}  // namespace tertius::mail
