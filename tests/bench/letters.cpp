#include "tests/bench/letters.hpp"

#include <cstdint>
#include <stdexcept>

#include "mail/write_quoted_printable.hpp"
#include "templates/render.hpp"
#include "tests/support/templates/sample.hpp"

namespace tertius::bench {
namespace {

const templates::RenderedNotice& notice() {
  static const templates::RenderedNotice rendered = [] {
    const bool loaded = templates::load_catalogue().has_value();
    auto made = templates::render_notice(NoticeKind::request, "en", sample::notice());
    if (!loaded || !made) throw std::runtime_error("the notice of the bench cannot be rendered");
    return std::move(made).value();
  }();
  return rendered;
}

}  // namespace

const std::string& notice_text() { return notice().text; }
const std::string& notice_html() { return notice().html; }

std::string repeated(std::string_view text, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + text.size());
  while (out.size() < bytes) out += text;
  out.resize(bytes);
  return out;
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    if (at > 0 && at % 57 == 0) out += "\r\n";
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i)
      bits = (bits << 8U) | (at + i < bytes.size() ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    for (std::size_t i = 0; i < 4; ++i)
      out += at + i > bytes.size() ? '=' : alphabet[(bits >> (18U - 6U * i)) & 63U];
  }
  return out + "\r\n";
}

std::string quoted_printable(std::string_view text) {
  std::string out;
  mail::write_quoted_printable(out, text);
  return out;
}

std::string header(std::string_view content_type, std::string_view more) {
  std::string out =
      "Received: from mx.example.org (mx.example.org [192.0.2.1]) by intro.example.org with ESMTPS id 4Xy\r\n"
      "\tfor <intro+mfrggzdfmztwq2lknnwg23tpoaydcmrtgq2t@intro.example.org>; Tue, 3 Mar 2026 10:00:00 "
      "+0000\r\n"
      "From: Christine Herron <christine@example.org>\r\n"
      "To: Alice Chen via Rowan Alumni <intro+mfrggzdfmztwq2lknnwg23tpoaydcmrtgq2t@intro.example.org>\r\n"
      "Subject: Re: Introduce Alice Chen (Acme) to Gail Goodman (Constant Contact)?\r\n"
      "Date: Tue, 3 Mar 2026 11:00:00 +0100\r\n"
      "Message-ID: <CAF1@mail.example.org>\r\n"
      "In-Reply-To: <notice-1@intro.example.org>\r\n"
      "References: <t.1@intro.example.org> <notice-1@intro.example.org>\r\n"
      "MIME-Version: 1.0\r\n";
  return out.append(more).append("Content-Type: ").append(content_type).append("\r\n\r\n");
}

}  // namespace tertius::bench
