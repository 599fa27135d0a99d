#pragma once
// Request in, response out: one table of routes. GET, HEAD and OPTIONS change nothing, whatever their path.

#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

HttpResponse respond(const HttpRequest& request, Desk& desk);

}  // namespace tertius::web
