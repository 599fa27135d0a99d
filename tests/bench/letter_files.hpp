#pragma once
// Letters from disk: every .eml below a folder, in memory, in the order of their names.

#include <filesystem>
#include <string>
#include <vector>

namespace tertius::bench {

struct LetterFile {
  std::string name;
  std::string bytes;
};
std::vector<LetterFile> load_letters(const std::filesystem::path& folder);

// Where TERTIUS_BENCH_LETTERS says, or none.
std::vector<LetterFile> given_letters();

}  // namespace tertius::bench
