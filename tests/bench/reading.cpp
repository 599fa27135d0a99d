#include "tests/bench/reading.hpp"

#include <chrono>

#include "broker/recognise.hpp"
#include "broker/reply_text.hpp"
#include "mail/read_letter.hpp"
#include "tests/bench/letters.hpp"

namespace tertius::bench {

Meaning read_to_meaning(std::string_view bytes) {
  constexpr Time now{std::chrono::days{20'515}};
  const Letter letter = mail::read_letter(bytes);
  const Recognised recognised = recognise(letter, "intro.example.org", now);
  const ReplyText reply = reply_text(letter, notice_text());
  return reply_meaning(reply, Role::connector, now, notice_text());
}

}  // namespace tertius::bench
