#pragma once
// What the two request forms share, that of a member and that of whoever is not signed in: their fields, and
// what is said beside each of them.

#include "broker/coach.hpp"
#include "web/parts.hpp"

namespace tertius::web {

// Values for the fields, choices for the purpose.
void put_form(Fields& fields, const Form& form);
// `about` is a field of the form; what is about none of them stands at the top.
void put_finding(Fields& fields, const std::string& about, const std::string& what, const std::string& hint,
                 bool blocks = true);
void put_findings(Fields& fields, const std::vector<Finding>& findings);
void put_rejection(Fields& fields, const Rejected& rejected);

// The same page with what is wrong with it.
HttpResponse not_yet(const Call& call, std::string_view page_name, Fields fields);

}  // namespace tertius::web
