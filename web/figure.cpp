#include "web/figure.hpp"

#include <algorithm>
#include <cmath>

#include "web/parts.hpp"

namespace tertius::web {

namespace {

// Durations in a table are all in the unit that suits each; counts are whole.
std::string cell(const PlotSeries& series, std::size_t bucket, PlotUnit unit) {
  const auto value = bucket < series.values.size() ? series.values[bucket] : std::nullopt;
  return value && std::isfinite(*value) ? value_text(*value, unit) : "\u2013";
}

double sum_of(const TimePlot& plot, std::size_t bucket) {
  double sum = 0;
  for (const PlotSeries& series : plot.series)
    sum += bucket < series.values.size() ? series.values[bucket].value_or(0) : 0;
  return sum;
}

void put_table(Figure& out, const TimePlot& plot, const std::vector<PlotSeries>& beside) {
  const bool sums = plot.shape == PlotShape::stacked && plot.series.size() > 1;
  out.heads = {plot.bucket == std::chrono::days{1} ? "Day" : "Week of"};
  for (const PlotSeries& series : plot.series) out.heads.push_back(series.name);
  if (sums) out.heads.emplace_back("together");
  for (const PlotSeries& series : beside) out.heads.push_back(series.name);
  for (std::size_t i = plot.starts.size(); i-- > 0;) {
    std::vector<std::string> row{date_text(plot.starts[i])};
    for (const PlotSeries& series : plot.series) row.push_back(cell(series, i, plot.unit));
    if (sums) row.push_back(value_text(sum_of(plot, i), plot.unit));
    for (const PlotSeries& series : beside) row.push_back(cell(series, i, PlotUnit::count));
    out.rows.push_back(std::move(row));
  }
}

// Those that have anything to show: a stack of nothing has no colour to be explained.
std::vector<PlotSeries> seen_in(const TimePlot& plot) {
  std::vector<PlotSeries> out;
  for (const PlotSeries& series : plot.series) {
    const bool is_seen = std::ranges::any_of(series.values, [&](const auto& value) {
      return value && (*value > 0 || plot.shape == PlotShape::lines);
    });
    if (is_seen) out.push_back(series);
  }
  return out;
}

std::string place_of(const Figure& figure) {
  return "<figure class=\"figure\" id=\"" + figure.id + "\"></figure>";
}

}  // namespace

Figure make_figure(const TimePlot& plot, std::string caption, const std::vector<PlotSeries>& beside) {
  Figure out{
      plot.id, plot.title, std::move(caption), svg(plot, wide_plot) + svg(plot, narrow_plot), seen_in(plot),
      {},      {}};
  put_table(out, plot, beside);
  return out;
}

Figure make_figure(const BarPlot& plot, std::string caption) {
  Figure out{plot.id, plot.title, std::move(caption), svg(plot, wide_plot) + svg(plot, narrow_plot), {},
             {},      {}};
  out.heads = plot.heads;
  for (const PlotBar& bar : plot.bars) {
    out.rows.push_back({bar.name});
    out.rows.back().insert(out.rows.back().end(), bar.cells.begin(), bar.cells.end());
  }
  return out;
}

Fields figure_fields(const Figure& figure) {
  Fields out = row({{"ID", figure.id}, {"HEADING", figure.heading}, {"CAPTION", figure.caption}});
  for (const PlotSeries& series : figure.legend) {
    out.sections["LEGEND"].push_back(row({{"COLOUR", std::to_string(series.colour)}, {"NAME", series.name}}));
  }
  for (const std::string& head : figure.heads) out.sections["HEADS"].push_back(row({{"HEAD", head}}));
  for (const auto& cells : figure.rows) {
    Fields line;
    for (const std::string& cell : cells) line.sections["CELLS"].push_back(row({{"CELL", cell}}));
    out.sections["ROWS"].push_back(std::move(line));
  }
  return out;
}

void put_figure(std::string& html, const Figure& figure) {
  const std::string place = place_of(figure);
  const auto at = html.find(place);
  if (at == html.npos) return;
  html.insert(at + place.size() - std::string_view("</figure>").size(), figure.markup);
}

}  // namespace tertius::web
