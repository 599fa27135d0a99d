#pragma once
// The forms that people, addresses and profiles are matched by. Pure.

#include <string>
#include <string_view>

#include "broker/person.hpp"

namespace tertius::storage {

// address_key() of an addr-spec in a string; one that is no address in ASCII lower case.
std::string recipient_key(std::string_view address);

// An Address back from the text() it was stored as.
Address stored_address(const std::string& text);

// "https://de.linkedin.com/in/Gail/?trk=x" -> "linkedin.com/in/gail"; empty for an empty URL.
std::string profile_key(std::string_view url);

// Name, organisation and title as words to search in: " gail goodman constant contact founder ".
std::string folded_words(const Person& person);

}  // namespace tertius::storage
