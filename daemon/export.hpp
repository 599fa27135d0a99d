#pragma once
// Everything known about a person that is theirs to know, for the page and the command: themselves, their
// ties, their side of each introduction, their letters and the notices to them, what they have set. What is
// another's secret (who knows them, a silent no, what somebody has not sent yet) is not in it.

#include <boost/json/object.hpp>

#include "daemon/engine.hpp"

namespace tertius::daemon {

// Writing a mail anew costs a millisecond: of those to one person so many, the newest; older ones are listed
// without their words.
inline constexpr std::size_t most_rendered = 500;

boost::json::object export_person(Engine& engine, PersonId person);
// Of somebody who is not in `people`: what they wrote, and what they were answered.
boost::json::object export_stranger(Engine& engine, const Address& address);

}  // namespace tertius::daemon
