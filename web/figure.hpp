#pragma once
// A plot on a page, with its legend and the same numbers as a table. A page's template has an empty
// <figure> for each, and the plots are put there after all else has been escaped: of escaped text none can
// look like that element.

#include <string>
#include <vector>

#include "broker/notice.hpp"
#include "web/plot.hpp"

namespace tertius::web {

struct Figure {
  std::string id, heading, caption;
  std::string markup;              // both sizes; style.css shows the one that fits
  std::vector<PlotSeries> legend;  // those that have values
  std::vector<std::string> heads;
  std::vector<std::vector<std::string>> rows;
};

// The newest bucket is the table's first row; `beside` are columns of the table alone, of counts.
Figure make_figure(const TimePlot& plot, std::string caption, const std::vector<PlotSeries>& beside = {});
Figure make_figure(const BarPlot& plot, std::string caption);

// Of the section PLOTS.
Fields figure_fields(const Figure& figure);
void put_figure(std::string& html, const Figure& figure);

}  // namespace tertius::web
