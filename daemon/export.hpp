#pragma once
// Everything known about a person that is theirs to know, for the page and the command: themselves, their
// ties, their side of each introduction, their letters and the notices to them. What is another's secret
// (who knows them, a silent no, what somebody has not sent yet) is not in it.

#include <boost/json/object.hpp>

#include "daemon/engine.hpp"

namespace tertius::daemon {

boost::json::object export_person(Engine& engine, PersonId person);

}  // namespace tertius::daemon
