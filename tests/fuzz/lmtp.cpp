// What a client says to our LMTP server: it means the same however the network cuts it.
#include "mail/lmtp.hpp"

#include <algorithm>

#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

struct Talk {
  std::string output;
  std::vector<std::string> letters;
};

void serve(mail::LmtpDialogue& dialogue, Talk& talk, const mail::LmtpLimits& limits) {
  while (const auto letter = dialogue.take_letter()) {
    require(!letter->recipients.empty() && letter->recipients.size() <= limits.recipients,
            "recipients are counted");
    require(letter->bytes.size() <= limits.letter_bytes, "letters are bounded");
    talk.letters.push_back(letter->sender + "\n" + letter->bytes);
    dialogue.answer(std::vector<mail::Verdict>(letter->recipients.size(), mail::Verdict::taken));
  }
  talk.output += dialogue.output();
  dialogue.wrote(dialogue.output().size());
}

Talk talk(std::string_view bytes, std::size_t piece) {
  mail::LmtpLimits limits;
  limits.letter_bytes = 200, limits.recipients = 3, limits.mistakes = 5;
  const auto knows = [](const std::string& address) { return address.starts_with("intro"); };
  mail::LmtpDialogue dialogue({"intro.example.org", knows, {}}, limits);
  Talk talk;
  serve(dialogue, talk, limits);
  for (; !bytes.empty() && !dialogue.is_over(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    dialogue.receive(bytes.substr(0, piece));
    serve(dialogue, talk, limits);
  }
  return talk;
}

void require_replies(std::string_view output) {
  while (!output.empty()) {
    const std::size_t end = output.find("\r\n");
    require(end != output.npos && end >= 4 && end <= 510, "a reply is a line (RFC 5321 4.5.3.1.5)");
    require(std::all_of(output.begin(), output.begin() + 3, [](char c) { return c >= '0' && c <= '9'; }),
            "a reply begins with its code");
    for (const char c : output.substr(0, end)) require(!is_control(c), "a reply is one line");
    output.remove_prefix(end + 2);
  }
}

}  // namespace

void lmtp(std::string_view bytes) {
  const Talk whole = talk(bytes, std::max<std::size_t>(bytes.size(), 1));
  require_replies(whole.output);
  for (const std::size_t piece : {1u, 7u}) {
    const Talk cut = talk(bytes, piece);
    require(cut.output == whole.output && cut.letters == whole.letters, "the network's cuts change nothing");
  }
}

}  // namespace tertius::fuzz
