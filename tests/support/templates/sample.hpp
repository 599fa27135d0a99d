#pragma once
// Fields as the broker and the web fill them: one whole introduction (Alice Chen of Acme, by Christine
// Herron, to Gail Goodman of Constant Contact), every value there, every section shown.

#include <string_view>

#include "broker/introduction.hpp"
#include "broker/notice.hpp"

namespace tertius::sample {

Fields notice(Role to = Role::connector);

// With every section of that page shown, lists with two elements.
Fields page(std::string_view name);

}  // namespace tertius::sample
