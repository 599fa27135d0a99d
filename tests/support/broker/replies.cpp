#include "tests/support/broker/replies.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>

namespace tertius::tests {
namespace {

Role role_of(const std::string& letter) {
  return letter == "C" ? Role::connector : letter == "T" ? Role::target : Role::requester;
}

std::string unescaped(std::string text) {
  for (std::size_t at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at))
    text.replace(at, 2, "\n");
  return text;
}

}  // namespace

std::vector<ReplyCase> load_replies(const std::filesystem::path& file) {
  std::vector<ReplyCase> cases;
  std::ifstream in(file);
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> columns;
    for (int i = 0; i < 3; ++i) {
      columns.push_back(line.substr(0, line.find('\t')));
      line.erase(0, columns.back().size() + 1);
    }
    cases.push_back({file.filename().string() + ":" + std::to_string(number), role_of(columns[0]), columns[1],
                     columns[2], unescaped(line)});
  }
  return cases;
}

std::vector<std::filesystem::path> reply_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(TERTIUS_TEST_DATA "/replies"))
    if (entry.path().extension() == ".tsv") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Time noon(int year, unsigned month, unsigned day) {
  using namespace std::chrono;
  return sys_days{std::chrono::year{year} / static_cast<int>(month) / static_cast<int>(day)} + hours{12};
}

std::string iso_date(const std::optional<Time>& time) {
  if (!time) return {};
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(*time)};
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

}  // namespace tertius::tests
