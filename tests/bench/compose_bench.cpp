// How long a notice takes to write: bench_compose [--benchmark_...]. One request to a connector, its pitch in
// two sizes. bench_compose --write FOLDER leaves template, fields and mail there, for peers in other
// languages.
#include <benchmark/benchmark.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <stdexcept>

#include "templates/catalogue.hpp"
#include "templates/mail_style.hpp"
#include "templates/render.hpp"
#include "tests/bench/peers/gmime_compose.hpp"
#include "tests/bench/peers/mimetic_compose.hpp"
#include "tests/bench/request_notice.hpp"

namespace tertius::bench {
namespace {

namespace json = boost::json;

constexpr int usual = 1, small = 10, large = 100;  // pitches in one: a mail of 10 KB; 20 KB and 120 KB

templates::RenderedNotice rendered(const Fields& fields) {
  return templates::render_notice(NoticeKind::request, "en", fields).value();
}

const templates::Catalogue& catalogue() {
  static const auto made = [] {
    const auto sources = templates::load_sources(std::nullopt);
    return templates::make_catalogue(sources.value()).value();
  }();
  return made;
}

std::string html_alone(const Fields& fields) {
  return templates::expand(templates::find_notice(catalogue(), NoticeKind::request, "en")->html, fields)
      .value();
}

struct Work {
  std::string name;
  std::function<std::size_t()> run;  // octets made
};

void add(const Work& work) {
  benchmark::RegisterBenchmark(work.name.c_str(), [work](benchmark::State& state) {
    std::size_t octets = 0;
    for (auto _ : state) benchmark::DoNotOptimize(octets = work.run());
    state.counters["size"] = static_cast<double>(octets);
  })->Unit(benchmark::kMicrosecond);
}

void add_all(int pitches) {
  const std::string size = "/" + std::to_string(pitches);
  const Fields fields = request_fields(pitches);
  const mail::Composition mail = request_mail(rendered(fields));
  add({"notice/Tertius" + size, [=] { return mail::compose(request_mail(rendered(fields))).size(); }});
  add({"render/Tertius" + size, [=] {
         const auto made = rendered(fields);
         return made.text.size() + made.html.size();
       }});
  add({"html/Tertius" + size, [=] { return html_alone(fields).size(); }});
  add({"compose/Tertius" + size, [=] { return mail::compose(mail).size(); }});
  add({"compose/GMime" + size, [=] { return gmime_compose(mail).size(); }});
  add({"compose/mimetic" + size, [=] { return mimetic_compose(mail).size(); }});
}

// ---- for JavaScript ----

json::value json_of(const Fields& fields) {
  json::object out;
  for (const auto& [name, value] : fields.values) {
    out[name] = value;
    out["HAS_" + name] = !value.empty();
  }
  for (const auto& [name, elements] : fields.sections) {
    json::array array;
    for (const Fields& element : elements) array.push_back(json_of(element));
    out[name] = std::move(array);
  }
  return out;
}

json::value json_of(const mail::Composition& mail) {
  const auto mailbox = [](const Mailbox& box) {
    return json::value{{"name", box.name}, {"address", box.address}};
  };
  return {{"from", mailbox(mail.from)},
          {"to", mailbox(mail.to.front())},
          {"replyTo", mailbox(mail.reply_to.front())},
          {"subject", mail.subject},
          {"messageId", "<" + mail.message_id + ">"},
          {"references", mail.references.front()},
          {"text", mail.text},
          {"html", mail.html}};
}

// As the catalogue puts it together, before ctemplate sees it.
std::string html_template() {
  const auto sources = templates::load_sources(std::nullopt).value();
  const auto source = [&](const std::string& name) { return sources.find(name)->second; };
  const std::string_view mark = "{{>";
  std::string out = source("notices/en/parts/frame.html");
  for (auto at = out.find(mark); at != out.npos; at = out.find(mark)) {
    const auto end = out.find("}}", at);
    const std::string name = out.substr(at + mark.size(), end - at - mark.size());
    out.replace(at, end + 2 - at,
                source(name == "body" ? "notices/en/request.html" : "notices/en/parts/" + name));
  }
  return templates::with_inline_style(out, templates::make_mail_style(source("notices/mail.css")).value())
      .value();
}

void write_for_peers(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  const Fields fields = request_fields(usual);
  const auto mail = request_mail(rendered(fields));
  std::ofstream(folder / "request.html") << html_template();
  std::ofstream(folder / "fields.json") << json_of(fields);
  std::ofstream(folder / "mail.json") << json_of(mail);
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) {
  using namespace tertius::bench;
  if (!tertius::templates::load_catalogue()) return 70;
  if (argc == 3 && std::string_view(argv[1]) == "--write") {
    write_for_peers(argv[2]);
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
  add_all(usual);
  add_all(small);
  add_all(large);
  benchmark::RunSpecifiedBenchmarks();
}
