#pragma once
// What a relay's reply means for the notice: one table (RFC 5321 4.2, RFC 3463), where the enhanced status
// wins over the code; and when to try again. Pure.

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

#include "broker/delivery.hpp"
#include "mail/reply_reader.hpp"

namespace tertius::mail {

// What was answered. A 5.1.x to MAIL is about our own address, not the recipient's.
enum class SmtpStage { login, mail, recipient, content };

struct ReplyMeaning {
  int code_from;  // inclusive
  int code_to;
  std::string_view enhanced;  // "5.1.1", or "5.1.*"; "-" only without one; "" with or without
  std::optional<SmtpStage> stage;
  Delivery delivery;
  bool address_is_dead;
  bool login_refused;
};

// The first row that fits says it; the last ones fit everything.
std::span<const ReplyMeaning> reply_meanings();

DeliveryResult delivery_of(const SmtpReply& reply, SmtpStage stage);

// How long to wait after so many attempts (1 or more) when the notice is so old; none: give up. 1 min, 5 min,
// 15 min, 1 h, 4 h and again 4 h; the last attempt falls on the end of the third day.
std::optional<std::chrono::seconds> retry_after(int attempts, std::chrono::seconds age);

// After a connection lost behind the dot: time for evidence (a bounce, an answer) before the one retry.
inline constexpr std::chrono::minutes ambiguous_wait{15};

}  // namespace tertius::mail
