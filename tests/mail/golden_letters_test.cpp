// tests/data/letters: each letter shows one thing that mail does, and the file of the same name with .json
// says how it is read. differential_test.py reads them with Python's email too.

#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "mail/read_letter.hpp"

namespace tertius::mail {
namespace {

std::string read_file(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

boost::json::array as_json(const std::vector<Mailbox>& mailboxes) {
  boost::json::array out;
  for (const Mailbox& one : mailboxes) {
    out.push_back(boost::json::object{{"name", one.name}, {"address", one.address}});
  }
  return out;
}

boost::json::array as_json(const std::vector<Attachment>& attachments) {
  boost::json::array out;
  for (const Attachment& one : attachments) {
    out.push_back(boost::json::object{{"name", one.name}, {"type", one.type}, {"size", one.size}});
  }
  return out;
}

boost::json::object as_json(const Letter& letter) {
  return {{"subject", letter.subject},
          {"from", as_json(letter.from)},
          {"to", as_json(letter.to)},
          {"text", letter.text},
          {"attachments", as_json(letter.attachments)}};
}

std::vector<std::string> golden_letters() {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(TERTIUS_TEST_DATA "/letters")) {
    if (entry.path().extension() == ".eml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class GoldenLettersTest : public testing::TestWithParam<std::string> {};

TEST_P(GoldenLettersTest, IsReadAsExpected) {
  const auto file = std::filesystem::path(TERTIUS_TEST_DATA "/letters") / GetParam();
  const auto expected = boost::json::parse(read_file(file.string() + ".json")).as_object();
  const Letter letter = read_letter(read_file(file.string() + ".eml"));
  const auto got = as_json(letter);
  for (const auto& field : got) {
    EXPECT_EQ(boost::json::serialize(field.value()), boost::json::serialize(expected.at(field.key())))
        << field.key() << ": " << expected.at("shows");
  }
  const auto* unreadable = expected.if_contains("unreadable");
  if (unreadable == nullptr) {
    EXPECT_EQ(letter.unreadable, "");
  } else {
    EXPECT_EQ(letter.unreadable.substr(0, unreadable->as_string().size()), unreadable->as_string());
  }
}

INSTANTIATE_TEST_SUITE_P(, GoldenLettersTest, testing::ValuesIn(golden_letters()), [](const auto& letter) {
  std::string name = letter.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

}  // namespace
}  // namespace tertius::mail
