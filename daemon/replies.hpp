#pragma once
// What people write to the daemon: answers in a conversation, and new requests.

#include "daemon/conversation.hpp"

namespace tertius::daemon {

std::string receive_reply(Engine& engine, const Incoming& incoming, const Conversation& conversation);
std::string receive_request(Engine& engine, const Incoming& incoming);

}  // namespace tertius::daemon
