#pragma once
// One letter's whole way to its meaning, as the engine takes it.

#include <string_view>

#include "broker/reply_meaning.hpp"

namespace tertius::bench {

Meaning read_to_meaning(std::string_view bytes);

}  // namespace tertius::bench
