#include "tests/bench/letter_files.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

namespace tertius::bench {

std::vector<LetterFile> load_letters(const std::filesystem::path& folder) {
  std::vector<LetterFile> letters;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".eml") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    letters.push_back({entry.path().string(), {std::istreambuf_iterator<char>(file), {}}});
  }
  std::ranges::sort(letters, {}, &LetterFile::name);
  return letters;
}

std::vector<LetterFile> given_letters() {
  const char* folder = std::getenv("TERTIUS_BENCH_LETTERS");
  return folder == nullptr ? std::vector<LetterFile>{} : load_letters(folder);
}

}  // namespace tertius::bench
