#pragma once
// Which word who may read, and from which stage on. A word is where somebody reads it: on a page, in an
// answer of the API, or in a mail.

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/flow/canary_world.hpp"

namespace tertius::flow {

struct Reading {
  Who who{};
  Stage from = Stage::drafted;
  Stage to = Stage::introduced;  // mails and one's own copies stay
};

struct Canary {
  std::string word;  // in lower case
  std::string_view what;
  std::vector<Reading> readers;          // each of them does read it, nobody else
  std::vector<Who> unasked = {};         // may or may not
  std::vector<std::string> but_in = {};  // requests where the word is no secret: "GET /people"
};
std::vector<Canary> canaries(CanaryWorld& house);

// Also as hexadecimal or base64 would have it, or a percent-encoded address. `text` is in lower case for
// words; for base64 it has to be as it came.
bool holds(const std::string& text, const std::string& word);

}  // namespace tertius::flow
