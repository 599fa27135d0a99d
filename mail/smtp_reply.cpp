#include "mail/smtp_reply.hpp"

#include <algorithm>
#include <array>

namespace tertius::mail {
namespace {

constexpr auto any = std::nullopt;
constexpr bool dead = true;
constexpr bool refused = true;

constexpr auto table = std::to_array<ReplyMeaning>({
    // The relay is closing, not refusing: whatever it says besides, the notice is innocent (RFC 5321 3.8).
    {421, 421, "", any, Delivery::unharmed, false, false},
    // 4xx at login is a directory that is down (RFC 4954 6), not a wrong password.
    {400, 499, "", SmtpStage::login, Delivery::unharmed, false, false},
    {500, 599, "", SmtpStage::login, Delivery::unharmed, false, refused},
    // RFC 4954 6: login or TLS wanted before mail. Some relays say so only at RCPT.
    {530, 530, "", any, Delivery::unharmed, false, refused},
    {534, 535, "", any, Delivery::unharmed, false, refused},
    {538, 538, "", any, Delivery::unharmed, false, refused},
    {200, 299, "", SmtpStage::content, Delivery::sent, false, false},
    // The sender's address (ours) is what they mislike: 5.1.7, 5.1.8 (RFC 3463 3.2).
    {0, 999, "5.1.7", any, Delivery::bounced, false, false},
    {0, 999, "5.1.8", any, Delivery::bounced, false, false},
    {0, 999, "5.1.*", SmtpStage::mail, Delivery::bounced, false, false},
    {0, 999, "5.1.*", any, Delivery::bounced, dead, false},
    {0, 999, "5.2.1", SmtpStage::recipient, Delivery::bounced, dead, false},
    {0, 999, "5.2.1", SmtpStage::content, Delivery::bounced, dead, false},
    // A full mailbox is emptied some day, whatever its server thinks.
    {0, 999, "5.2.2", any, Delivery::deferred, false, false},
    // RFC 5321 4.5.3.1.10: 552 to RCPT is to be read as 452.
    {552, 552, "-", SmtpStage::recipient, Delivery::deferred, false, false},
    {0, 999, "5.*", any, Delivery::bounced, false, false},
    {0, 999, "4.*", any, Delivery::deferred, false, false},
    {500, 599, "", any, Delivery::bounced, false, false},
    // 4xx, and all that has no business here.
    {0, 999, "", any, Delivery::deferred, false, false},
});

bool is_enhanced_like(std::string_view enhanced, std::string_view pattern) {
  if (pattern.empty()) return true;
  if (pattern == "-") return enhanced.empty();
  if (pattern.ends_with('*')) return enhanced.starts_with(pattern.substr(0, pattern.size() - 1));
  return enhanced == pattern;
}

constexpr auto schedule = std::to_array<std::chrono::seconds>(
    {std::chrono::minutes{1}, std::chrono::minutes{5}, std::chrono::minutes{15}, std::chrono::hours{1},
     std::chrono::hours{4}});
constexpr std::chrono::seconds longest_trying = std::chrono::days{3};

}  // namespace

std::span<const ReplyMeaning> reply_meanings() { return table; }

DeliveryResult delivery_of(const SmtpReply& reply, SmtpStage stage) {
  const auto row = std::find_if(table.begin(), table.end(), [&](const ReplyMeaning& meaning) {
    return reply.code >= meaning.code_from && reply.code <= meaning.code_to &&
           is_enhanced_like(reply.enhanced, meaning.enhanced) && (!meaning.stage || *meaning.stage == stage);
  });
  return {row->delivery, reply.code, reply.enhanced, reply.text, row->address_is_dead, row->login_refused};
}

std::optional<std::chrono::seconds> retry_after(int attempts, std::chrono::seconds age) {
  if (age >= longest_trying) return {};
  const auto step =
      std::clamp<std::size_t>(static_cast<std::size_t>(std::max(attempts, 1)) - 1, 0, schedule.size() - 1);
  return std::min(schedule[step], longest_trying - age);
}

}  // namespace tertius::mail
