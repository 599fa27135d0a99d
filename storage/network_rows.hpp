#pragma once
// The tie graph's rows: all of them for a first picture in memory, then what has changed since. Rows come
// page by page and go straight into the graph; twenty million of them as structs would be several gigabytes.
// No transaction is needed and none is held: what changes meanwhile comes again as news.

#include <map>
#include <vector>

#include "broker/network.hpp"
#include "storage/db.hpp"

namespace tertius::storage {

// How far somebody has followed the changes.
struct NetworkPlace {
  std::int64_t settled = 0;  // everything up to here, and
  // these beyond it: in PostgreSQL, whoever committed while an older transaction is still under way.
  std::map<PersonId, std::int64_t> ahead = {};
};

struct LoadedNetwork {
  Network network;
  NetworkPlace place;
};
LoadedNetwork load_network(Database& db);

struct NetworkNews {
  std::vector<PersonChange> changes;  // by id; empty where nothing has happened
  NetworkPlace place;                 // where these are applied
};
// In a transaction its own changes are among them: then they are not to be kept, for it may yet fail.
NetworkNews load_network_news(Database& db, const NetworkPlace& since);

}  // namespace tertius::storage
