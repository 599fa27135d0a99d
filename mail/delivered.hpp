#pragma once
// The envelope of a letter that lies in a mailbox: what the last mail server wrote on top of it. Only the
// topmost of each field counts, for everything below may be the writer's own.

#include <string>
#include <string_view>

namespace tertius::mail {

struct DeliveredEnvelope {
  // Of Return-Path (RFC 5321 4.4); empty is "<>". Where there is none, of From: what a server left out makes
  // no bounce of a letter.
  std::string sender;
  std::string
      recipient;  // of Delivered-To or X-Original-To, whichever stands first; empty where neither does
};

DeliveredEnvelope delivered_envelope(std::string_view letter);

}  // namespace tertius::mail
