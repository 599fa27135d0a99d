#pragma once
// How close a member is to everybody they write with, from the headers of their own mail: the interaction
// rank of Roth et al. (KDD 2010), with the two-way rule of CTD and 4Degrees. Kept at home: what leaves is a
// score for each contact, never a subject or a body. Pure; linear in the messages, memory in the people.

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "broker/address.hpp"
#include "broker/contact.hpp"
#include "broker/letter.hpp"
#include "broker/time.hpp"

namespace tertius::contacts {

// ranking.hpp's table: w_out, L, and from how many other participants on a message says nothing of any.
inline constexpr double weight_of_sent = 2;
inline constexpr std::chrono::days half_life{180};
inline constexpr std::size_t too_many_participants = 5;

// What a header says, as far as closeness goes.
struct Message {
  std::string id;  // without angle brackets; one message lies in several folders. Empty counts each time
  std::vector<Mailbox> from, to;  // To and Cc
  Time sent{};
  bool automatic = false;  // a list's, a robot's (RFC 3834, RFC 2919)
};

struct Interaction {
  Address address;
  std::string name;  // as they call themselves; else as the member does
  std::size_t sent = 0, received = 0;
  double score = 0;  // I: decayed, weighted; 14 letters each way this month are about 40
  Time first{}, last{};

  friend bool operator==(const Interaction&, const Interaction&) = default;
};

// Why messages were passed over.
struct Passed {
  std::size_t automatic = 0, crowded = 0, again = 0,
              strangers = 0;  // strangers: neither from nor to the member
};

class Interactions {
 public:
  // `mine`: the member's own addresses. Scores are as of `now`; later dates count as now.
  Interactions(const std::vector<Address>& mine, Time now);

  void add(const Message& message);
  // Who wrote to the member and was written to, the closest first.
  std::vector<Interaction> both_ways() const;

  std::size_t counted() const { return counted_; }
  const Passed& passed() const { return passed_; }

 private:
  struct Tally {
    Interaction interaction;
    bool named_themself = false;
  };

  bool is_mine(const Address& address) const { return mine_.contains(address_key(address)); }
  bool is_first_copy(const std::string& id);
  void tally(const Mailbox& mailbox, const Address& address, bool sent, double weight, Time at);

  std::set<std::string> mine_;
  Time now_;
  std::set<std::size_t> seen_;  // hashes of Message-IDs: a hundred thousand in 5 MB
  std::map<std::string, Tally> tallies_;
  std::size_t counted_ = 0;
  Passed passed_;
};

}  // namespace tertius::contacts
