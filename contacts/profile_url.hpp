#pragma once
// Profile URLs, by which people without a known address are found again. Only personal pages count: a
// company's page on a card would make one person of the whole company. Pure.

#include <string>
#include <string_view>

namespace tertius::contacts {

// "http://de.linkedin.com/in/Gail-Goodman/?trk=x" -> "https://www.linkedin.com/in/gail-goodman"; empty for
// anything else.
std::string make_profile_url(std::string_view url);

}  // namespace tertius::contacts
