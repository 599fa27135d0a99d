#pragma once
// Who wrote to whom in LinkedIn's messages.csv and Invitations.csv. Pure; linear in the messages.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/result.hpp"
#include "broker/time.hpp"

namespace tertius::contacts {

struct LinkedinPerson {
  std::string profile_url;  // what they are known by
  std::string name;
};
struct LinkedinMessage {
  LinkedinPerson from;
  std::vector<LinkedinPerson> to;
  Time sent{};
};

// Drafts, rows that cannot be read, and people without a profile are left out.
Result<std::vector<LinkedinMessage>> read_linkedin_messages(std::string_view csv);
// Those with a message of their own: an invitation without one is a press of a button.
Result<std::vector<LinkedinMessage>> read_linkedin_invitations(std::string_view csv);

// Whose messages these are: every one is from or to them. Where that fits several, the one of that name.
std::string owner_of_messages(const std::vector<LinkedinMessage>& messages, const std::string& name);

struct LinkedinExchange {
  std::string name;
  std::size_t sent = 0, received = 0;
  double score = 0;  // as Interaction's
  Time first{};
};
// By profile URL, of those who wrote to `owner` and were written to.
std::map<std::string, LinkedinExchange> exchanges_of(const std::vector<LinkedinMessage>& messages,
                                                     const std::string& owner);

}  // namespace tertius::contacts
