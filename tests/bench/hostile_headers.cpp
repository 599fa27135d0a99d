// Headers that are made to be slow, up to what the limit on a header lets through.
#include <algorithm>
#include <array>

#include "tests/bench/letters.hpp"

namespace tertius::bench {
namespace {

// Folded, for no line may pass 64 KB.
std::string with_field(std::string_view name, std::string_view pattern, std::size_t bytes) {
  return header("text/plain", std::string(name) + ": x\r\n" + repeated(pattern, bytes) + "\r\n") +
         "forward\r\n";
}

std::string encoded_words(std::size_t bytes) {
  return with_field("Subject", " =?utf-8?q?a=C3=A9?=\r\n", bytes);
}
std::string bare_words(std::size_t bytes) { return with_field("Cc", " =?=?a?q?\r\n", bytes); }
std::string charsets(std::size_t bytes) {
  return with_field("Cc", " =?gb2312?b?xOO6ww==?= =?iso-2022-jp?b?GyRCRnxLXBsoQg==?=\r\n", bytes);
}
std::string recipients(std::size_t bytes) {
  return with_field("Cc", " Bob Miller <bob@example.org>,\r\n", bytes);
}
std::string comments(std::size_t bytes) { return with_field("Cc", " ((((((((((((((((((\r\n", bytes); }
std::string quotes(std::size_t bytes) { return with_field("Cc", " \"\\\"<:;@,\r\n", bytes); }
std::string groups(std::size_t bytes) { return with_field("Cc", " a:b:c:;;\r\n", bytes); }
std::string many_from(std::size_t bytes) {
  return header("text/plain", repeated("From: a@b.example, c@d.example\r\n", bytes) + "\r\n");
}
std::string references(std::size_t bytes) { return with_field("References", " <a@b.example>\r\n", bytes); }
std::string parameters(std::size_t bytes) {
  return "Content-Type: text/plain;\r\n" + repeated(" a*0*=utf-8''%41;\r\n", bytes) + "\r\n\r\nforward\r\n";
}
std::string fields(std::size_t bytes) {
  return header("text/plain", repeated("X: y\r\n", std::min<std::size_t>(bytes, 11'400)));
}
std::string received(std::size_t bytes) {
  return header("text/plain", repeated("Received: from a by b; Tue, 3 Mar 2026\r\n", bytes) + "\r\n");
}

constexpr std::size_t most = 120'000;
constexpr auto letters = std::to_array<LetterKind>({
    {"encoded words", most, encoded_words},
    {"beginnings of words", most, bare_words},
    {"words in charsets", most, charsets},
    {"recipients", most, recipients},
    {"open comments", most, comments},
    {"open quotes", most, quotes},
    {"groups", 3'600, groups},
    {"From fields", 60'000, many_from},
    {"message-ids", most, references},
    {"parameters", most, parameters},
    {"fields", most, fields},
    {"Received fields", 70'000, received},
});

}  // namespace

std::span<const LetterKind> hostile_headers() { return letters; }

}  // namespace tertius::bench
