// What people write, as the letters their mail clients make of it: read as the daemon reads them, each means
// what its bare words mean, and nothing of our own mail goes on as theirs.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <string>

#include "broker/recognise.hpp"
#include "broker/reply_meaning.hpp"
#include "broker/reply_text.hpp"
#include "broker/sentences.hpp"
#include "mail/html_text.hpp"
#include "mail/read_letter.hpp"
#include "templates/render.hpp"
#include "tests/support/broker/replies.hpp"
#include "tests/support/replies/dressed_letter.hpp"
#include "tests/support/replies/letter_writing.hpp"
#include "tests/support/templates/sample.hpp"

namespace tertius::tests {
namespace {

const Time now = noon(2026, 3, 10);
constexpr std::size_t most_shown = 12;  // failures of one client

AnsweredNotice rendered(NoticeKind kind, Role to) {
  const Fields fields = sample::notice(to);
  const auto notice = templates::render_notice(kind, "en", fields).value();
  return {notice.subject,
          notice.text,
          notice.html,
          "Alice Chen via Rowan Alumni",
          fields.values.at("REPLY_ADDRESS"),
          "n17.mfrggzdf@intro.rowan.example"};
}

const AnsweredNotice& notice_for(Role by) {
  static const AnsweredNotice request = rendered(NoticeKind::request, Role::connector),
                              pitch = rendered(NoticeKind::pitch, Role::target),
                              question = rendered(NoticeKind::outcome_question, Role::requester);
  return by == Role::connector ? request : by == Role::target ? pitch : question;
}

// As the daemon knows it: both parts.
const std::string& known_by(Role by) {
  const auto both = [](const AnsweredNotice& notice) {
    return notice.text + "\n" + mail::html_text(notice.html);
  };
  static const std::string request = both(notice_for(Role::connector)),
                           pitch = both(notice_for(Role::target)),
                           question = both(notice_for(Role::requester));
  return by == Role::connector ? request : by == Role::target ? pitch : question;
}

struct Said {
  Meaning meaning;
  std::string text;  // all that was taken for the person's own words
};

Meaning meaning_of(const std::string& words, Role by) {
  return reply_meaning(words, by, now, by == Role::requester ? std::string_view{} : known_by(by));
}

Said read(const std::string& bytes, Role by) {
  const Letter letter = mail::read_letter(bytes);
  EXPECT_EQ(letter.unreadable, "");
  EXPECT_EQ(recognise(letter, "intro.rowan.example", now).kind, LetterKind::human);
  const ReplyText reply = reply_text(letter, known_by(by));
  return {reply_meaning(reply, by, now, by == Role::requester ? std::string_view{} : known_by(by)),
          reply.text};
}

bool agrees(const Meaning& meaning) {
  return meaning.kind == MeaningKind::forward || meaning.kind == MeaningKind::accept;
}

// Clients break lines where they like.
std::string words_of(std::string_view text) {
  std::string words;
  for (const auto& word : reading::read_sentences(text).words) words += word.text + " ";
  return words;
}

bool is_same(const Meaning& a, const Meaning& b) {
  return a.kind == b.kind && a.until == b.until && words_of(a.redirect_to) == words_of(b.redirect_to) &&
         (a.kind == MeaningKind::unclear || words_of(a.note) == words_of(b.note));
}

struct Count {
  std::size_t letters = 0, right = 0, false_agreements = 0, shown = 0;
};

using Counts = std::map<std::string, Count>;

void show(Count& count, const std::string& client, const ReplyCase& reply, const Meaning& bare,
          const Said& said) {
  if (++count.shown > most_shown && !(agrees(said.meaning) && !agrees(bare))) return;
  std::cout << client << ", " << reply.where << ": wants " << meaning_name(bare.kind) << " \"" << bare.note
            << "\", is " << meaning_name(said.meaning.kind) << " \"" << said.meaning.note
            << "\"\n  wrote: " << reply.text << "\n  read: " << said.text << "\n";
}

const Tongue& tongue_of(const std::string& file, std::size_t row) {
  for (const Tongue& tongue : tongues)
    if (file == std::string(tongue.code) + ".tsv") return tongue;
  return tongues[row % tongues.size()];
}

void try_letter(const std::string& client, const std::string& bytes, const ReplyCase& reply,
                const Meaning& bare, Counts& counts) {
  Count& count = counts[client];
  const Said said = read(bytes, reply.by);
  const bool right = is_same(said.meaning, bare) && words_of(said.text) == words_of(reply.text);
  ++count.letters;
  count.right += right;
  count.false_agreements += agrees(said.meaning) && !agrees(bare);
  if (!right) show(count, client, reply, bare, said);
}

// All 33,000 letters take minutes. Each text meets every sixth client, a neighbour's text the next ones;
// TERTIUS_ALL_DRESSINGS lets it meet them all.
bool meets(std::size_t row, std::size_t client) {
  static const bool all = std::getenv("TERTIUS_ALL_DRESSINGS") != nullptr;
  return all || (row + client) % 6 == 0;
}

void try_clients(const ReplyCase& reply, std::size_t row, const Tongue& tongue, Counts& counts) {
  const AnsweredNotice& notice = notice_for(reply.by);
  const Meaning bare = meaning_of(reply.text, reply.by);
  static const std::vector<Client> all = clients();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (!meets(row, i)) continue;
    const Client& client = all[i];
    const std::string bytes = client.dress({reply.text, tongue, notice}), html = only_html(bytes);
    try_letter(std::string(client.name), bytes, reply, bare, counts);
    if (!html.empty()) try_letter(std::string(client.name) + ", HTML alone", html, reply, bare, counts);
  }
}

void try_closing(const ReplyCase& reply, const Tongue& tongue, Count& count) {
  const AnsweredNotice& notice = notice_for(reply.by);
  const Meaning bare = meaning_of(reply.text, reply.by);
  const std::string words = reply.text + "\n\n" + std::string(tongue.greeting) +
                            "\nChristine Herron\nPartner, First Round\n+1 415 555 0100\n";
  const auto all = clients();
  const auto client = std::ranges::find(all, "Outlook desktop", &Client::name);
  const Said said = read(client->dress({words, tongue, notice}), reply.by);
  ++count.letters;
  count.right += said.meaning.kind == bare.kind;
  count.false_agreements += agrees(said.meaning) && !agrees(bare);
  if (said.meaning.kind != bare.kind) show(count, "closing", reply, bare, said);
}

class DressedReplyTest : public testing::TestWithParam<const char*> {};
TEST_P(DressedReplyTest, MeansTheSameInTheLetterOfEveryClient) {
  ASSERT_TRUE(templates::load_catalogue());
  Counts counts;
  const std::string file = GetParam();
  const auto replies = load_replies(TERTIUS_TEST_DATA "/replies/" + file);
  for (std::size_t row = 0; row < replies.size(); ++row)
    try_clients(replies[row], row, tongue_of(file, row), counts);
  std::size_t letters = 0;
  for (const auto& [client, count] : counts) {
    letters += count.letters;
    EXPECT_EQ(count.false_agreements, 0u) << client;
    EXPECT_EQ(count.right, count.letters) << client;
  }
  RecordProperty("letters", std::to_string(letters));
  EXPECT_GE(letters, 500u);
}
INSTANTIATE_TEST_SUITE_P(Replies, DressedReplyTest,
                         testing::Values("en.tsv", "de.tsv", "fr.tsv", "traps.tsv"));

// Not every program marks a signature; a name and a title are nobody's change of mind.
TEST(DressedClosingTest, AnUnmarkedSignatureChangesNoDecision) {
  ASSERT_TRUE(templates::load_catalogue());
  Count count;
  for (const std::string file : {"en.tsv", "de.tsv", "fr.tsv", "traps.tsv"}) {
    const auto replies = load_replies(TERTIUS_TEST_DATA "/replies/" + file);
    for (std::size_t row = 0; row < replies.size(); ++row)
      try_closing(replies[row], tongue_of(file, row), count);
  }
  EXPECT_EQ(count.false_agreements, 0u);
  EXPECT_EQ(count.right, count.letters);
}

// The labels of our own buttons say yes.
TEST(DressedSilenceTest, AnAnswerWithoutWordsSaysNothing) {
  ASSERT_TRUE(templates::load_catalogue());
  const auto said = [](const std::string& bytes, Role by) { return read(bytes, by).text; };
  for (const Role by : {Role::connector, Role::target, Role::requester})
    for (const Tongue& tongue : tongues)
      for (const Client& client : clients()) {
        const std::string bytes = client.dress({"", tongue, notice_for(by)}), html = only_html(bytes);
        EXPECT_EQ(said(bytes, by), "") << client.name << " " << tongue.code;
        EXPECT_EQ(html.empty() ? "" : said(html, by), "") << client.name << ", HTML alone " << tongue.code;
      }
}

TEST(DressedSilenceTest, OurWholeMailWithoutAnyMarkSaysNothing) {
  ASSERT_TRUE(templates::load_catalogue());
  for (const Role by : {Role::connector, Role::target, Role::requester}) {
    const AnsweredNotice& notice = notice_for(by);
    for (const std::string& text :
         {notice.text, text_of_html(notice.html, Links::dropped),
          text_of_html(notice.html, Links::in_brackets), text_of_html(notice.html, Links::glued),
          wrapped(text_of_html(notice.html, Links::dropped), 60)}) {
      const Said said = read(
          "From: c@firstround.example\r\n" + text_part("text/plain", "utf-8", Encoding::as_it_is, text), by);
      EXPECT_EQ(said.meaning.kind, MeaningKind::unclear) << said.text;
    }
  }
}

}  // namespace
}  // namespace tertius::tests
