#pragma once
// Which of our mails a letter answers: by the token in any of its recipient addresses, else by our ids in
// References.

#include <optional>

#include "daemon/receiving.hpp"

namespace tertius::daemon {

struct Conversation {
  IntroductionId introduction{};
  Role role{};                     // of the person who was written to
  int round = 0;                   // the request they answer
  bool at_bounce_address = false;  // found by the token of an envelope sender, which only servers see
  std::optional<storage::OutboxRow> notice;  // the mail they answer, where we can tell
};

// `as_of`: when it came, where it is looked at again later.
std::optional<Conversation> find_conversation(Engine& engine, const Incoming& incoming,
                                              Time as_of = Time::max());

// The text part of the mail being answered; empty where it is not known.
std::string text_of(const std::optional<storage::OutboxRow>& notice);

}  // namespace tertius::daemon
