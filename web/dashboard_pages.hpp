#pragma once
// The pages below /dashboard. Whoever calls has looked that it is the operator who asks.

#include "web/pages.hpp"

namespace tertius::web {

HttpResponse show_plots(const Call& call);

}  // namespace tertius::web
