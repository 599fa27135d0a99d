#pragma once
// What a server says of an INBOX of three letters, turn by turn, up to each point of a dialogue.

#include <string>
#include <vector>

#include "tests/support/mail/imap_talk.hpp"

namespace tertius::mail::tests {

using Strings = std::vector<std::string>;
using Turns = std::vector<Turn>;

inline Turns operator+(Turns a, const Turns& b) {
  a.insert(a.end(), b.begin(), b.end());
  return a;
}

// An INBOX with UIDs 4, 7 and 9, of which somebody has seen one.
inline Turns opened(const std::string& capability = "IDLE MOVE UIDPLUS") {
  return {{"T1 CAPABILITY|", "* CAPABILITY IMAP4rev1 " + capability + "|T1 OK done|"},
          {"T2 SELECT \"INBOX\"|",
           "* FLAGS (\\Seen)|* 3 EXISTS|* 0 RECENT|* OK [UNSEEN 1] first|* OK [UIDVALIDITY 77] valid|"
           "* OK [UIDNEXT 10] next|T2 OK [READ-WRITE] selected|"}};
}

// Those that nobody has seen: 4 and 9.
inline Turns searched() {
  return {{"T3 UID SEARCH UID 1:9 UNSEEN|", "* SEARCH 4 9|T3 OK done|"},
          {"T4 UID FETCH 4,9 (UID RFC822.SIZE)|",
           "* 1 FETCH (UID 4 RFC822.SIZE 5)|* 3 FETCH (RFC822.SIZE 6 UID 9)|T4 OK done|"}};
}

inline Turns fetched() {
  return {{"T5 UID FETCH 4,9 (UID BODY.PEEK[])|",
           "* 1 FETCH (UID 4 BODY[] {5}|hello)|* 3 FETCH (BODY[] {6}|world! UID 9)|T5 OK done|"}};
}

inline Turns seen() { return {{"T6 UID STORE 4,9 +FLAGS.SILENT (\\Seen)|", "T6 OK done|"}}; }

inline Turns all_taken() { return opened() + searched() + fetched() + seen(); }

// A later dialogue: all of the folder is dealt with.
inline ImapPlace at_end() { return {77, 9, {}, 10}; }
inline Turns opened_at_end() { return opened() + Turns{{"T3 IDLE|", "+ idling|"}}; }

}  // namespace tertius::mail::tests
