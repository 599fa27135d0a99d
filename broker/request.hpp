#pragma once
// What R asks, before it is an introduction: the same struct from a mail, the web form, the command line and
// the API. A request mail: the subject names the target ("Gail Goodman, Constant Contact"), a member in Cc is
// the wished connector, the body is the cover note, a line of three or more dashes, then the pitch. Two lines
// of the body are for the daemon and are taken out: "Purpose: advice" and "send anyway".

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/address.hpp"
#include "broker/ids.hpp"
#include "broker/letter.hpp"
#include "broker/result.hpp"

namespace tertius {

struct Request {
  Address requester;
  std::string target;                                    // "Gail Goodman, Constant Contact", or an address
  std::optional<PersonId> target_person = std::nullopt;  // chosen on a page: goes before the words
  std::vector<Address> connectors;                       // wished, in order; may be empty
  std::vector<PersonId> relay = {};                      // Introduction::relay; chosen on a page
  std::string subject;                                   // of the mail to T; empty: made from the names
  std::string cover_note;
  std::string pitch;
  std::string purpose;
  bool send_anyway = false;  // overrides the coach's warnings
};

// What stands above and below the first line of three or more dashes, however a telephone writes them; empty
// where there is none.
struct Halves {
  std::string cover_note;
  std::string pitch;
};
std::optional<Halves> split_at_dashes(std::string_view body);

// `body` is the letter's new text (reply_text). The broker's own addresses in To and Cc are no connectors.
Result<Request> make_request(const Letter& letter, const std::string& body, const std::string& broker_domain);

// A target in words: name, then what stands behind the first comma or in brackets or after " at ".
struct WantedTarget {
  std::string name;
  std::string organisation;
  std::optional<Address> address;
};
WantedTarget make_wanted_target(const std::string& text);

// Further people named beside the first: "Gail Goodman and Bob Stone" -> "Bob Stone".
std::vector<std::string> other_targets(const std::string& text);

}  // namespace tertius
