#include "web/masking.hpp"

#include <vector>

namespace tertius::web {

namespace {

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// The text without quoted-printable's soft line breaks, and where each of its characters stands.
struct Joined {
  std::string text;
  std::vector<std::size_t> at;
};

std::size_t soft_break_length(std::string_view text, std::size_t i) {
  if (text[i] != '=') return 0;
  if (text.substr(i + 1, 2) == "\r\n") return 3;
  return text.substr(i + 1, 1) == "\n" ? 2 : 0;
}

Joined join(std::string_view text) {
  Joined out;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t skipped = soft_break_length(text, i);
    if (skipped == 0) {
      out.text += text[i];
      out.at.push_back(i);
    }
    i += skipped == 0 ? 1 : skipped;
  }
  return out;
}

// A token begins behind a slash, plus or point; rewritten links have those as %2F, and quoted-printable an
// equals sign as =3D.
bool may_begin(std::string_view text, std::size_t i) {
  if (i == 0 || !is_alnum(text[i - 1])) return true;
  return i >= 3 && (text[i - 3] == '%' || text[i - 3] == '=');
}

std::size_t token_length() {
  static const std::size_t length = make_token({}, LinkKey{}).size();
  return length;
}

std::size_t secret_length(std::string_view text, std::size_t i, const LinkKeys& keys) {
  if (may_begin(text, i) && i + token_length() <= text.size() &&
      find_token(text.substr(i, token_length()), keys))
    return token_length();
  for (const std::string_view path : {"sign-in/", "sign-in%2F", "sign-in%2f"}) {
    if (i < path.size() || text.substr(i - path.size(), path.size()) != path) continue;
    std::size_t end = i;
    while (end < text.size() && is_alnum(text[end])) ++end;
    return end - i;
  }
  return 0;
}

}  // namespace

std::string mask_secrets(std::string_view text, const LinkKeys& keys) {
  const Joined joined = join(text);
  std::string out;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < joined.text.size();) {
    const std::size_t length = secret_length(joined.text, i, keys);
    if (length > 0) {
      out += text.substr(copied, joined.at[i] - copied);
      out += mask;
      copied = joined.at[i + length - 1] + 1;
    }
    i += length > 0 ? length : 1;
  }
  return out + std::string(text.substr(copied));
}

}  // namespace tertius::web
