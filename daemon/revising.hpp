#pragma once
// A request that C wanted changed, sent again by mail.

#include <variant>

#include "daemon/asking.hpp"

namespace tertius::daemon {

// The new note and pitch; or, where something has to be mended first, what was done: R was told by mail. The
// coach is the same as for a new request. Text without a line of dashes is never a pitch: it may be meant for
// nobody but us, or hold the private note.
std::variant<Resubmitted, std::string> revise(Engine& engine, const Introduction& introduction,
                                              const Letter& letter, const Address& from);

// What is mailed where a request was not taken: why, and what R wrote.
Answer turned_answer(const Address& to, const std::optional<Person>& person, const Turned& turned,
                     const Request& request);

// Mails why a request was not taken, with what R wrote, and says so in a few words for the letter's row.
std::string answer_turned(Engine& engine, const Address& to, const std::optional<Person>& person,
                          const Turned& turned, const Request& request = {});

}  // namespace tertius::daemon
