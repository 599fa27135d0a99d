// How long reading takes: bench_read [--benchmark_...]. Letters of the bench's own in two sizes, and with
// TERTIUS_BENCH_LETTERS all letters of a folder; "text" is read_letter and its peer alone, for one reply of
// 20 KB. bench_read --write FOLDER leaves the bench's letters there, for peers in other languages.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "mail/read_letter.hpp"
#include "tests/bench/letter_files.hpp"
#include "tests/bench/letters.hpp"
#include "tests/bench/peers/gmime_text.hpp"
#include "tests/bench/reading.hpp"

namespace tertius::bench {
namespace {

void count(benchmark::State& state, std::size_t letters, std::size_t bytes) {
  state.SetItemsProcessed(static_cast<std::int64_t>(letters) * state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes) * state.iterations());
  state.counters["size"] = static_cast<double>(bytes);
}

void add_letter(std::string_view group, const LetterKind& kind, std::size_t bytes) {
  const std::string name = std::string(group) + "/" + std::string(kind.name) + "/" + std::to_string(bytes);
  benchmark::RegisterBenchmark(name.c_str(), [&kind, bytes](benchmark::State& state) {
    const std::string letter = kind.make(bytes);
    for (auto _ : state) benchmark::DoNotOptimize(read_to_meaning(letter));
    count(state, 1, letter.size());
  })->Unit(benchmark::kMicrosecond);
}

void add_letters(std::string_view group, std::span<const LetterKind> kinds) {
  for (const LetterKind& kind : kinds) {
    add_letter(group, kind, kind.bytes / 10);
    add_letter(group, kind, kind.bytes);
  }
}

// What the peers read too: one reply of text alone, one with an HTML part.
constexpr std::size_t peer_bytes = 20'000;
std::string reply_of(std::string_view kind) {
  const auto letters = reply_letters();
  return std::ranges::find(letters, kind, &LetterKind::name)->make(peer_bytes);
}

void add_reader(std::string_view reader, std::string_view kind, void (*read)(const std::string&)) {
  const std::string name = "peers/" + std::string(kind) + "/" + std::string(reader);
  benchmark::RegisterBenchmark(name.c_str(), [kind, read](benchmark::State& state) {
    const std::string letter = reply_of(kind);
    for (auto _ : state) read(letter);
    count(state, 1, letter.size());
  })->Unit(benchmark::kMicrosecond);
}

void add_peers() {
  for (const std::string_view kind : {"plain reply", "Gmail reply"}) {
    add_reader("Tertius", kind,
               [](const std::string& letter) { benchmark::DoNotOptimize(mail::read_letter(letter)); });
    add_reader("GMime", kind,
               [](const std::string& letter) { benchmark::DoNotOptimize(gmime_text(letter)); });
  }
}

// The slowest letter of the folder, beside the mean of all.
void add_files(const std::vector<LetterFile>& letters) {
  if (letters.empty()) return;
  benchmark::RegisterBenchmark("folder", [&letters](benchmark::State& state) {
    std::size_t bytes = 0;
    for (const LetterFile& letter : letters) bytes += letter.bytes.size();
    std::chrono::duration<double, std::milli> slowest{};
    std::string name;
    for (auto _ : state) {
      for (const LetterFile& letter : letters) {
        const auto begin = std::chrono::steady_clock::now();
        benchmark::DoNotOptimize(read_to_meaning(letter.bytes));
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
        if (took > slowest) slowest = took, name = letter.name;
      }
    }
    count(state, letters.size(), bytes);
    state.counters["slowest_ms"] = slowest.count();
    state.SetLabel(name);
  })->Unit(benchmark::kMillisecond);
}

void write_letters(const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  for (const std::string_view kind : {"plain reply", "Gmail reply"})
    std::ofstream(folder / (std::string(kind) + ".eml"), std::ios::binary) << reply_of(kind);
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) {
  using namespace tertius::bench;
  if (argc == 3 && std::string_view(argv[1]) == "--write") {
    write_letters(argv[2]);
    return 0;
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 64;
  const auto files = given_letters();
  add_letters("reply", reply_letters());
  add_letters("body", hostile_letters());
  add_letters("header", hostile_headers());
  add_files(files);
  add_peers();
  benchmark::RunSpecifiedBenchmarks();
}
