#pragma once
// Scripted talks with an ImapDialogue: what it has to write, what the server says then.

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "mail/imap_dialogue.hpp"

namespace tertius::mail::tests {

// "|" is the end of a line.
inline std::string bytes_of(std::string_view text) {
  std::string out;
  for (const char c : text) c == '|' ? out += "\r\n" : out += c;
  return out;
}

struct Turn {
  std::string client;  // all that is written by now; "" is nothing
  std::string server;
};

inline ImapTask inbox(ImapPlace place = {}, std::string move_to = {}) {
  return {.folder = "\"INBOX\"",
          .move_to = std::move(move_to),
          .place = std::move(place),
          .longest_letter = 1000};
}

// Everything a dialogue has given, in the order of its giving.
struct ImapTalk {
  explicit ImapTalk(ImapTask task) : dialogue(std::move(task)) { collect(); }

  void collect() {
    while (auto letter = dialogue.take_letter()) {
      letters.push_back(std::to_string(letter->uid) + " " + letter->bytes);
      if (answers) dialogue.answer(letter->uid, takes(*letter));
    }
    while (auto place = dialogue.take_place()) places.push_back(*place);
    while (auto remark = dialogue.take_remark()) remarks.push_back(*remark);
  }
  void hear(std::string_view bytes) {
    dialogue.receive(bytes);
    collect();
  }
  std::string said() {
    std::string out(dialogue.output());
    dialogue.wrote(out.size());
    return out;
  }
  void converse(const std::vector<Turn>& turns, std::size_t piece = std::string::npos) {
    for (const auto& turn : turns) {
      ASSERT_EQ(said(), bytes_of(turn.client)) << "before: " << turn.server;
      const std::string bytes = bytes_of(turn.server);
      for (std::size_t at = 0; at < bytes.size(); at += std::min(piece, bytes.size()))
        hear(std::string_view(bytes).substr(at, piece));
    }
  }

  ImapDialogue dialogue;
  std::function<bool(const CollectedLetter&)> takes = [](const CollectedLetter&) { return true; };
  bool answers = true;
  std::vector<std::string> letters, remarks;
  std::vector<ImapPlace> places;
};

}  // namespace tertius::mail::tests
