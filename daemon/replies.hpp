#pragma once
// What people write to the daemon: answers in a conversation, and new requests.

#include "daemon/conversation.hpp"

namespace tertius::daemon {

inline constexpr std::chrono::hours one_answer_within{
    24};  // RFC 3834 2: no conversation between two machines

// Exactly one From, or nobody: two are allowed by RFC 5322 3.6.2, used by nobody but forgers.
std::optional<Address> find_writer(const Letter& letter);

// Whether `from` is an address of this person, and the letter provably from it where a checker is trusted.
bool is_theirs(Engine& engine, const Address& from, PersonId person, const Letter& letter);

std::string receive_reply(Engine& engine, const Incoming& incoming, const Conversation& conversation);
std::string receive_request(Engine& engine, const Incoming& incoming);

}  // namespace tertius::daemon
