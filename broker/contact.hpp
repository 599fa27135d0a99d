#pragma once
// What every contact file gives, whatever its format: one record a person, and a report of the rows.

#include <string>
#include <vector>

#include "broker/address.hpp"
#include "broker/person.hpp"
#include "broker/time.hpp"

namespace tertius {

struct Contact {
  std::string name;
  std::string organisation;
  std::string title;
  std::string profile_url;
  std::vector<Address> addresses;  // the preferred one first; may be empty
  std::optional<Time> since;
  TieSource source{};
  double strength = 0;  // (0,1], ranking.md's table for the source
  std::string evidence;

  friend bool operator==(const Contact&, const Contact&) = default;
};

struct SkippedRow {
  std::size_t row = 0;  // 1 is the first record after the header
  std::string why;
};

struct ContactFile {
  std::string format;  // "LinkedIn Connections.csv", "vCard"
  std::vector<Contact> contacts;
  std::vector<SkippedRow> skipped;
  std::size_t hidden = 0;  // LinkedIn: members who hide themselves (a row with a date alone)
};

}  // namespace tertius
