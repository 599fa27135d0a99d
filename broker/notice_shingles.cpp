#include "broker/notice_shingles.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "broker/sentences.hpp"

namespace tertius::reading {
namespace {

constexpr std::size_t shingle_words = 3;
constexpr std::size_t max_words = 20'000;

// FNV-1a. A collision would have to be made of the recipient's own notice; nothing is gained by it.
constexpr std::uint64_t prime = 1099511628211u;

std::uint64_t hashed(std::string_view text) {
  std::uint64_t hash = 14695981039346656037u;
  for (char octet : text) hash = (hash ^ static_cast<unsigned char>(octet)) * prime;
  return hash;
}

void append_hashes(const std::vector<Word>& words, std::vector<std::uint64_t>& hashes) {
  for (const Word& word : words) hashes.push_back(hashed(word.text));
}

std::uint64_t together(std::span<const std::uint64_t> words) {
  std::uint64_t hash = 0;
  for (const std::uint64_t word : words) hash = (hash ^ word) * prime;
  return hash;
}

std::vector<std::uint64_t> shingles_of(std::span<const std::uint64_t> words) {
  std::vector<std::uint64_t> shingles;
  for (; words.size() >= shingle_words; words = words.subspan(1))
    shingles.push_back(together(words.first(shingle_words)));
  return shingles;
}

}  // namespace

// Line by line: all words at once would be far longer than the text.
NoticeShingles::NoticeShingles(std::string_view notice) {
  while (!notice.empty() && words_.size() < max_words) {
    const std::size_t before = words_.size();
    append_hashes(read_sentences(take_line(notice)).words, words_);
    const auto line = std::span(words_).subspan(before);
    if (line.size() == 2) pairs_.push_back(together(line));
    if (!line.empty() && line.size() <= 5) short_lines_.push_back(together(line));
  }
  shingles_ = shingles_of(words_);
  for (auto* hashes : {&shingles_, &words_, &pairs_, &short_lines_}) std::ranges::sort(*hashes);
}

bool NoticeShingles::has_line(std::string_view line) const {
  if (shingles_.empty()) return false;
  std::vector<std::uint64_t> words;
  append_hashes(read_sentences(line).words, words);
  if (words.size() == 2) return std::ranges::binary_search(pairs_, together(words));
  const auto shingles = shingles_of(words);
  const auto known = std::ranges::count_if(
      shingles, [&](std::uint64_t one) { return std::ranges::binary_search(shingles_, one); });
  // A wrapped URL or a client's bullet costs a few.
  return !shingles.empty() && static_cast<std::size_t>(known) * 10 >= shingles.size() * 7;
}

bool NoticeShingles::has_whole_line(std::string_view line) const {
  std::vector<std::uint64_t> words;
  append_hashes(read_sentences(line).words, words);
  if (words.size() <= 5) return std::ranges::binary_search(short_lines_, together(words));
  return std::ranges::all_of(shingles_of(words),
                             [&](std::uint64_t one) { return std::ranges::binary_search(shingles_, one); });
}

bool NoticeShingles::has_words(std::string_view line) const {
  const Text text = read_sentences(line);
  const bool all = std::ranges::all_of(text.words, [&](const Word& word) { return has_word(word); });
  return all && !words_.empty();
}

bool NoticeShingles::is_empty() const { return words_.empty(); }

bool NoticeShingles::has_word(const Word& word) const {
  return std::ranges::binary_search(words_, hashed(word.text));
}

}  // namespace tertius::reading
