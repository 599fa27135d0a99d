#pragma once
// How a letter is read, with every reason: what `tertius explain` prints and the operator's page of a letter
// shows. Pure.

#include <string>
#include <string_view>
#include <vector>

#include "broker/recognise.hpp"
#include "broker/reply_meaning.hpp"

namespace tertius {

struct Explained {
  Recognised recognised;
  ReplyText reply;
  Meaning meaning;
  std::vector<std::string> why;  // in the order in which it was found out
};

// What the letter was when it came: which mail of ours it answers (empty: not known), who wrote it, when.
struct Arrival {
  std::string notice;
  Role role = Role::connector;
  std::string loop_domain;
  Time at{};
};
Explained explain(const Letter& letter, const Arrival& arrival);

}  // namespace tertius
