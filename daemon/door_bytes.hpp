#pragma once
// Bytes between a door and a dialogue (mail::SmtpDialogue, mail::ImapDialogue), as many as go without
// waiting.

#include <optional>
#include <string>

#include "mail/door.hpp"

namespace tertius::daemon {

enum class Written { all, blocked, broken };  // blocked: the socket takes no more for now

template <typename Dialogue>
Written write_out(mail::Door& door, Dialogue& dialogue) {
  while (!dialogue.output().empty()) {
    const auto sent = door.send(dialogue.output());
    if (!sent) return Written::broken;
    if (*sent == 0) return Written::blocked;
    dialogue.wrote(*sent);
  }
  return Written::all;
}

template <typename Dialogue>
void read_in(mail::Door& door, Dialogue& dialogue) {
  auto reading = mail::Door::Reading::more;
  while (reading == mail::Door::Reading::more && !dialogue.is_over()) {
    std::string bytes;
    reading = door.receive(bytes);
    dialogue.receive(bytes);
  }
  if (reading == mail::Door::Reading::closed) dialogue.lost("the server closed the connection");
}

// True when the socket takes no more for now.
template <typename Dialogue>
bool move_bytes(mail::Door& door, Dialogue& dialogue) {
  const auto written = write_out(door, dialogue);
  read_in(door, dialogue);
  // Read first: what the server said before it hung up counts.
  if (written == Written::broken) dialogue.lost("the connection broke while writing");
  return written == Written::blocked;
}

}  // namespace tertius::daemon
