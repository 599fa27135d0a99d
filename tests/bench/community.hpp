#pragma once
// A community in which many wait: each member has asked their connector, through the product's own engine, so
// that every row is one the product would have written. All programs of a bench share one key.

#include <string>

#include "daemon/engine.hpp"

namespace tertius::bench {

daemon::EngineSettings community_settings();

// `where`: a path, or the URL of an empty PostgreSQL database. A new file takes the place of what was there.
storage::Database new_community(const std::string& where);
storage::Database open_community(const std::string& where);

// `count` introductions, each of three people of its own, whose request to the connector is due. Throws where
// the engine refuses one.
void add_requests(daemon::Engine& engine, int count);

// "/d/<token>/forward" of some introduction: the page its connector opens.
std::string decision_path(daemon::Engine& engine);

}  // namespace tertius::bench
