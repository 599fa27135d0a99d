#pragma once
// What becomes of one received letter. read_incoming() is pure work for any thread; receive() runs in the
// database thread and puts the letter, raw, with its outcome into the same transaction as the change it
// causes, before its sender hears 250. The same bytes for the same recipient are acted on once.

#include <string>
#include <string_view>

#include "broker/letter.hpp"
#include "daemon/engine.hpp"

namespace tertius::daemon {

struct Incoming {
  std::string sender;     // envelope; empty is "<>"
  std::string recipient;  // envelope
  std::string raw;
  std::string sha256;  // hex
  Letter letter;
};

Incoming read_incoming(std::string sender, std::string recipient, std::string raw);

// Whether RCPT TO is one of ours: the mailbox itself, or it or the bounce address with a token that verifies.
bool knows_recipient(const Links& links, std::string_view recipient);

// The outcome in one sentence, as it stands in the database.
std::string receive(Engine& engine, const Incoming& incoming);

}  // namespace tertius::daemon
