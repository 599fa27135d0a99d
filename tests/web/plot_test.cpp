// Where a plot's numbers stand, what its axes say, and that nothing a stranger writes becomes markup.
#include "web/plot.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "web/plot_axis.hpp"
#include "web/svg_writer.hpp"

namespace tertius::web {
namespace {

using std::chrono::days;
using namespace std::chrono_literals;

const Time monday{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9}};

TimePlot weeks(int count, PlotShape shape, std::vector<PlotSeries> series) {
  TimePlot plot{"id", "Title", "Description", shape, PlotUnit::count, "requests", {}, days{7}, {}};
  for (int i = 0; i < count; ++i) plot.starts.push_back(monday + days{7 * i});
  plot.series = std::move(series);
  return plot;
}

std::size_t count(const std::string& text, std::string_view word) {
  std::size_t found = 0;
  for (auto at = text.find(word); at != text.npos; at = text.find(word, at + 1)) ++found;
  return found;
}

struct Label {
  double x = 0, y = 0, width = 0;
  std::string text;
  double left = 0;
};

double number_after(const std::string& text, const std::string& mark) {
  const auto at = text.find(mark);
  return at == text.npos ? std::numeric_limits<double>::quiet_NaN()
                         : std::stod(text.substr(at + mark.size()));
}

// Every <text> with the room it takes.
std::vector<Label> labels(const std::string& svg, double font) {
  std::vector<Label> out;
  for (auto at = svg.find("<text"); at != svg.npos; at = svg.find("<text", at + 1)) {
    const auto end = svg.find("</text>", at), begin = svg.find('>', at) + 1;
    const std::string tag = svg.substr(at, begin - at);
    Label label{number_after(tag, " x=\""), number_after(tag, " y=\""), 0, svg.substr(begin, end - begin), 0};
    label.width = text_width(label.text, font);
    label.left = label.x;
    if (tag.find("\"end\"") != tag.npos) label.left -= label.width;
    if (tag.find("\"middle\"") != tag.npos) label.left -= label.width / 2;
    out.push_back(label);
  }
  return out;
}

void expect_room_for_all(const std::string& svg, const PlotSize& size, const std::string& what) {
  const auto all = labels(svg, size.font);
  for (std::size_t i = 0; i < all.size(); ++i) {
    EXPECT_GE(all[i].left, -1) << what << ": " << all[i].text;
    EXPECT_LE(all[i].left + all[i].width, size.width + 1) << what << ": " << all[i].text;
    for (std::size_t j = 0; j < i; ++j) {
      const bool apart = all[i].left >= all[j].left + all[j].width ||
                         all[j].left >= all[i].left + all[i].width ||
                         std::abs(all[i].y - all[j].y) >= size.font;
      EXPECT_TRUE(apart) << what << ": \"" << all[i].text << "\" over \"" << all[j].text << "\"";
    }
  }
}

TEST(PlotTest, TicksAreRoundNumbersOfTheirUnit) {
  EXPECT_EQ(nice_ticks(7, PlotUnit::count, 5), (std::vector<double>{0, 2, 4, 6, 8}));
  EXPECT_EQ(nice_ticks(1, PlotUnit::count, 5), (std::vector<double>{0, 1}));
  EXPECT_EQ(nice_ticks(0, PlotUnit::count, 5), (std::vector<double>{0, 1}));
  EXPECT_EQ(nice_ticks(900, PlotUnit::count, 5), (std::vector<double>{0, 500, 1000}));
  EXPECT_EQ(nice_ticks(100, PlotUnit::percent, 6), (std::vector<double>{0, 20, 40, 60, 80, 100}));
  EXPECT_EQ(nice_ticks(3 * 86400, PlotUnit::duration, 4), (std::vector<double>{0, 86400, 172800, 259200}));
  EXPECT_EQ(nice_ticks(50 * 60, PlotUnit::duration, 6),
            (std::vector<double>{0, 600, 1200, 1800, 2400, 3000}));
  EXPECT_EQ(nice_ticks(1e9, PlotUnit::duration, 3).size(), 3u);
}

TEST(PlotTest, TicksReachOverTheHighestAndAreNotTooMany) {
  for (const auto unit : {PlotUnit::count, PlotUnit::percent, PlotUnit::duration}) {
    for (double most = 0.01; most < 1e12; most *= 1.37) {
      const auto ticks = nice_ticks(most, unit, 5);
      EXPECT_GE(ticks.back(), most * 0.999999) << most;
      EXPECT_LE(ticks.size(), 5u) << most;
      EXPECT_GE(ticks.size(), 2u) << most;
    }
  }
  for (const double odd : {std::nan(""), HUGE_VAL, -HUGE_VAL, -5.0, 0.0})
    EXPECT_EQ(nice_ticks(odd, PlotUnit::count, 5), (std::vector<double>{0, 1})) << odd;
}

TEST(PlotTest, AxisTextsAreShort) {
  EXPECT_EQ(axis_text(1204, PlotUnit::count), "1,204");
  EXPECT_EQ(axis_text(12000, PlotUnit::count), "12k");
  EXPECT_EQ(axis_text(1234567, PlotUnit::count), "1.2M");
  EXPECT_EQ(value_text(1234567, PlotUnit::count), "1,234,567");
  EXPECT_EQ(axis_text(40, PlotUnit::percent), "40%");
  EXPECT_EQ(axis_text(30, PlotUnit::duration), "30 s");
  EXPECT_EQ(axis_text(90, PlotUnit::duration), "1.5 min");
  EXPECT_EQ(axis_text(6 * 3600, PlotUnit::duration), "6 h");
  EXPECT_EQ(axis_text(36 * 3600, PlotUnit::duration), "36 h");
  EXPECT_EQ(axis_text(60 * 3600, PlotUnit::duration), "2.5 d");
}

// Width 560, font 12: with labels "0" and "4" the area begins at 0.65 * 12 + 8 = 15.8 and ends at 554.
TEST(PlotTest, AStackStandsOnTheOneBelow) {
  const auto plot = weeks(2, PlotShape::stacked, {{"below", 1, {1, 3}}, {"above", 2, {2, 1}}});
  const std::string out = svg(plot, wide_plot);
  // Ticks 0 to 4 between y = 226 and y = 24: one is 50.5 pixels. A slot is 269.1 wide, its gap 6.
  EXPECT_NE(out.find("class=\"fill p1 apart\" d=\"M18.8 226V175.5h263.1V226zM287.9 226V74.5h263.1V226z\""),
            out.npos)
      << out;
  EXPECT_NE(out.find("class=\"fill p2 apart\" d=\"M18.8 175.5V74.5h263.1V175.5zM287.9 74.5V24h263.1V74.5z\""),
            out.npos)
      << out;
}

TEST(PlotTest, ALineGoesThroughTheMiddleOfEachBucket) {
  const auto plot = weeks(2, PlotShape::lines, {{"a", 1, {1, 4}}});
  const std::string out = svg(plot, wide_plot);
  EXPECT_NE(out.find("class=\"line p1\" d=\"M150.4 175.5L419.5 24\""), out.npos) << out;
}

TEST(PlotTest, ALineIsBrokenWhereNothingIsKnown) {
  std::vector<std::optional<double>> values(200, 1.0);
  values[50] = values[52] = std::nullopt;
  const std::string out = svg(weeks(200, PlotShape::lines, {{"a", 1, values}}), wide_plot);
  const std::string path = out.substr(out.find("class=\"line"));
  EXPECT_EQ(count(path.substr(0, path.find("/>")), "M"), 3u);
  EXPECT_EQ(count(out, "<circle"), 1u) << "the one between two gaps is a dot";
}

TEST(PlotTest, APointAloneIsSeen) {
  const std::string out = svg(weeks(1, PlotShape::lines, {{"a", 1, {3}}}), narrow_plot);
  EXPECT_EQ(count(out, "<circle"), 1u);
  EXPECT_NE(out.find("9 Mar"), out.npos);
  EXPECT_NE(svg(weeks(1, PlotShape::stacked, {{"a", 1, {3}}}), narrow_plot).find("fill p1"),
            std::string::npos);
}

TEST(PlotTest, NothingSaysSo) {
  for (const auto shape : {PlotShape::lines, PlotShape::stacked}) {
    for (const auto& plot : {weeks(0, shape, {}), weeks(4, shape, {{"a", 1, {}}}),
                             weeks(3, shape, {{"a", 1, {std::nullopt, -1, HUGE_VAL}}})}) {
      const std::string out = svg(plot, wide_plot);
      EXPECT_NE(out.find("Nothing in this time"), out.npos);
      EXPECT_EQ(out.find("nan"), out.npos);
      EXPECT_EQ(out.find("inf"), out.npos);
    }
  }
  EXPECT_NE(svg(BarPlot{"b", "T", "D", 1, {}, "Nothing waits", {}}, wide_plot).find("Nothing waits"),
            std::string::npos);
}

TEST(PlotTest, AHugeSeriesIsAveragedToWhatTheWidthHasRoomFor) {
  std::vector<std::optional<double>> values;
  for (int i = 0; i < 100'000; ++i) values.emplace_back(i < 50'000 ? 10 : 30);
  const std::string out = svg(weeks(100'000, PlotShape::stacked, {{"a", 1, values}}), wide_plot);
  EXPECT_LT(out.size(), 200'000u);
  EXPECT_LE(count(out, "class=\"hit\""), 280u);
  EXPECT_NE(out.find("a 10<"), out.npos) << "an average keeps the unit";
  EXPECT_NE(out.find("a 30<"), out.npos);
}

TEST(PlotTest, APointerReadsEachBucket) {
  const std::string out =
      svg(weeks(2, PlotShape::stacked, {{"asked", 1, {4, 0}}, {"declined", 2, {1, 0}}}), wide_plot);
  EXPECT_NE(out.find("<title>week of 9 March 2026: asked 4, declined 1</title>"), out.npos) << out;
  EXPECT_NE(out.find("<title>week of 16 March 2026: nothing</title>"), out.npos) << out;
}

TEST(PlotTest, ScreenReadersHearTitleAndDescription) {
  const std::string out = svg(weeks(1, PlotShape::lines, {{"a", 1, {1}}}), wide_plot);
  EXPECT_NE(out.find("role=\"img\""), out.npos);
  EXPECT_NE(out.find("aria-labelledby=\"id-wide-title id-wide-desc\""), out.npos);
  EXPECT_NE(out.find("<title id=\"id-wide-title\">Title</title><desc id=\"id-wide-desc\">Description</desc>"),
            out.npos);
  EXPECT_NE(svg(weeks(1, PlotShape::lines, {}), narrow_plot).find("id-narrow-title"), std::string::npos);
}

TEST(PlotTest, NoTextCoversAnother) {
  for (const auto& size : {wide_plot, narrow_plot}) {
    for (const int buckets : {1, 2, 3, 4, 5, 8, 13, 26, 27, 52, 53, 91, 105, 365, 1000}) {
      for (const double most : {0.0, 1.0, 9.0, 4321.0, 98765.0, 5e7}) {
        for (const auto unit : {PlotUnit::count, PlotUnit::percent, PlotUnit::duration}) {
          for (const auto length : {days{1}, days{7}}) {
            auto plot = weeks(buckets, PlotShape::lines, {{"a", 1, {most}}});
            plot.unit = unit;
            plot.bucket = length;
            for (int i = 0; i < buckets; ++i) plot.starts[static_cast<std::size_t>(i)] = monday + i * length;
            const std::string what = std::to_string(buckets) + " buckets up to " + std::to_string(most);
            expect_room_for_all(svg(plot, size), size, what);
          }
        }
      }
    }
  }
}

TEST(PlotTest, ThereAreDatesEvenOnANarrowPlot) {
  for (const int buckets : {1, 4, 13, 52, 91, 365}) {
    std::vector<Time> starts;
    for (int i = 0; i < buckets; ++i) starts.push_back(monday + days{i});
    const auto ticks = date_ticks(starts, 250.0 / buckets, 11);
    EXPECT_GE(ticks.size(), std::min<std::size_t>(2, starts.size())) << buckets;
    EXPECT_LE(ticks.size(), 13u) << buckets;
  }
}

TEST(PlotTest, LongTimesAreCutAtMonths) {
  std::vector<Time> starts;
  for (int i = 0; i < 52; ++i) starts.push_back(monday + days{7 * i});
  const auto ticks = date_ticks(starts, 10, 12);
  ASSERT_EQ(ticks.size(), 12u);
  EXPECT_EQ(ticks[0].text, "Apr");
  EXPECT_EQ(starts[ticks[0].bucket], monday + days{28}) << "the first week that begins in April";
  EXPECT_EQ(ticks[9].text, "2027");
}

TEST(PlotTest, BarsAreAsLongAsTheirValues) {
  const BarPlot plot{"b",
                     "T",
                     "D",
                     2,
                     {},
                     "-",
                     {{"one", 5, "5", {}}, {"two", 20, "20", {}}, {"odd", std::nan(""), "?", {}}}};
  const std::string out = svg(plot, wide_plot);
  EXPECT_NE(out.find("<rect class=\"fill p2\" x=\"0\" y=\"18\" width=\"140\" height=\"8\"/>"), out.npos)
      << out;
  EXPECT_NE(out.find("<rect class=\"fill p2\" x=\"0\" y=\"54\" width=\"560\" height=\"8\"/>"), out.npos)
      << out;
  EXPECT_NE(out.find("<rect class=\"fill p2\" x=\"0\" y=\"90\" width=\"0\" height=\"8\"/>"), out.npos) << out;
}

TEST(PlotTest, ALongNameIsCutBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 60; ++i) name += "\u00fc";
  const BarPlot plot{"b", "T", "D", 2, {}, "-", {{name + ".example", 5, "5 h", {}}}};
  const std::string out = svg(plot, narrow_plot);
  expect_room_for_all(out, narrow_plot, "a long name");
  EXPECT_NE(out.find("<title>" + name + ".example: 5 h</title>"), out.npos);
  EXPECT_NE(out.find("\u00fc\u2026</text>"), out.npos);
}

TEST(PlotTest, NamesAreWordsAndNoMarkup) {
  const std::string evil = "\"'><script>alert(1)</script>&amp;\xE2\x80\xAE\x01";
  TimePlot plot = weeks(1, PlotShape::stacked, {{evil, 1, {1}}});
  plot.title = plot.description = plot.what = plot.id = evil;
  for (const std::string& out :
       {svg(plot, wide_plot),
        svg(BarPlot{evil, evil, evil, 1, {}, evil, {{evil, 1, evil, {}}}}, narrow_plot)}) {
    EXPECT_EQ(out.find("<script"), out.npos);
    EXPECT_EQ(out.find("\"'>"), out.npos);
    EXPECT_EQ(out.find("\xE2\x80\xAE"), out.npos);
    EXPECT_NE(out.find("&quot;&#39;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"), out.npos);
    EXPECT_EQ(out.find("style="), out.npos) << "the pages' policy forbids it";
  }
}

TEST(PlotTest, PixelsAreShortNumbers) {
  EXPECT_EQ(px(12), "12");
  EXPECT_EQ(px(12.04), "12");
  EXPECT_EQ(px(12.25), "12.3");
  EXPECT_EQ(px(-0.01), "0");
  EXPECT_EQ(px(std::nan("")), "0");
  EXPECT_EQ(px(HUGE_VAL), "0");
}

}  // namespace
}  // namespace tertius::web
