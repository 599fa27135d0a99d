#pragma once
// A server with one folder of as many letters as the test wants, "hi" each, and what becomes of them.

#include <gtest/gtest.h>

#include <cstdint>
#include <set>
#include <sstream>
#include <string>

#include "tests/support/mail/imap_talk.hpp"

namespace tertius::mail::tests {

using Uids = std::set<std::int64_t>;

inline Uids numbers(std::int64_t from, std::int64_t to) {
  Uids out;
  for (; from <= to; ++from) out.insert(from);
  return out;
}

class ImapServer {
 public:
  explicit ImapServer(std::int64_t letters) : uids(numbers(1, letters)), next_(letters + 1) {}

  Uids uids, refused, seen, deleted, moved;
  std::string capability = "IDLE";
  int idles = 0;

  // Until nothing is asked any more, or the connection is cut: so many commands are obeyed, and of the last
  // no answer comes. True where it was not cut.
  bool serve(ImapTalk& talk, int commands = 2'000) {
    while (true) {
      const std::string said = talk.said();
      if (said.empty()) return true;
      std::istringstream lines(said);
      for (std::string line; std::getline(lines, line);) {
        const std::string heard = answer(line.substr(0, line.size() - 1));
        if (--commands < 0) return false;
        talk.hear(heard);
      }
    }
  }

  void add(ImapTalk& talk) {
    uids.insert(next_++);
    talk.hear("* " + std::to_string(uids.size()) + " EXISTS\r\n");
    EXPECT_TRUE(serve(talk));
  }

 private:
  std::string answer(const std::string& line) {
    if (line == "DONE") return idle_tag_ + " OK\r\n";
    const auto tag = line.substr(0, line.find(' ')), command = line.substr(tag.size() + 1);
    const std::string ok = tag + " OK\r\n";
    if (command == "CAPABILITY") return "* CAPABILITY " + capability + "\r\n" + ok;
    if (command.starts_with("SELECT"))
      return "* " + std::to_string(uids.size()) + " EXISTS\r\n* OK [UIDVALIDITY 77]\r\n* OK [UIDNEXT " +
             std::to_string(next_) + "]\r\n" + ok;
    if (command.starts_with("UID SEARCH UID ")) return "* SEARCH" + found(command.substr(15)) + "\r\n" + ok;
    if (command.starts_with("UID FETCH")) return fetched(command.substr(10), tag);
    if (command != "IDLE") return change(command), ok;
    ++idles;
    idle_tag_ = tag;
    return "+ idling\r\n";
  }

  void change(const std::string& command) {
    if (command.find("\\Seen") != command.npos) seen.merge(uids_in(command.substr(10)));
    if (command.find("\\Deleted") != command.npos) deleted.merge(uids_in(command.substr(10)));
    if (command.starts_with("UID MOVE") || command.starts_with("UID COPY"))
      moved.merge(uids_in(command.substr(9)));
    if (command.starts_with("UID MOVE")) remove(uids_in(command.substr(9)));
    if (command.starts_with("UID EXPUNGE")) remove(deleted);
  }

  void remove(const Uids& which) {
    for (const auto uid : which) uids.erase(uid);
  }

  static Uids uids_in(const std::string& list) {
    Uids out;
    std::istringstream in(list);
    for (std::int64_t uid = 0; in >> uid; in.ignore()) out.insert(uid);
    return out;
  }

  std::string found(const std::string& wanted) const {
    const auto colon = wanted.find(':');
    const auto last = wanted[colon + 1] == '*' ? next_ : std::stoll(wanted.substr(colon + 1));
    std::string out;
    for (auto it = uids.lower_bound(std::stoll(wanted)); it != uids.end() && *it <= last; ++it)
      if (!wanted.ends_with("UNSEEN") || !seen.contains(*it)) out += " " + std::to_string(*it);
    return out;
  }

  std::string fetched(const std::string& asked, const std::string& tag) const {
    const bool for_sizes = asked.find("RFC822.SIZE") != asked.npos;
    std::string out;
    for (const auto uid : uids_in(asked)) {
      if (!for_sizes && refused.contains(uid)) return tag + " NO it is broken\r\n";
      if (uids.contains(uid))
        out += "* 1 FETCH (UID " + std::to_string(uid) +
               (for_sizes ? " RFC822.SIZE 2)\r\n" : " BODY[] {2}\r\nhi)\r\n");
    }
    return out + tag + " OK\r\n";
  }

  std::int64_t next_;
  std::string idle_tag_;
};

}  // namespace tertius::mail::tests
