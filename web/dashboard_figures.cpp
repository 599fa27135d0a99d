#include "web/dashboard_figures.hpp"

#include <algorithm>
#include <array>

#include "broker/recognise.hpp"

namespace tertius::web {

namespace {

using std::chrono::days;
using storage::Buckets;

constexpr auto ranges = std::to_array<DashboardRange>(
    {{"4w", "4 weeks", 4, 1}, {"3m", "3 months", 13, 1}, {"1y", "A year", 52, 7}});

struct Group {
  std::string_view name;
  int colour;
};
// From the bottom of a stack to its top.
constexpr auto state_groups = std::to_array<Group>({{"introduced", 1},
                                                    {"with the target", 2},
                                                    {"with the connector", 3},
                                                    {"with the requester", 4},
                                                    {"declined", 5},
                                                    {"declined silently", 6},
                                                    {"no answer", 7},
                                                    {"withdrawn", 8}});

std::size_t group_of(State state) {
  switch (state) {
    case State::introduced:
    case State::closed: return 0;
    case State::forwarded: return 1;
    case State::asked:
    case State::snoozed: return 2;
    case State::drafted:
    case State::revising:
    case State::redirected: return 3;
    case State::declined:
    case State::target_declined: return 4;
    case State::declined_silently: return 5;
    case State::expired: return 6;
    case State::withdrawn: return 7;
  }
  return 0;
}

constexpr auto letter_groups = std::to_array<std::pair<LetterKind, int>>({{LetterKind::human, 1},
                                                                          {LetterKind::automatic, 2},
                                                                          {LetterKind::bounce, 5},
                                                                          {LetterKind::list, 4},
                                                                          {LetterKind::receipt, 7},
                                                                          {LetterKind::loop, 8},
                                                                          {LetterKind::complaint, 6}});

// Whole weeks from a Monday on, this one the last.
Buckets weeks_until(Time now, int count) {
  const auto today = std::chrono::floor<days>(now);
  const auto since_monday = std::chrono::weekday{today} - std::chrono::Monday;
  return {today - since_monday - days{7 * (count - 1)}, days{7}, count};
}

std::vector<Time> starts_of(const Buckets& buckets) {
  std::vector<Time> starts;
  for (int i = 0; i < buckets.count; ++i) starts.push_back(buckets.start(i));
  return starts;
}

PlotSeries counts_of(std::string_view name, int colour, const Buckets& buckets) {
  return {std::string(name), colour,
          std::vector<std::optional<double>>(static_cast<std::size_t>(buckets.count), 0.0)};
}

PlotSeries gaps_of(std::string_view name, int colour, const Buckets& buckets) {
  return {std::string(name), colour,
          std::vector<std::optional<double>>(static_cast<std::size_t>(buckets.count))};
}

void add(PlotSeries& series, int bucket, std::int64_t count) {
  auto& value = series.values.at(static_cast<std::size_t>(bucket));
  value = value.value_or(0) + static_cast<double>(count);
}

void put_share(PlotSeries& series, int bucket, std::int64_t part, std::int64_t whole) {
  if (whole > 0)
    series.values.at(static_cast<std::size_t>(bucket)) =
        100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

TimePlot time_plot(std::string id, std::string title, std::string description, PlotShape shape, PlotUnit unit,
                   std::string what, const Buckets& buckets) {
  return {std::move(id),   std::move(title),   std::move(description), shape, unit,
          std::move(what), starts_of(buckets), buckets.length,         {}};
}

Figure introductions_figure(const std::vector<storage::StateCount>& counts, const Buckets& weeks) {
  TimePlot plot = time_plot("introductions", "Introductions",
                            "Requests for an introduction in each week, stacked by where they stand today.",
                            PlotShape::stacked, PlotUnit::count, "requests a week", weeks);
  for (const Group& group : state_groups) plot.series.push_back(counts_of(group.name, group.colour, weeks));
  for (const auto& one : counts) add(plot.series.at(group_of(one.state)), one.bucket, one.count);
  return make_figure(plot, "By the week in which they were asked for, and where they stand today.");
}

Figure decision_figure(const std::vector<storage::DecisionTime>& times, const Buckets& weeks) {
  TimePlot plot =
      time_plot("decisions", "Time to decision",
                "How long connectors took to answer: the median, and what nine of ten stay under.",
                PlotShape::lines, PlotUnit::duration, "from request to answer", weeks);
  plot.series = {gaps_of("half answer within", 1, weeks), gaps_of("nine of ten within", 3, weeks)};
  PlotSeries answers = counts_of("answers", 1, weeks);
  for (const auto& one : times) {
    const auto bucket = static_cast<std::size_t>(one.bucket);
    plot.series[0].values.at(bucket) = static_cast<double>(one.median.count());
    plot.series[1].values.at(bucket) = static_cast<double>(one.p90.count());
    add(answers, one.bucket, one.decided);
  }
  return make_figure(plot, "Connectors' answers, by the week in which they came.", {answers});
}

// Whether T has had the word: it waits for T in `forwarded`, and a withdrawn one was never T's to answer.
bool is_answered_by_target(State state) { return state != State::forwarded && state != State::withdrawn; }

Figure rates_figure(const std::vector<storage::StateCount>& states,
                    const std::vector<storage::AskCount>& asks, const Buckets& weeks) {
  TimePlot plot = time_plot("rates", "Forward and accept rates",
                            "Of the requests of each week, the share that connectors forwarded, and of those "
                            "the share that targets accepted.",
                            PlotShape::lines, PlotUnit::percent, "of those that are decided", weeks);
  plot.series = {gaps_of("forwarded by the connector", 2, weeks),
                 gaps_of("accepted by the target", 1, weeks)};
  PlotSeries ended = counts_of("asked and over", 1, weeks),
             reached = counts_of("forwarded and over", 1, weeks), accepted = counts_of("accepted", 1, weeks);
  for (const auto& one : asks) {
    put_share(plot.series[0], one.bucket, one.forwarded, one.ended);
    add(ended, one.bucket, one.ended);
  }
  for (const auto& one : states) {
    if (!is_answered_by_target(one.state)) continue;
    add(reached, one.bucket, one.forwarded);
    add(accepted, one.bucket, one.introduced);
  }
  for (int i = 0; i < weeks.count; ++i) {
    const auto at = static_cast<std::size_t>(i);
    put_share(plot.series[1], i, static_cast<std::int64_t>(*accepted.values[at]),
              static_cast<std::int64_t>(*reached.values[at]));
  }
  return make_figure(plot,
                     "By the week of the request. Silence until the end counts as no; what still waits does "
                     "not count, so the last weeks will change.",
                     {ended, reached, accepted});
}

// The kind that a newer program wrote, if any, stands with the first.
Figure letters_figure(const std::vector<storage::LetterCount>& counts, const Buckets& buckets) {
  const bool daily = buckets.length == days{1};
  TimePlot plot = time_plot(
      "letters", "Letters by kind",
      std::string("Mail that came in, ") + (daily ? "each day" : "each week") + ", stacked by kind.",
      PlotShape::stacked, PlotUnit::count, daily ? "letters a day" : "letters a week", buckets);
  for (const auto& [kind, colour] : letter_groups)
    plot.series.push_back(counts_of(letter_kind_name(kind), colour, buckets));
  for (const auto& one : counts) {
    const auto series = std::ranges::find(plot.series, one.kind, &PlotSeries::name);
    add(series == plot.series.end() ? plot.series.front() : *series, one.bucket, one.count);
  }
  return make_figure(plot, "What came in, as it was recognised.");
}

Figure bounces_figure(const std::vector<storage::LetterCount>& letters,
                      const std::vector<storage::NoticeCount>& notices, const Buckets& letter_buckets,
                      const Buckets& weeks) {
  TimePlot plot = time_plot("bounces", "Mail that was not delivered",
                            "Bounces that came back and mails that were given up, each week.",
                            PlotShape::stacked, PlotUnit::count, "mails a week", weeks);
  plot.series = {counts_of("came back as a bounce", 5, weeks), counts_of("given up", 3, weeks)};
  PlotSeries written = counts_of("mails written", 1, weeks);
  const auto per_week = static_cast<int>(weeks.length / letter_buckets.length);
  for (const auto& one : letters)
    if (one.kind == letter_kind_name(LetterKind::bounce))
      add(plot.series[0], one.bucket / per_week, one.count);
  for (const auto& one : notices) {
    add(plot.series[1], one.bucket, one.failed);
    add(written, one.bucket, one.written);
  }
  return make_figure(plot,
                     "Given up: refused by the relay, suppressed or tried for three days, by the week in "
                     "which the mail was written.",
                     {written});
}

Figure backlog_figure(const storage::Backlog& backlog) {
  constexpr auto names =
      std::to_array<std::string_view>({"less than a minute", "1 to 10 minutes", "10 minutes to an hour",
                                       "1 to 6 hours", "6 to 24 hours", "more than a day"});
  static_assert(names.size() == storage::due_limits.size() + 1);
  BarPlot plot{
      "backlog", "Outbox: how long mail waits", "Notices that wait to be sent at this moment, by how long.",
      3,         {"Waits for", "Mails"},        "Nothing waits",
      {}};
  const bool any = std::ranges::any_of(backlog.due, [](std::int64_t count) { return count > 0; });
  for (std::size_t i = 0; any && i < names.size(); ++i) {
    const std::string count = value_text(static_cast<double>(backlog.due[i]), PlotUnit::count);
    plot.bars.push_back({std::string(names[i]), static_cast<double>(backlog.due[i]), count, {count}});
  }
  return make_figure(
      plot,
      "At this moment: due, or tried and put off. A minute is usual; an hour wants a look at the relay.");
}

Figure domains_figure(const std::vector<storage::SlowDomain>& domains) {
  BarPlot plot{"domains",
               "Slowest recipients' domains",
               "The domains where mail went out slowest, by what nine of ten mails stay under.",
               2,
               {"Domain", "nine of ten within", "half within", "mails", "tries a mail"},
               "No mail went out in this time",
               {}};
  for (const auto& one : domains) {
    const std::string p90 = value_text(static_cast<double>(one.p90.count()), PlotUnit::duration);
    const std::string mails = value_text(static_cast<double>(one.mails), PlotUnit::count);
    const double tries = static_cast<double>(one.tries) / static_cast<double>(one.mails);
    plot.bars.push_back({one.domain,
                         static_cast<double>(one.p90.count()),
                         p90,
                         {p90, value_text(static_cast<double>(one.median.count()), PlotUnit::duration), mails,
                          value_text(tries, PlotUnit::count)}});
  }
  return make_figure(plot,
                     "From the moment a mail was due to the relay's yes: nine of ten within this. The newest "
                     "20,000 mails; domains of three and more.");
}

}  // namespace

std::span<const DashboardRange> dashboard_ranges() { return ranges; }

const DashboardRange& find_range(std::string_view name) {
  const auto found = std::ranges::find(ranges, name, &DashboardRange::name);
  return found == ranges.end() ? ranges.front() : *found;
}

Dashboard read_dashboard(const Desk& desk, const DashboardRange& range) {
  const Buckets weeks = weeks_until(desk.now, range.weeks);
  const int per_week = 7 / range.days_a_letter_bucket;
  const Buckets letter_buckets{weeks.from, days{range.days_a_letter_bucket}, range.weeks * per_week};
  const auto states = storage::count_introductions(desk.db, weeks);
  const auto letters = storage::count_letters(desk.db, letter_buckets);
  Dashboard out{storage::count_backlog(desk.db, desk.now), 0, 0, {}};
  for (const auto& one : states) {
    out.asked += one.count;
    out.introduced += one.introduced;
  }
  out.figures = {introductions_figure(states, weeks),
                 decision_figure(storage::decision_times(desk.db, weeks), weeks),
                 rates_figure(states, storage::count_asks(desk.db, weeks, desk.now), weeks),
                 letters_figure(letters, letter_buckets),
                 bounces_figure(letters, storage::count_notices(desk.db, weeks), letter_buckets, weeks),
                 domains_figure(storage::slowest_domains(desk.db, {weeks.from, weeks.until()})),
                 backlog_figure(out.backlog)};
  return out;
}

}  // namespace tertius::web
