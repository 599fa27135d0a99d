#include "broker/notice_shingles.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "broker/sentences.hpp"

namespace tertius::reading {
namespace {

constexpr std::size_t shingle_words = 3;

// FNV-1a. A collision would have to be made of the recipient's own notice; nothing is gained by it.
std::uint64_t hashed(std::string_view text, std::uint64_t hash = 14695981039346656037u) {
  for (char octet : text) hash = (hash ^ static_cast<unsigned char>(octet)) * 1099511628211u;
  return hash;
}

std::uint64_t shingle(const std::vector<Word>& words, std::size_t at) {
  std::uint64_t hash = hashed("");
  for (std::size_t i = at; i < at + shingle_words; ++i) hash = hashed(" ", hashed(words[i].text, hash));
  return hash;
}

std::uint64_t pair(const std::vector<Word>& words, std::size_t at) {
  return hashed(words[at + 1].text, hashed(" ", hashed(words[at].text)));
}

// Lines of two words.
std::vector<std::uint64_t> pairs_of(const std::vector<Word>& words, std::string_view text) {
  std::vector<std::uint64_t> pairs;
  for (std::size_t first = 0, last = 0; first < words.size(); first = last) {
    const std::size_t line_end = std::min(text.find_first_of("\r\n", words[first].begin), text.size());
    while (last < words.size() && words[last].begin < line_end) ++last;
    if (last - first == 2) pairs.push_back(pair(words, first));
  }
  return pairs;
}

}  // namespace

NoticeShingles::NoticeShingles(std::string_view notice) {
  const Text text = read_sentences(notice, 20'000);
  for (const Word& word : text.words) words_.push_back(hashed(word.text));
  for (std::size_t i = 0; i + shingle_words <= text.words.size(); ++i)
    shingles_.push_back(shingle(text.words, i));
  pairs_ = pairs_of(text.words, notice);
  for (auto* hashes : {&shingles_, &words_, &pairs_}) std::ranges::sort(*hashes);
}

bool NoticeShingles::has_line(std::string_view line) const {
  if (shingles_.empty()) return false;
  const Text text = read_sentences(line, 20'000);
  if (text.words.size() == 2) return std::ranges::binary_search(pairs_, pair(text.words, 0));
  if (text.words.size() < shingle_words) return false;
  const std::size_t all = text.words.size() - shingle_words + 1;
  std::size_t known = 0;
  for (std::size_t i = 0; i < all; ++i)
    known += std::ranges::binary_search(shingles_, shingle(text.words, i));
  return known * 10 >= all * 7;  // a wrapped URL or a client's bullet costs a few
}

bool NoticeShingles::has_words(std::string_view line) const {
  const Text text = read_sentences(line, 20'000);
  for (const Word& word : text.words)
    if (!std::ranges::binary_search(words_, hashed(word.text))) return false;
  return !words_.empty();
}

}  // namespace tertius::reading
