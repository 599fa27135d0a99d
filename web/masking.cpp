#include "web/masking.hpp"

namespace tertius::web {

namespace {

bool is_alnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

// Of quoted-printable's soft line break at `i` (RFC 2045 6.7); 0 where there is none.
std::size_t soft_break_length(std::string_view text, std::size_t i) {
  if (text[i] != '=') return 0;
  if (text.substr(i + 1, 2) == "\r\n") return 3;
  return text.substr(i + 1, 1) == "\n" ? 2 : 0;
}

// The letters and digits from `begin` on, at most `most` of them, across soft breaks, and where they end.
struct Run {
  std::string text;
  std::size_t end = 0;
};
Run run_at(std::string_view text, std::size_t begin, std::size_t most) {
  Run out{{}, begin};
  for (std::size_t i = begin; i < text.size() && out.text.size() < most;) {
    const std::size_t skipped = soft_break_length(text, i);
    if (skipped == 0 && !is_alnum(text[i])) break;
    if (skipped == 0) {
      out.text += text[i];
      out.end = i + 1;
    }
    i += skipped == 0 ? 1 : skipped;
  }
  return out;
}

// A token begins behind a slash, plus or point; rewritten links have those as %2F, and quoted-printable an
// equals sign as =3D. `before` is what stands in front, without soft breaks.
bool may_begin(std::string_view before) {
  if (before.empty() || !is_alnum(before.back())) return true;
  return before.size() >= 3 && (before[before.size() - 3] == '%' || before[before.size() - 3] == '=');
}

bool ends_sign_in_path(std::string_view before) {
  return before.ends_with("sign-in/") || before.ends_with("sign-in%2F") || before.ends_with("sign-in%2f");
}

std::size_t token_length() {
  static const std::size_t length = make_token({}, LinkKey{}).size();
  return length;
}

// Where the secret that begins at `i` ends; `i` where there is none.
std::size_t secret_end(std::string_view text, std::size_t i, std::string_view before, const LinkKeys& keys) {
  if (ends_sign_in_path(before)) return run_at(text, i, text.npos).end;
  if (!is_alnum(text[i]) || !may_begin(before)) return i;
  const Run run = run_at(text, i, token_length());
  return find_token(run.text, keys) ? run.end : i;
}

}  // namespace

std::string mask_secrets(std::string_view text, const LinkKeys& keys) {
  constexpr std::size_t enough_before = 16;
  std::string out, before;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t skipped = soft_break_length(text, i); skipped > 0) {
      i += skipped;
      continue;
    }
    const std::size_t end = secret_end(text, i, before, keys);
    if (end > i) {
      out += text.substr(copied, i - copied);
      out += mask;
      before.clear();
      copied = i = end;
      continue;
    }
    before += text[i++];
    if (before.size() > 2 * enough_before) before.erase(0, before.size() - enough_before);
  }
  out += text.substr(copied);
  return out;
}

}  // namespace tertius::web
