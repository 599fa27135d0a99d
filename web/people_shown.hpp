#pragma once
// People as the pages may show them to other members: by name, title and organisation, never by an address.

#include <optional>
#include <string>

#include "web/pages.hpp"

namespace tertius::web {

// Whoever came without a name is called by what they do; person_label() would take their address.
std::string shown_name(const Person& person);
std::string shown_about(const Person& person);  // "Founder, Acme"; may be empty
std::string shown_label(const Person& person);  // "Gail Goodman (Constant Contact)"

// The person of this number, where the member may see them and is somebody else.
std::optional<Person> find_shown(const Call& call, const std::string& id);
std::string person_path(const Person& person);  // "/people/12"

}  // namespace tertius::web
