#pragma once
// What must hold of everybody's answer, whatever it is: no false decision, nothing of our own mail in it.

#include <string_view>

#include "broker/letter.hpp"

namespace tertius::fuzz {

// A request as a connector has it before them.
extern const std::string_view notice;

// Reads the letter as an answer to the notice, for each role, and requires what must hold.
void require_reply(const Letter& letter);

}  // namespace tertius::fuzz
