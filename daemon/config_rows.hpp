#pragma once
// The table of keys: what each is called, means and is by default, and how its value is taken. config.cpp
// reads, checks and prints by it.

#include <span>

#include "daemon/config.hpp"

namespace toml {
inline namespace v3 {
class node;
}
}  // namespace toml

namespace tertius::daemon {

struct ConfigRow {
  ConfigKey key;
  // Takes the value into the config; gives what is wrong with it, or nothing.
  const char* (*take)(Config&, const toml::node&);
};

std::span<const ConfigRow> config_rows();

}  // namespace tertius::daemon
