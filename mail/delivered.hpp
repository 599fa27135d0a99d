#pragma once
// The envelope of a letter that lies in a mailbox: what the last mail server wrote on top of it. Only the
// topmost of each field counts, for everything below may be the writer's own.

#include <string>
#include <string_view>

namespace tertius::mail {

struct DeliveredEnvelope {
  std::string sender;  // of Return-Path (RFC 5321 4.4); empty is "<>", and where there is none
  std::string
      recipient;  // of Delivered-To or X-Original-To, whichever stands first; empty where neither does
};

DeliveredEnvelope delivered_envelope(std::string_view letter);

}  // namespace tertius::mail
