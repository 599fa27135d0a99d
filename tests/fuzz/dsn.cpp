// A bounce: its report, its header and its words.
#include <algorithm>
#include <string>

#include "broker/bounce_text.hpp"
#include "mail/bounce.hpp"
#include "mail/charset.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

void require_report(std::string_view bytes) {
  const auto lines = static_cast<std::size_t>(std::ranges::count(bytes, '\n')) + 1;
  const auto failed = mail::read_delivery_status(bytes);
  require(failed.size() <= lines, "every recipient has a line of its own");
  for (const FailedRecipient& one : failed) {
    require_line(one.address), require_line(one.action), require_line(one.status),
        require_text(one.diagnostic);
  }
}

void require_field(std::string_view bytes) {
  const auto failed = mail::read_failed_recipients(bytes);
  require(failed.size() <= static_cast<std::size_t>(std::ranges::count(bytes, '@')),
          "no address from nowhere");
  for (const FailedRecipient& one : failed) require_line(one.address);
  require(mail::decode_xtext(bytes).size() <= bytes.size(), "xtext only shrinks");
}

// Our own address is in every bounce: it must never be the one that failed.
void require_words(const std::string& text) {
  constexpr std::string_view own = "b+aaaa@intro.example.org";
  const auto failed = read_bounce_text(text, own);
  require(failed.size() <= 51, "recipients are counted");
  for (const FailedRecipient& one : failed) {
    require_text(one.address);
    require(one.address != own, "the addressee has not failed");
    require(one.status.empty() || ((one.status[0] == '4' || one.status[0] == '5') && one.status[1] == '.'),
            "a status is 4.x.x or 5.x.x");
    require(one.action == "failed" || (one.action == "delayed" && one.status[0] == '4'), "a delay passes");
  }
}

}  // namespace

void dsn(std::string_view bytes) {
  require_report(bytes);
  require_field(bytes);
  require_words(mail::to_utf8(bytes));
}

}  // namespace tertius::fuzz
