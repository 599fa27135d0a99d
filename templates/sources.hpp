#pragma once
// The text of every template file: those inside the binary, and the operator's files of the same names over
// them. Reads the disk once, at start. Fails with the path that cannot be read or is no template's name.

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "broker/result.hpp"

namespace tertius::templates {

using Sources = std::map<std::string, std::string, std::less<>>;  // "notices/en/request.txt" -> its text

Result<Sources> load_sources(const std::optional<std::filesystem::path>& overrides);

// Whether a file of this name would be used for anything.
bool is_source_name(std::string_view name);

}  // namespace tertius::templates
