#pragma once
// Where nobody knows both R and T: somebody R can ask, who knows somebody who knows T. Each of the two is
// asked in turn, and T after them.

#include <optional>

#include "broker/network.hpp"
#include "daemon/connectors.hpp"
#include "daemon/engine.hpp"

namespace tertius::daemon {

// The best one that reaches the ranking's floor, over people who let R ask them and of whom none has said no
// to this T lately. The second is somebody whom the first may see, and who lets themselves be named: else the
// first could not pass it on. None to whoever is known here by their address alone.
std::optional<FoundConnector> find_long_way(Engine& engine, const Network& network, PersonId requester,
                                            PersonId target);

}  // namespace tertius::daemon
