#include "daemon/meters.hpp"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>
#include <unistd.h>

#include <array>
#include <fstream>

namespace tertius::daemon {

namespace {

namespace prom = prometheus;

using Counters = std::vector<prom::Counter*>;

constexpr auto delivery_names =
    std::to_array<std::string_view>({"sent", "deferred", "bounced", "ambiguous", "unharmed"});
static_assert(delivery_names.size() == static_cast<std::size_t>(Delivery::unharmed) + 1);

// Group commits wait for the disk: from a fast SSD to one that is in trouble.
const prom::Histogram::BucketBoundaries commit_seconds{0.001, 0.002, 0.005, 0.01, 0.02, 0.05,
                                                       0.1,   0.2,   0.5,   1,    2,    5};

prom::Family<prom::Counter>& counter(prom::Registry& registry, const char* name, const char* help) {
  return prom::BuildCounter().Name(name).Help(help).Register(registry);
}

prom::Gauge& gauge(prom::Registry& registry, const char* name, const char* help,
                   const prom::Labels& labels = {}) {
  return prom::BuildGauge().Name(name).Help(help).Register(registry).Add(labels);
}

// One counter for each value up to `last`, by number.
template <class Enum, class Name>
Counters counters_of(prom::Family<prom::Counter>& family, const char* label, Enum last, Name name) {
  Counters out;
  for (std::size_t i = 0; i <= static_cast<std::size_t>(last); ++i)
    out.push_back(&family.Add({{label, std::string(name(static_cast<Enum>(i)))}}));
  return out;
}

std::size_t place(DecisionKind kind, Channel channel) {
  return static_cast<std::size_t>(channel) * (static_cast<std::size_t>(DecisionKind::accept) + 1) +
         static_cast<std::size_t>(kind);
}

Counters decision_counters(prom::Family<prom::Counter>& family) {
  Counters out;
  for (std::size_t channel = 0; channel <= static_cast<std::size_t>(Channel::command); ++channel)
    for (std::size_t kind = 0; kind <= static_cast<std::size_t>(DecisionKind::accept); ++kind)
      out.push_back(&family.Add({{"channel", std::string(channel_name(static_cast<Channel>(channel)))},
                                 {"decision", std::string(decision_name(static_cast<DecisionKind>(kind)))}}));
  return out;
}

// proc(5): the second number of statm, in pages.
double resident_bytes() {
  std::ifstream in("/proc/self/statm");
  double size = 0, resident = 0;
  in >> size >> resident;
  return resident * static_cast<double>(::sysconf(_SC_PAGESIZE));
}

double seconds_between(std::optional<Time> from, Time now) {
  return from ? static_cast<double>(std::max<std::int64_t>(0, (now - *from).count())) : 0;
}

std::int64_t due_of(const storage::Backlog& backlog) {
  std::int64_t due = 0;
  for (const std::int64_t one : backlog.due) due += one;
  return due;
}

}  // namespace

struct Meters::Series {
  explicit Series(const std::string& version) {
    gauge(registry, "tertius_build_info", "Always 1; the label says which program this is",
          {{"version", version}})
        .Set(1);
    start.Set(std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count());
  }

  prom::Registry registry;
  Counters sends = counters_of(
      counter(registry, "tertius_sends_total", "Mails handed to the relay, by what became of them"), "result",
      Delivery::unharmed, [](Delivery d) { return delivery_names[static_cast<std::size_t>(d)]; });
  Counters letters =
      counters_of(counter(registry, "tertius_letters_total", "Letters received, by what they were"), "kind",
                  LetterKind::receipt, letter_kind_name);
  Counters steps = counters_of(
      counter(registry, "tertius_steps_total",
              "Changes of introductions, by cause; contradict is one who has said two different things"),
      "cause", Trigger::nudge, trigger_name);
  Counters decisions = decision_counters(counter(registry, "tertius_decisions_total",
                                                 "Answers taken, by the way they came; each is held first"));
  Counters forgotten = counters_of(
      counter(registry, "tertius_forgotten_total", "What was kept for its time and then forgotten"), "what",
      storage::Retained::sign_ins, storage::retained_name);
  prom::Histogram& commits = prom::BuildHistogram()
                                 .Name("tertius_commit_seconds")
                                 .Help("How long a group of changes takes to be safe on the disk")
                                 .Register(registry)
                                 .Add({}, commit_seconds);
  prom::Gauge& due = gauge(registry, "tertius_outbox_due", "Notices that could go out now");
  prom::Gauge& later = gauge(registry, "tertius_outbox_later", "Notices that wait for their time");
  prom::Gauge& oldest =
      gauge(registry, "tertius_outbox_oldest_seconds", "How long the oldest of the due has been due");
  prom::Gauge& held = gauge(registry, "tertius_held", "Answers that can still be undone");
  prom::Gauge& people = gauge(registry, "tertius_network_people", "People in the network in memory");
  prom::Gauge& ties = gauge(registry, "tertius_network_ties", "Pairs of people in it who know each other");
  prom::Gauge& resident = gauge(registry, "process_resident_memory_bytes", "Resident memory size in bytes");
  prom::Gauge& start =
      gauge(registry, "process_start_time_seconds", "Start time of the process since unix epoch in seconds");
};

Meters::Meters(const std::string& version) : series_(std::make_unique<Series>(version)) {}
Meters::~Meters() = default;

void Meters::count(Delivery delivery) { series_->sends.at(static_cast<std::size_t>(delivery))->Increment(); }
void Meters::count(LetterKind kind) { series_->letters.at(static_cast<std::size_t>(kind))->Increment(); }

void Meters::count(const Step& step) {
  series_->steps.at(static_cast<std::size_t>(step.trigger))->Increment();
  const auto& held = step.next.held;
  if (step.trigger == Trigger::hold && held)
    series_->decisions.at(place(held->decision.kind, held->channel))->Increment();
}

void Meters::count(const storage::RetentionPass& pass) {
  for (std::size_t i = 0; i < storage::retained_kinds; ++i)
    series_->forgotten.at(i)->Increment(static_cast<double>(pass.forgotten[i]));
}

void Meters::time_commit(std::chrono::duration<double> took) { series_->commits.Observe(took.count()); }

std::string Meters::text(const Standing& standing) {
  series_->due.Set(static_cast<double>(due_of(standing.backlog)));
  series_->later.Set(static_cast<double>(standing.backlog.not_yet_due));
  series_->oldest.Set(seconds_between(standing.backlog.oldest, standing.now));
  series_->held.Set(static_cast<double>(standing.held));
  series_->people.Set(static_cast<double>(standing.people));
  series_->ties.Set(static_cast<double>(standing.ties));
  series_->resident.Set(resident_bytes());
  return prom::TextSerializer().Serialize(series_->registry.Collect());
}

}  // namespace tertius::daemon
