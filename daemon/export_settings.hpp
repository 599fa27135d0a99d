#pragma once
// What a person has set for themselves here and brought along, for export.hpp: preferences, whom they do not
// want to hear of, files, address books, browsers, tokens, webhooks, and whether mail to them is stopped. No
// secret of theirs is in it, and no name that their own pages would not show.

#include <boost/json/object.hpp>

#include "daemon/engine.hpp"

namespace tertius::daemon {

// Each under a name of its own, for the export to hold beside the rest.
boost::json::object export_settings(Engine& engine, PersonId person);

// null where there is none
inline boost::json::value moment(const std::optional<Time>& time) {
  return time ? boost::json::value(time_text(*time)) : boost::json::value();
}

}  // namespace tertius::daemon
