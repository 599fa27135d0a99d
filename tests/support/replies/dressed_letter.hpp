#pragma once
// The same words as letters of the mail clients people use, each answering a notice of ours: its attribution
// and device line, its way to quote our text and HTML, its charset and encoding.

#include <string>
#include <string_view>
#include <vector>

#include "tests/support/replies/tongues.hpp"

namespace tertius::tests {

struct AnsweredNotice {
  std::string subject, text, html;  // as sent
  std::string sender, address;      // From's display name, and the address that is answered
  std::string message_id;
};

struct Answer {
  std::string_view words;
  const Tongue& tongue;
  const AnsweredNotice& notice;
};

struct Client {
  std::string_view name;
  std::string (*dress)(const Answer&);  // the letter's bytes
};

std::vector<Client> clients();

}  // namespace tertius::tests
