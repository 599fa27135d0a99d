#pragma once
// JSON Schema (2020-12) as far as openapi.json uses it. A keyword that is not known here is a failure, so
// that no rule stands there unchecked.

#include <boost/json/value.hpp>
#include <string>
#include <vector>

namespace tertius::web {

// What is wrong with `value`, each with a path; empty where nothing is. `document` is where "$ref" leads
// into.
std::vector<std::string> misfits(const boost::json::value& value, const boost::json::value& schema,
                                 const boost::json::value& document, const std::string& path = "");

// The schema, or the object that it refers to.
const boost::json::value& resolved(const boost::json::value& schema, const boost::json::value& document);

}  // namespace tertius::web
