#include "broker/person.hpp"

namespace tertius {

std::string person_label(const Person& person) {
  const std::string name = !person.name.empty() ? person.name
                           : person.address     ? text(*person.address)
                                                : "somebody";
  return person.organisation.empty() ? name : name + " (" + person.organisation + ")";
}

std::string first_name(const Person& person) {
  if (person.name.empty()) return person.address ? person.address->local : "somebody";
  return person.name.substr(0, person.name.find(' '));
}

}  // namespace tertius
