// What an IMAP server says to us: it means the same however the network cuts it. A NUL ends what the server
// says at once; the letter behind it says what we do then.
#include <algorithm>

#include "mail/imap_dialogue.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

constexpr std::size_t longest_letter = 200;

struct Talk {
  std::string output;
  std::vector<std::string> letters;
  std::int64_t done = 0;
  bool is_over = false;
  friend bool operator==(const Talk&, const Talk&) = default;
};

void serve(mail::ImapDialogue& dialogue, Talk& talk) {
  while (const auto letter = dialogue.take_letter()) {
    require(letter->uid > 0 && letter->uid <= UINT32_MAX, "a UID is one of RFC 3501 9");
    require(letter->bytes.size() <= longest_letter, "letters are bounded");
    talk.letters.push_back(std::to_string(letter->uid) + " " + letter->bytes);
    dialogue.answer(letter->uid, letter->bytes.size() % 2 == 0);
  }
  while (const auto place = dialogue.take_place()) {
    require(place->validity > 0 && place->done >= talk.done, "no place goes back");
    for (const auto uid : place->later)
      require(uid <= place->done || uid < place->fresh, "what is not dealt with is not passed by");
    talk.done = place->done;
  }
  while (const auto remark = dialogue.take_remark())
    for (const char c : *remark) require(!is_control(c), "a remark is one line");
}

void act(mail::ImapDialogue& dialogue, char what) {
  if (what == 'l') dialogue.look();
  if (what == 't') dialogue.try_again();
  if (what == 'q') dialogue.leave();
}

Talk talk(std::string_view bytes, std::size_t piece) {
  mail::ImapDialogue dialogue({"\"INBOX\"", "\"Done\"", {}, longest_letter});
  Talk talk;
  while (!bytes.empty() && !dialogue.is_over()) {
    auto turn = bytes.substr(0, bytes.find('\0'));
    bytes.remove_prefix(std::min(turn.size() + 1, bytes.size()));
    for (; !turn.empty(); turn.remove_prefix(std::min(piece, turn.size())))
      dialogue.receive(turn.substr(0, piece));
    serve(dialogue, talk);
    if (!bytes.empty()) act(dialogue, bytes.front());
    talk.output += dialogue.output();
    dialogue.wrote(dialogue.output().size());
  }
  talk.is_over = dialogue.is_over();
  return talk;
}

void require_commands(std::string_view output) {
  while (!output.empty()) {
    const std::size_t end = output.find("\r\n");
    require(end != output.npos && end <= 998, "a command is a line of a thousand octets (RFC 2683 3.2.1.5)");
    for (const char c : output.substr(0, end)) require(!is_control(c), "a command is one line");
    output.remove_prefix(end + 2);
  }
}

}  // namespace

void imap(std::string_view bytes) {
  const Talk whole = talk(bytes, std::max<std::size_t>(bytes.size(), 1));
  require_commands(whole.output);
  for (const std::size_t piece : {1u, 7u})
    require(talk(bytes, piece) == whole, "the network's cuts change nothing");
}

}  // namespace tertius::fuzz
