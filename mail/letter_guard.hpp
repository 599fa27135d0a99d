#pragma once
// What a stranger's bytes must pass before any parser sees them: limits first, then the clean-up that mimetic
// needs. One pass when there is nothing to mend; the letter is copied only where there is. Never fails;
// `refusal` says which limit was passed, and then `bytes` is the header block alone.

#include <string>
#include <string_view>

#include "mail/read_letter.hpp"

namespace tertius::mail {

struct GuardedLetter {
  std::string mended;      // backs `bytes` where something had to be mended
  std::string_view bytes;  // ends its header block with an empty line; CR alone is no line end in it; no NUL
  std::string refusal;
};

// `out.bytes` points into `bytes` or into `out.mended`: keep both, and do not move `out`.
void guard(std::string_view bytes, const ReadLimits& limits, GuardedLetter& out);

}  // namespace tertius::mail
