#pragma once
// The HTML part without its quote, as plain text: every client marks the node it quotes in, and nothing but a
// tag scanner is needed to leave it out. Linear time on any bytes.

#include <optional>
#include <string>
#include <string_view>

namespace tertius::reading {

// None where no quote node of a known client was found.
std::optional<std::string> text_above_quote(std::string_view html);

}  // namespace tertius::reading
