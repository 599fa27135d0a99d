#pragma once
// LinkedIn's whole archive: its Connections.csv, and what its other files say of how close the member is to
// whom. Messages count as mail does (contacts/interactions.hpp): both have to have written, what is old
// counts for less, and one to many says little. What was written is not looked at. Ages are as of the
// archive's newest message, so that the same archive always says the same. Pure.

#include <string>

#include "broker/contact.hpp"
#include "broker/result.hpp"

namespace tertius::contacts {

// The texts of its files; empty where it has none.
struct LinkedinArchive {
  std::string connections = {}, profile = {}, messages = {}, invitations = {};
  std::string recommendations_given = {}, recommendations_received = {};
  std::string endorsements_given = {}, endorsements_received = {};
};

// A file beside Connections.csv that cannot be read is skipped with its reason.
Result<ContactFile> read_linkedin_archive(const LinkedinArchive& archive);

}  // namespace tertius::contacts
