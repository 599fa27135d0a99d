#pragma once
// The pages below /dashboard. Whoever calls has looked that it is the operator who asks. Secrets in other
// people's mail are hidden on all of them (masking.hpp).

#include "web/pages.hpp"

namespace tertius::web {

struct DashboardRoute {
  std::string_view name;  // the path's second part
  PageHandler get;
  PageHandler post;  // null: there is no such page
};
std::span<const DashboardRoute> dashboard_routes();  // dashboard.cpp

HttpResponse show_plots(const Call& call);
HttpResponse show_letters(const Call& call);            // /dashboard/letters[/<id>[/raw]]
HttpResponse show_notices(const Call& call);            // /dashboard/notices[/<id>[/html]]
HttpResponse post_notices(const Call& call);            // /dashboard/notices/<id>
HttpResponse show_full_introduction(const Call& call);  // /dashboard/introductions/<id>, or ?id=

}  // namespace tertius::web
