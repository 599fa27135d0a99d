#pragma once
// The replies of tests/data/replies: what people write, in eleven languages, and what it means.

#include <filesystem>
#include <string>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/reply_meaning.hpp"

namespace tertius::tests {

struct ReplyCase {
  std::string where;  // "en.tsv:12"
  Role by{};
  std::string expected;  // a meaning's name; "-" is anything but forward and accept
  std::string until;     // "2026-04-01", or empty where it does not matter
  std::string text;
};

std::vector<ReplyCase> load_replies(const std::filesystem::path& file);
std::vector<std::filesystem::path> reply_files();

Time noon(int year, unsigned month, unsigned day);
std::string iso_date(const std::optional<Time>& time);

}  // namespace tertius::tests
