#include "tests/fuzz/replying.hpp"

#include <algorithm>
#include <string>

#include "broker/reply_meaning.hpp"
#include "broker/reply_text.hpp"
#include "broker/sentences.hpp"
#include "broker/words.hpp"
#include "tests/fuzz/require.hpp"

namespace tertius::fuzz {

const std::string_view notice =
    "Alice Chen (Acme) asks: will you forward a short note to Gail Goodman?\n"
    "\n"
    "Who Gail is: Gail Goodman (Constant Contact), chief executive\n"
    "How you know Gail: connected on LinkedIn since 2019\n"
    "\n"
    "If you forward it, Gail sees your name first and then this, word for word:\n"
    "\n"
    "  Hello Gail, I run Acme, which mends bicycles in four cities.\n"
    "  Could we talk for twenty minutes about how you sell to small shops?\n"
    "\n"
    "Forward it: https://intro.example.org/d/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/forward\n"
    "Decline: https://intro.example.org/d/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/decline\n"
    "Or answer this mail with one word: forward, decline or later.\n";

namespace {

const Time now = from_unix_seconds(1'790'000'000);

bool may_say(Role by, MeaningKind kind) {
  switch (kind) {
    case MeaningKind::forward:
    case MeaningKind::revise:
    case MeaningKind::redirect: return by == Role::connector;
    case MeaningKind::accept: return by != Role::connector;
    case MeaningKind::later: return by != Role::requester;
    case MeaningKind::decline:
    case MeaningKind::stop:
    case MeaningKind::unclear: return true;
  }
  return false;
}

void require_meaning(const std::string& said, Role by) {
  const Meaning meaning = reply_meaning(said, by, now, notice);
  const bool words = !reading::read_sentences(said, 1).words.empty();
  require(words || meaning.kind == MeaningKind::unclear, "no word decides nothing");
  require(may_say(by, meaning.kind), "nobody decides what is not theirs");
  require_text(meaning.note);
  require(meaning.note.size() <= said.size(), "a note is what was said");
  require(meaning.redirect_to.empty() == (meaning.kind != MeaningKind::redirect),
          "a redirect names somebody");
  require_line(meaning.redirect_to);
  require(!meaning.until || meaning.kind == MeaningKind::later, "only later has a day");
  require(!meaning.until || *meaning.until > now, "later is not past");
}

// Lines that no person would write by chance.
bool is_telling(std::string_view line) { return line.size() > 30; }

void require_nothing_of_ours(const std::string& said) {
  for (const auto own : split_lines(notice))
    for (const auto line : reading::lines_of(said))
      require(!is_telling(own) || trim(line) != trim(own), "no line of our mail is taken for an answer");
}

// Whatever it says: a mail of which every line is marked as quoted says nothing.
void require_quotes_are_silent(const Letter& letter) {
  Letter quoted;
  for (const auto line : reading::lines_of(letter.text)) quoted.text += "> " + std::string(line) + "\n";
  require(reply_text(quoted, notice).text.empty(), "a quote says nothing");
}

}  // namespace

void require_reply(const Letter& letter) {
  const ReplyText reply = reply_text(letter, notice);
  require_text(reply.text);
  require(reply.text.size() <= letter.text.size() + letter.reply_html_text.size() + letter.subject.size() + 2,
          "an answer is no longer than its letter");
  require_nothing_of_ours(reply.text);
  for (const Role by : {Role::connector, Role::target, Role::requester}) require_meaning(reply.text, by);
  require_quotes_are_silent(letter);
  require_text(text_outside_quote(letter));
}

}  // namespace tertius::fuzz
