#include "web/mail_frames.hpp"

#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr std::string_view dark_only = "(prefers-color-scheme: dark)";

// Within our own style sheet alone: the same words further down are somebody's.
std::string with_query(std::string html, std::string_view query) {
  std::size_t end = html.find("</style>");
  if (end == html.npos) return html;
  for (auto at = html.find(dark_only); at < end; at = html.find(dark_only, at + query.size())) {
    html.replace(at, dark_only.size(), query);
    end = html.find("</style>");
  }
  return html;
}

}  // namespace

std::string in_light(std::string html) { return with_query(std::move(html), "(width < 0px)"); }
std::string in_dark(std::string html) { return with_query(std::move(html), "(width >= 0px)"); }

void put_mail_frames(Fields& fields, const std::vector<PreviewMail>& mails) {
  int number = 0;
  for (const PreviewMail& mail : mails) {
    fields.sections["MAIL"].push_back(row({{"MAIL_NUMBER", std::to_string(++number)},
                                           {"MAIL_TITLE", mail.title},
                                           {"MAIL_TO", mail.to},
                                           {"MAIL_SUBJECT", mail.subject},
                                           {"MAIL_TEXT", mail.text},
                                           {"MAIL_LIGHT", in_light(mail.html)},
                                           {"MAIL_DARK", in_dark(mail.html)}}));
  }
}

HttpResponse with_mail_frames(HttpResponse response) {
  for (auto& [name, value] : response.headers) {
    constexpr std::string_view own = "style-src 'self'";
    if (name != "Content-Security-Policy") continue;
    if (const auto at = value.find(own); at != value.npos)
      value.replace(at, own.size(), "style-src 'self' 'unsafe-inline'");
  }
  return response;
}

}  // namespace tertius::web
