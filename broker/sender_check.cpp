#include "broker/sender_check.hpp"

#include <algorithm>
#include <optional>
#include <vector>

namespace tertius {

namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

std::string lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// Words and punctuation of the field, comments gone (they nest, RFC 5322 3.2.2) and quoted strings whole, so
// that neither `(dmarc=pass)` nor a `)` or `;` inside a quoted local part can pose as a result.
std::vector<std::string> tokens(std::string_view field) {
  std::vector<std::string> out;
  std::string word;
  int depth = 0;
  const auto end_word = [&] {
    if (!word.empty()) out.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t i = 0; i < field.size(); ++i) {
    const char c = field[i];
    if (c == '\\' && i + 1 < field.size()) {
      if (depth == 0) word += field[i + 1];
      ++i;
    } else if (depth == 0 && c == '"') {
      for (++i; i < field.size() && field[i] != '"'; ++i)
        word += field[i] == '\\' && i + 1 < field.size() ? field[++i] : field[i];
    } else if (c == '(') {
      ++depth;
    } else if (c == ')') {
      depth = std::max(0, depth - 1);
    } else if (depth == 0 && (is_space(c) || c == ';' || c == '=')) {
      end_word();
      if (!is_space(c)) out.push_back(std::string(1, c));
    } else if (depth == 0) {
      word += c;
    }
  }
  end_word();
  return out;
}

struct MethodResult {
  std::string method, result;
  std::string domain;  // header.d of dkim, header.from of dmarc
};

std::vector<MethodResult> results(const std::vector<std::string>& words) {
  std::vector<MethodResult> out;
  bool at_start = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i] == ";") {
      at_start = true;
    } else if (i + 2 < words.size() && words[i + 1] == "=") {
      if (at_start) out.push_back({lower(words[i]), lower(words[i + 2]), {}});
      const std::string property = lower(words[i]);
      if (!at_start && !out.empty() && (property == "header.d" || property == "header.from"))
        out.back().domain = lower(words[i + 2]);
      at_start = false;
      i += 2;
    }
  }
  return out;
}

bool is_aligned(std::string_view from_domain, std::string_view signed_domain) {
  if (from_domain == signed_domain) return true;
  if (signed_domain.find('.') == std::string_view::npos || from_domain.size() <= signed_domain.size())
    return false;
  return from_domain.ends_with(signed_domain) &&
         from_domain[from_domain.size() - signed_domain.size() - 1] == '.';
}

// Passed at least once for this domain, and `strict` methods never failed beside it.
bool passes(const std::vector<MethodResult>& all, std::string_view method, const Address& from, bool strict) {
  bool passed = false;
  for (const auto& row : all) {
    if (row.method != method) continue;
    if (row.result == "pass" && is_aligned(from.domain, row.domain))
      passed = true;
    else if (strict)
      return false;
  }
  return passed;
}

}  // namespace

bool is_authenticated(const Letter& letter, const Address& from, std::string_view trusted_authserv_id) {
  if (trusted_authserv_id.empty()) return false;
  for (const auto& field : letter.headers) {
    if (lower(field.name) != "authentication-results") continue;
    const auto words = tokens(field.value);
    if (words.empty() || lower(words[0]) != lower(trusted_authserv_id)) continue;
    const auto all = results(words);
    // A domain carries several DKIM signatures and some break on the way; DMARC has one verdict.
    const bool has_dmarc =
        std::any_of(all.begin(), all.end(), [](const auto& row) { return row.method == "dmarc"; });
    return has_dmarc ? passes(all, "dmarc", from, true) : passes(all, "dkim", from, false);
  }
  return false;
}

}  // namespace tertius
