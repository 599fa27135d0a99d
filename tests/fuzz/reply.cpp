// The text of an answer, without a mail around it: any words, any role.
#include "mail/charset.hpp"
#include "tests/fuzz/replying.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

void reply(std::string_view bytes) {
  Letter letter;
  letter.text = mail::to_utf8(bytes);
  require_reply(letter);
}

}  // namespace tertius::fuzz
