// How much memory reading a letter takes beside the letter itself. The bound is three times its size and 1
// MB; prints the letters nearest to it, and exits 1 where one is above.
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "tests/bench/heap.hpp"
#include "tests/bench/letter_files.hpp"
#include "tests/bench/letters.hpp"
#include "tests/bench/reading.hpp"

namespace tertius::bench {
namespace {

constexpr std::size_t shown = 12;

struct Measured {
  double share = 0;  // of the bound
  std::size_t bytes = 0, peak = 0;
  std::string name;
};

Measured measure(std::string name, const std::string& letter) {
  start_heap_peak();
  read_to_meaning(letter);
  const std::size_t peak = heap_peak(), bound = 3 * letter.size() + 1'000'000;
  return {static_cast<double>(peak) / static_cast<double>(bound), letter.size(), peak, std::move(name)};
}

std::vector<Measured> measure_all() {
  std::vector<Measured> all;
  for (const auto kinds : {reply_letters(), hostile_letters(), hostile_headers()}) {
    for (const LetterKind& kind : kinds) {
      all.push_back(measure(std::string(kind.name), kind.make(kind.bytes / 10)));
      all.push_back(measure(std::string(kind.name), kind.make(kind.bytes)));
    }
  }
  for (const LetterFile& letter : given_letters()) all.push_back(measure(letter.name, letter.bytes));
  std::ranges::sort(all, std::greater{}, &Measured::share);
  return all;
}

int run() {
  read_to_meaning(reply_letters().front().make(2000));  // what is kept for all letters is not this letter's
  const auto all = measure_all();
  std::printf("memory: %zu letters, the most against 3 x size + 1 MB\n", all.size());
  for (std::size_t i = 0; i < std::min(shown, all.size()); ++i)
    std::printf("  %5.2f  %10zu for a letter of %9zu: %s\n", all[i].share, all[i].peak, all[i].bytes,
                all[i].name.c_str());
  return all.front().share > 1 ? 1 : 0;
}

}  // namespace
}  // namespace tertius::bench

int main() { return tertius::bench::run(); }
