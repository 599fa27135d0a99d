#pragma once
// Plots as SVG, made on the server: numbers in, markup out, pure. Colours come from classes of style.css (.p1
// to .p8), so that a plot is light or dark with its page; there is no inline style, which the pages'
// Content-Security-Policy forbids. Each plot has a title and a description for screen readers, and says the
// numbers of a bucket where a pointer rests on it. Texts are placed by an upper bound of their width: none
// covers another, at any size from 240 pixels on. Values that are negative or not finite count as absent.
// Names and labels may be a stranger's: they are escaped here.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/time.hpp"

namespace tertius::web {

enum class PlotUnit { count, percent, duration };  // durations in seconds

inline constexpr int plot_colours = 8;

struct PlotSeries {
  std::string name;
  int colour = 1;                             // 1 to plot_colours
  std::vector<std::optional<double>> values;  // one for each bucket
};

struct PlotSize {
  int width = 0, height = 0;
  double font = 12;
};
inline constexpr PlotSize wide_plot{560, 250, 12}, narrow_plot{300, 210, 11};

// Over time. More buckets than the width has room for are averaged in groups of equal size.
enum class PlotShape { lines, stacked };
struct TimePlot {
  std::string id;  // of its elements in the page
  std::string title, description;
  PlotShape shape{};
  PlotUnit unit{};
  std::string what;  // heads the vertical axis: "requests"
  std::vector<Time> starts;
  std::chrono::seconds bucket{};  // the length of each
  std::vector<PlotSeries> series;
};
std::string svg(const TimePlot& plot, const PlotSize& size);

// One horizontal bar for each name. A long name is cut; its title has all of it.
struct PlotBar {
  std::string name;
  double value = 0;
  std::string said;                // beside the bar: "3.5 h, 12 mails"
  std::vector<std::string> cells;  // in the table, behind the name
};
struct BarPlot {
  std::string id;
  std::string title, description;
  int colour = 1;
  std::vector<std::string> heads;  // of the table's columns
  std::string nothing{"Nothing in this time"};
  std::vector<PlotBar> bars;
};
std::string svg(const BarPlot& plot, const PlotSize& size);

// "1,204", "12k", "40%", "6 h", "1.5 d"
std::string axis_text(double value, PlotUnit unit);
// The same with counts in full, for tables and readings: "12,345".
std::string value_text(double value, PlotUnit unit);
// 0 and some more, evenly spaced at round numbers of the unit, the last at or above `most`; at most `wanted`.
std::vector<double> nice_ticks(double most, PlotUnit unit, int wanted);

// "9 Mar", and how a bucket is called: "9 March 2026", "week of 9 March 2026".
std::string short_date(Time time);
std::string bucket_text(Time start, std::chrono::seconds length);

// An upper bound of a text's width in pixels, in any system font.
double text_width(std::string_view text, double font);

}  // namespace tertius::web
