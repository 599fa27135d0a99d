#pragma once
// /api/v1: request in, response out. Who asks is told by the token alone; cookies are not looked at, so that
// no other site's page can act through a browser.

#include "web/desk.hpp"
#include "web/http.hpp"
#include "web/pace.hpp"

namespace tertius::web {

// What one token may ask for: so many requests at once, and two a second.
inline constexpr PaceRule api_pace{120, std::chrono::milliseconds{500}};

bool is_api_path(std::string_view path);  // "/api" and below
HttpResponse respond_api(const HttpRequest& request, Desk& desk);

// What the daemon says where the database fails.
HttpResponse api_sorry(const Links& links);

}  // namespace tertius::web
