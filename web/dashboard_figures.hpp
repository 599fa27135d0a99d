#pragma once
// The dashboard's numbers as figures. Reads the database; pure beyond that.

#include <string_view>
#include <vector>

#include "storage/statistics.hpp"
#include "web/desk.hpp"
#include "web/figure.hpp"

namespace tertius::web {

struct DashboardRange {
  std::string_view name, label;  // "4w", "4 weeks"
  int weeks;
  int days_a_letter_bucket;  // 1, or 7 where days would be too many
};
std::span<const DashboardRange> dashboard_ranges();
const DashboardRange& find_range(std::string_view name);  // the first where there is none of that name

struct Dashboard {
  storage::Backlog backlog;
  std::int64_t asked = 0, introduced = 0;
  std::vector<Figure> figures;
};
Dashboard read_dashboard(const Desk& desk, const DashboardRange& range);

}  // namespace tertius::web
