#include "daemon/config_reload.hpp"

#include <toml++/toml.h>

#include <sstream>

#include "daemon/config_rows.hpp"

namespace tertius::daemon {

namespace {

// In one way, so that 0x10 and 16 are no difference.
std::string written(const toml::node& node) {
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* list = node.as_array()) {
    std::string items;
    for (const auto& item : *list) items += (items.empty() ? "" : ", ") + written(item);
    return "[" + items + "]";
  }
  std::ostringstream out;
  node.visit([&](const auto& value) { out << value; });
  return out.str();
}

// What the key is there: its standard where it is left out; empty where it must be given and is not.
std::string value_of(const toml::table& config, const ConfigKey& key) {
  if (const auto* section = config[key.section].as_table())
    if (const auto* node = section->get(key.name)) return written(*node);
  if (key.standard.empty()) return {};
  const toml::table standard = toml::parse("x = " + std::string(key.standard));
  return written(*standard.get("x"));
}

}  // namespace

ConfigMerge merge_reloadable(const std::string& running, const std::string& fresh) {
  const toml::table before = toml::parse(running), after = toml::parse(fresh);
  ConfigMerge out;
  std::string_view section;
  for (const ConfigRow& row : config_rows()) {
    const ConfigKey& key = row.key;
    const std::string was = value_of(before, key), is = value_of(after, key);
    const bool reloads = key.takes_effect == TakesEffect::at_reload;
    if (was != is)
      (reloads ? out.taken : out.waiting).push_back(std::string(key.section) + "." + std::string(key.name));
    if (key.section != section) out.toml += "[" + std::string(section = key.section) + "]\n";
    if (const auto& value = reloads ? is : was; !value.empty())
      out.toml += std::string(key.name) + " = " + value + "\n";
  }
  return out;
}

}  // namespace tertius::daemon
