#include "web/plot.hpp"

#include <algorithm>
#include <cmath>

#include "web/plot_axis.hpp"
#include "web/svg_writer.hpp"

namespace tertius::web {

namespace {

constexpr double least_slot = 2;  // pixels a bucket

std::optional<double> usable(std::optional<double> value) {
  return value && std::isfinite(*value) && *value >= 0 ? value : std::nullopt;
}

std::optional<double> value_at(const PlotSeries& series, std::size_t bucket) {
  return bucket < series.values.size() ? usable(series.values[bucket]) : std::nullopt;
}

// The inside of the axes.
struct Area {
  double left = 0, top = 0, right = 0, bottom = 0;
  double width() const { return right - left; }
  double height() const { return bottom - top; }
};

struct Scene {
  const TimePlot& plot;
  PlotSize size;
  Area area;
  std::vector<double> ticks;

  std::size_t buckets() const { return plot.starts.size(); }
  double slot() const { return area.width() / static_cast<double>(std::max<std::size_t>(1, buckets())); }
  double x(std::size_t bucket) const { return area.left + slot() * static_cast<double>(bucket); }
  double middle(std::size_t bucket) const { return x(bucket) + slot() / 2; }
  double y(double value) const { return area.bottom - value / ticks.back() * area.height(); }
};

// Groups of buckets in place of each, with the mean of the values that are there.
TimePlot grouped(const TimePlot& plot, std::size_t group) {
  TimePlot out = plot;
  out.starts.clear();
  out.bucket = plot.bucket * static_cast<int>(group);
  for (std::size_t i = 0; i < plot.starts.size(); i += group) out.starts.push_back(plot.starts[i]);
  for (PlotSeries& series : out.series) {
    std::vector<std::optional<double>> means(out.starts.size());
    for (std::size_t i = 0; i < means.size(); ++i) {
      double sum = 0, there = 0;
      for (std::size_t at = i * group; at < std::min((i + 1) * group, plot.starts.size()); ++at) {
        if (const auto value = value_at(series, at)) sum += *value, there += 1;
      }
      if (there > 0) means[i] = sum / there;
    }
    series.values = std::move(means);
  }
  return out;
}

TimePlot thinned(const TimePlot& plot, const PlotSize& size) {
  const auto room = static_cast<std::size_t>(std::max(1.0, size.width / least_slot));
  const std::size_t group = (plot.starts.size() + room - 1) / room;
  return group > 1 ? grouped(plot, group) : plot;
}

double stack_height(const TimePlot& plot, std::size_t bucket) {
  double sum = 0;
  for (const PlotSeries& series : plot.series) sum += value_at(series, bucket).value_or(0);
  return sum;
}

double highest(const TimePlot& plot) {
  double most = 0;
  for (std::size_t i = 0; i < plot.starts.size(); ++i) {
    if (plot.shape == PlotShape::stacked) most = std::max(most, stack_height(plot, i));
    for (const PlotSeries& series : plot.series) most = std::max(most, value_at(series, i).value_or(0));
  }
  return most;
}

Scene make_scene(const TimePlot& plot, const PlotSize& size) {
  Scene scene{plot, size, {}, {}};
  const int wanted = size.height >= 230 ? 6 : 5;
  scene.ticks = plot.unit == PlotUnit::percent ? std::vector<double>{0, 25, 50, 75, 100}
                                               : nice_ticks(highest(plot), plot.unit, wanted);
  double label = 0;
  for (const double tick : scene.ticks)
    label = std::max(label, text_width(axis_text(tick, plot.unit), size.font));
  scene.area = {label + 8, size.font * 2, size.width - 6.0, size.height - size.font * 2};
  return scene;
}

std::string head(const std::string& id, const std::string& title, const std::string& description,
                 std::string_view kind, const PlotSize& size) {
  const std::string name = id + "-" + std::string(kind);
  return open_element("svg", {{"class", "plot " + std::string(kind)},
                              {"viewBox", "0 0 " + px(size.width) + " " + px(size.height)},
                              {"role", "img"},
                              {"font-size", px(size.font)},
                              {"aria-labelledby", name + "-title " + name + "-desc"}}) +
         text_element("title", {{"id", name + "-title"}}, title) +
         text_element("desc", {{"id", name + "-desc"}}, description);
}

std::string_view kind_of(const PlotSize& size) { return size.width >= wide_plot.width ? "wide" : "narrow"; }

std::string value_axis(const Scene& scene) {
  std::string out =
      text_element("text", {{"class", "unit"}, {"x", "0"}, {"y", px(scene.size.font)}}, scene.plot.what);
  for (const double tick : scene.ticks) {
    const std::string y = px(scene.y(tick));
    out += empty_element("line", {{"class", tick == 0 ? "base" : "grid"},
                                  {"x1", px(scene.area.left)},
                                  {"x2", px(scene.area.right)},
                                  {"y1", y},
                                  {"y2", y}});
    out += text_element("text",
                        {{"x", px(scene.area.left - 6)},
                         {"y", px(scene.y(tick) + scene.size.font * 0.35)},
                         {"text-anchor", "end"}},
                        axis_text(tick, scene.plot.unit));
  }
  return out;
}

// Centred below its bucket, but for the first and the last, which stay inside.
std::string time_axis(const Scene& scene) {
  std::string out;
  double taken = -1;
  for (const DateTick& tick : date_ticks(scene.plot.starts, scene.slot(), scene.size.font)) {
    const double half = text_width(tick.text, scene.size.font) / 2, middle = scene.middle(tick.bucket);
    const double x = std::clamp(middle, std::min(half, scene.size.width - half), scene.size.width - half);
    if (x - half < taken) continue;
    taken = x + half + 4;
    out += empty_element("line", {{"class", "base"},
                                  {"x1", px(middle)},
                                  {"x2", px(middle)},
                                  {"y1", px(scene.area.bottom)},
                                  {"y2", px(scene.area.bottom + 4)}});
    out += text_element(
        "text",
        {{"x", px(x)}, {"y", px(scene.area.bottom + scene.size.font * 1.5)}, {"text-anchor", "middle"}},
        tick.text);
  }
  return out;
}

// One path for each series: a year of weeks in eight colours is 8 elements, not 400.
std::string stacks(const Scene& scene) {
  const double gap = scene.slot() > 6 ? std::min(6.0, scene.slot() * 0.2) : scene.slot() * 0.1;
  const double wide = scene.slot() - gap;
  std::vector<double> below(scene.buckets(), 0);
  std::string out;
  for (const PlotSeries& series : scene.plot.series) {
    std::string path;
    for (std::size_t i = 0; i < scene.buckets(); ++i) {
      const double value = value_at(series, i).value_or(0);
      if (value <= 0) continue;
      path += "M" + px(scene.x(i) + gap / 2) + " " + px(scene.y(below[i])) + "V" +
              px(scene.y(below[i] + value)) + "h" + px(wide) + "V" + px(scene.y(below[i])) + "z";
      below[i] += value;
    }
    const std::string colour = "fill p" + std::to_string(series.colour) + (wide > 6 ? " apart" : "");
    if (!path.empty()) out += empty_element("path", {{"class", colour}, {"d", path}});
  }
  return out;
}

// Broken where a bucket has no value; a value alone between two such is a dot.
std::string lines(const Scene& scene) {
  std::string out;
  for (const PlotSeries& series : scene.plot.series) {
    const std::string colour = std::to_string(series.colour);
    std::string path, dots;
    bool drawn = false;
    for (std::size_t i = 0; i < scene.buckets(); ++i) {
      const auto value = value_at(series, i);
      if (value) {
        path += (drawn ? "L" : "M") + px(scene.middle(i)) + " " + px(scene.y(*value));
        if (scene.slot() > 8 || (!drawn && (i + 1 == scene.buckets() || !value_at(series, i + 1))))
          dots += empty_element("circle", {{"class", "fill p" + colour},
                                           {"cx", px(scene.middle(i))},
                                           {"cy", px(scene.y(*value))},
                                           {"r", "2.5"}});
      }
      drawn = value.has_value();
    }
    if (!path.empty()) out += empty_element("path", {{"class", "line p" + colour}, {"d", path}}) + dots;
  }
  return out;
}

std::string said_of(const TimePlot& plot, std::size_t bucket) {
  std::string out = bucket_text(plot.starts[bucket], plot.bucket) + ": ";
  std::string values;
  for (const PlotSeries& series : plot.series) {
    const auto value = value_at(series, bucket);
    if (!value || (plot.shape == PlotShape::stacked && *value == 0)) continue;
    values += (values.empty() ? "" : ", ") + series.name + " " + value_text(*value, plot.unit);
  }
  return out + (values.empty() ? "nothing" : values);
}

// What a pointer finds: the whole height of each bucket.
std::string readings(const Scene& scene) {
  std::string out;
  for (std::size_t i = 0; i < scene.buckets(); ++i) {
    out += open_element("rect", {{"class", "hit"},
                                 {"x", px(scene.x(i))},
                                 {"y", px(scene.area.top)},
                                 {"width", px(scene.slot())},
                                 {"height", px(scene.area.height())}}) +
           text_element("title", {}, said_of(scene.plot, i)) + "</rect>";
  }
  return out;
}

bool is_empty(const TimePlot& plot) {
  for (const PlotSeries& series : plot.series) {
    for (std::size_t i = 0; i < plot.starts.size(); ++i) {
      const auto value = value_at(series, i);
      if (value && (*value > 0 || plot.shape == PlotShape::lines)) return false;
    }
  }
  return true;
}

std::string nothing_here(double x, double y, const std::string& words = "Nothing in this time") {
  return text_element("text", {{"class", "unit"}, {"x", px(x)}, {"y", px(y)}, {"text-anchor", "middle"}},
                      words);
}

// A name cut to the pixels it has, between characters.
std::string cut(const std::string& name, double room, double font) {
  if (text_width(name, font) <= room) return name;
  std::string out = name;
  while (!out.empty() && text_width(out, font) > room - font) {
    while (out.size() > 1 && (static_cast<unsigned char>(out.back()) & 0xc0) == 0x80) out.pop_back();
    out.pop_back();
  }
  return out + "\u2026";
}

double bar_value(const PlotBar& bar) { return usable(bar.value).value_or(0); }

std::string bar_row(const PlotBar& bar, int colour, double y, double most, const PlotSize& size) {
  const double said = text_width(bar.said, size.font);
  const double full = std::max(0.0, bar_value(bar) / most * size.width);
  return open_element("g", {}) + text_element("title", {}, bar.name + ": " + bar.said) +
         text_element("text", {{"x", "0"}, {"y", px(y + size.font)}},
                      cut(bar.name, size.width - said - 12, size.font)) +
         text_element(
             "text",
             {{"class", "unit"}, {"x", px(size.width)}, {"y", px(y + size.font)}, {"text-anchor", "end"}},
             bar.said) +
         empty_element("rect", {{"class", "track"},
                                {"x", "0"},
                                {"y", px(y + size.font * 1.5)},
                                {"width", px(size.width)},
                                {"height", "8"}}) +
         empty_element("rect", {{"class", "fill p" + std::to_string(colour)},
                                {"x", "0"},
                                {"y", px(y + size.font * 1.5)},
                                {"width", px(full)},
                                {"height", "8"}}) +
         "</g>";
}

}  // namespace

std::string svg(const TimePlot& plot, const PlotSize& size) {
  const TimePlot shown = thinned(plot, size);
  const Scene scene = make_scene(shown, size);
  std::string out =
      head(plot.id, plot.title, plot.description, kind_of(size), size) + value_axis(scene) + time_axis(scene);
  if (is_empty(shown))
    out += nothing_here((scene.area.left + scene.area.right) / 2, (scene.area.top + scene.area.bottom) / 2);
  else
    out += (plot.shape == PlotShape::stacked ? stacks(scene) : lines(scene)) + readings(scene);
  return out + "</svg>";
}

std::string svg(const BarPlot& plot, const PlotSize& size) {
  const double row = size.font * 3;
  PlotSize whole = size;
  whole.height =
      static_cast<int>(std::ceil(row * static_cast<double>(std::max<std::size_t>(1, plot.bars.size()))));
  double most = 0, y = 0;
  for (const PlotBar& bar : plot.bars) most = std::max(most, bar_value(bar));
  std::string out = head(plot.id, plot.title, plot.description, kind_of(size), whole);
  if (plot.bars.empty()) out += nothing_here(size.width / 2.0, row / 2, plot.nothing);
  for (const PlotBar& bar : plot.bars) {
    out += bar_row(bar, plot.colour, y, most > 0 ? most : 1, size);
    y += row;
  }
  return out + "</svg>";
}

}  // namespace tertius::web
