#pragma once
// A new version of a request that the connector wanted changed, by mail or on the page. Pure.

#include <string>
#include <vector>

#include "broker/coach.hpp"
#include "broker/notice_fields.hpp"

namespace tertius {

// What is asked now, as a request again.
Request request_of(const Introduction& introduction, const Cast& cast);

// An empty note keeps the one before.
std::vector<Finding> coach_revision(const Introduction& introduction, const Cast& cast,
                                    const std::string& cover_note, const std::string& pitch);

}  // namespace tertius
