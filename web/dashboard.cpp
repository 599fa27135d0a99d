// The operator's dashboard: the plots. Whoever is not signed in is asked to; to any other member there is no
// such page.
#include <algorithm>

#include "web/dashboard_figures.hpp"
#include "web/dashboard_pages.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr auto routes = std::to_array<DashboardRoute>({
    {"", show_plots, nullptr},
    {"letters", show_letters, nullptr},
    {"notices", show_notices, post_notices},
    {"introductions", show_full_introduction, nullptr},
});

const DashboardRoute* find_route(const Call& call) {
  const std::string name = call.parts.size() > 1 ? call.parts[1] : "";
  const auto found = std::ranges::find(routes, name, &DashboardRoute::name);
  return found == routes.end() ? nullptr : &*found;
}

std::optional<HttpResponse> refuse_others(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (!call.member->is_operator) return no_such_page(call);
  return std::nullopt;
}

std::string age_text(std::chrono::seconds age) {
  return axis_text(static_cast<double>(age.count()), PlotUnit::duration);
}

// Ten minutes: the relay was away for a moment. An hour: somebody has to look.
std::string kind_of_age(std::chrono::seconds age) {
  if (age >= std::chrono::hours{1}) return "bad";
  return age >= std::chrono::minutes{10} ? "wait" : "good";
}

void put_tile(Fields& fields, std::string name, std::string value, std::string kind) {
  fields.sections["TILES"].push_back(
      row({{"NAME", std::move(name)}, {"VALUE", std::move(value)}, {"TILE_KIND", std::move(kind)}}));
}

void put_tiles(Fields& fields, const Dashboard& dashboard, Time now) {
  const auto count = [](std::int64_t n) { return value_text(static_cast<double>(n), PlotUnit::count); };
  std::int64_t due = 0;
  for (const auto one : dashboard.backlog.due) due += one;
  const auto& oldest = dashboard.backlog.oldest;
  put_tile(fields, "Mails waiting", count(due), "plain");
  put_tile(fields, "Oldest waits for", oldest ? age_text(now - *oldest) : "\u2013",
           oldest ? kind_of_age(now - *oldest) : "plain");
  put_tile(fields, "Not yet due", count(dashboard.backlog.not_yet_due), "plain");
  put_tile(fields, "Introductions asked for", count(dashboard.asked), "plain");
  put_tile(fields, "Of these introduced", count(dashboard.introduced), "plain");
}

}  // namespace

std::span<const DashboardRoute> dashboard_routes() { return routes; }

HttpResponse show_plots(const Call& call) {
  const DashboardRange& range = find_range(field(call.form, "range"));
  const Dashboard dashboard = read_dashboard(call.desk, range);
  Fields fields = row({{"SPAN", "The last"}});
  for (const DashboardRange& one : dashboard_ranges()) {
    Fields link =
        row({{"URL", "/dashboard?range=" + std::string(one.name)}, {"LABEL", std::string(one.label)}});
    if (&one == &range) link.sections["CURRENT_RANGE"] = {Fields{}};
    fields.sections["RANGES"].push_back(std::move(link));
  }
  put_tiles(fields, dashboard, call.desk.now);
  for (const Figure& figure : dashboard.figures) fields.sections["PLOTS"].push_back(figure_fields(figure));
  HttpResponse out = page(call, "dashboard", "Dashboard", std::move(fields));
  for (const Figure& figure : dashboard.figures) put_figure(out.body, figure);
  return out;
}

HttpResponse show_dashboard(const Call& call) {
  if (const auto refusal = refuse_others(call)) return *refusal;
  const DashboardRoute* route = find_route(call);
  return route ? route->get(call) : no_such_page(call);
}

HttpResponse post_dashboard(const Call& call) {
  if (const auto refusal = refuse_others(call)) return *refusal;
  const DashboardRoute* route = find_route(call);
  return route && route->post ? route->post(call) : no_such_page(call);
}

}  // namespace tertius::web
