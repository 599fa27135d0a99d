#pragma once
// What is kept as JSON: the Fields of a notice and the list of connectors. A damaged text is thrown as
// broken.

#include <string>
#include <vector>

#include "broker/ids.hpp"
#include "broker/notice.hpp"

namespace tertius::storage {

// {"values": {"NAME": "text"}, "sections": {"NAME": [fields, ...]}}; what is empty is left out.
std::string fields_json(const Fields& fields);
Fields read_fields(const std::string& json);

std::string people_json(const std::vector<PersonId>& people);  // [1, 2]
std::vector<PersonId> read_people(const std::string& json);

}  // namespace tertius::storage
