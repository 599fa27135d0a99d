// fuzz_replay FOLDER...: each FOLDER/<target>/<file> through its target, with any compiler. A broken
// invariant ends the program; the last line printed is the file.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

#include "tests/fuzz/targets.hpp"

namespace {

namespace fs = std::filesystem;
using tertius::fuzz::Target;
using tertius::fuzz::targets;

// A folder that no target reads would pass for tested.
const Target& target_of(const fs::path& folder) {
  const auto target = std::ranges::find(targets, folder.filename().string(), &Target::name);
  if (target != targets.end()) return *target;
  std::cerr << folder << " is no target's\n";
  std::exit(1);
}

std::size_t replay(const fs::path& folder, const Target& target) {
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::cout << entry.path().string() << std::endl;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    target.check(bytes);
    ++files;
  }
  return files;
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t files = 0;
  for (int i = 1; i < argc; ++i)
    for (const auto& folder : fs::directory_iterator(argv[i]))
      files += replay(folder.path(), target_of(folder.path()));
  std::cout << files << " inputs hold\n";
  return files >= targets.size() ? 0 : 1;
}
