#pragma once
// A mail domain as it goes on the wire: A-labels (IDNA 2008, non-transitional). Fails on what DNS cannot
// carry. The only place that knows libidn2.

#include <string>

#include "broker/result.hpp"

namespace tertius::mail {

// "bücher.example" -> "xn--bcher-kva.example"; an address literal "[192.0.2.1]" stays as it is.
Result<std::string> ascii_domain(const std::string& domain);

}  // namespace tertius::mail
