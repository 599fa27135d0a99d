// What is forgotten after its time, what is not, and in how large bites.
#include "storage/retention.hpp"

#include "storage/browsers.hpp"
#include "storage/letters.hpp"
#include "storage/my_contacts.hpp"
#include "storage/outbox_by_hand.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using std::chrono::days;
constexpr RetentionTimes for_ever{days{0}, days{0}, days{0}, days{0}, days{0}};

class RetentionTest : public OnEngine {
 protected:
  void SetUp() override {
    OnEngine::SetUp();
    if (!IsSkipped()) add_people(db(), 4);
  }
  // A whole pass, batch by batch; gives how much of it was forgotten and in how many batches.
  std::int64_t forget(const RetentionTimes& times, Retained what, Time now = noon) {
    RetentionPass pass;
    for (batches_ = 0; !is_through(pass); ++batches_) {
      Transaction transaction(db());
      forget_a_batch(db(), times, now, pass);
      transaction.commit();
    }
    return pass.forgotten[static_cast<std::size_t>(what)];
  }
  int batches() const { return batches_ - static_cast<int>(retained_kinds); }  // beyond one of each kind

  void add_letter_of(std::int64_t id, Time at, const std::string& raw = "From: x\r\n\r\nwords") {
    LetterRow row;
    row.id = LetterId{id};
    row.received_at = at;
    row.sha256 = "hash" + std::to_string(id);
    row.message_id = std::to_string(id) + "@client.example";
    row.recipient = "intro@broker.example";
    row.subject = "Re: forward?";
    row.outcome = "not clear, asked again: You wrote: \"Her name is Gail\"";
    row.raw = raw;
    add_letter(db(), row);
  }
  std::string raw(std::int64_t id) { return find_letter(db(), LetterId{id})->raw; }

  void add_introduction_of(std::int64_t id, State state, Time since, bool introduced = false) {
    Introduction intro = sample_introduction(id);
    intro.state = state;
    intro.created_at = since - days{10};
    intro.state_since = since;
    if (introduced) intro.introduced_at = since;
    intro.pitch = intro.cover_note = intro.endorsement = intro.vouching = intro.question = "words";
    add_introduction(db(), intro, {});
    append_history(db(), intro.id, {since, "decline", State::asked, state, "a remark"});
  }
  std::string words(std::int64_t id) {
    const auto intro = find_introduction(db(), IntroductionId{id}).value();
    return intro.subject + intro.pitch + intro.cover_note + intro.endorsement + intro.vouching +
           intro.question + load_history(db(), intro.id).at(0).remark;
  }
  std::string wanted(std::int64_t id) { return find_introduction(db(), IntroductionId{id})->wanted; }

  void add_notice_of(std::int64_t id, Time at, OutboxState state,
                     std::optional<IntroductionId> about = std::nullopt) {
    OutboxRow row = sample_notice(id);
    row.created_at = row.not_before = at;
    row.state = state;
    row.introduction = about;
    row.fields.values["PITCH"] = "Dear Gail";
    add_notice(db(), row);
  }
  bool has_words(std::int64_t id) { return find_notice(db(), NoticeId{id})->fields != Fields{}; }

 private:
  int batches_ = 0;
};
TERTIUS_ON_EVERY_ENGINE(RetentionTest);

TEST_P(RetentionTest, ALettersOctetsGoAfterTheirTimeAndWhatItIsKnownByStays) {
  RetentionTimes times = for_ever;
  times.letters = days{90};
  add_letter_of(1, noon - days{90} - std::chrono::seconds{1});
  add_letter_of(2, noon - days{90});
  EXPECT_EQ(forget(times, Retained::letters), 1);
  EXPECT_EQ(raw(1), "");
  EXPECT_NE(raw(2), "");
  const auto same = find_letter_by_hash(db(), "hash1", "intro@broker.example");
  ASSERT_TRUE(same);
  EXPECT_EQ(same->outcome, "not clear, asked again") << "the words behind the colon are the letter's";
  EXPECT_EQ(same->subject, "");
  EXPECT_EQ(find_letter(db(), LetterId{2})->subject, "Re: forward?");
  EXPECT_TRUE(has_message_id(db(), "1@client.example", "intro@broker.example"));
  EXPECT_EQ(forget(times, Retained::letters), 0) << "once";
  EXPECT_EQ(forget(times, Retained::letters, noon + days{1}), 1);
}

// An earlier version forgot the octets alone.
TEST_P(RetentionTest, ALetterWithoutOctetsLosesItsSubjectToo) {
  RetentionTimes times = for_ever;
  times.letters = days{90};
  add_letter_of(1, noon - days{100}, "");
  EXPECT_EQ(forget(times, Retained::letters), 1);
  EXPECT_EQ(find_letter(db(), LetterId{1})->subject, "");
  EXPECT_EQ(forget(times, Retained::letters), 0);
}

TEST_P(RetentionTest, WhatIsKeptForEverIsKept) {
  const Time long_ago = noon - days{3000};
  add_letter_of(1, long_ago);
  add_introduction_of(1, State::declined, long_ago);
  add_introduction_of(2, State::closed, long_ago, true);
  add_notice_of(1, long_ago, OutboxState::sent, IntroductionId{1});
  RetentionPass pass;
  while (!is_through(pass)) forget_a_batch(db(), for_ever, noon, pass);
  EXPECT_EQ(pass.forgotten, decltype(pass.forgotten){});
  EXPECT_NE(raw(1), "");
  EXPECT_NE(words(1), "");
  EXPECT_NE(words(2), "");
  EXPECT_TRUE(has_words(1));
}

// The database thread has letters and clicks to answer between two bites.
TEST_P(RetentionTest, LongLettersAreForgottenFewAtATimeAndShortOnesMany) {
  RetentionTimes times = for_ever;
  times.letters = days{90};
  for (int id = 1; id <= 5; ++id) add_letter_of(id, noon - days{100}, std::string(1'500'000, 'x'));
  EXPECT_EQ(forget(times, Retained::letters), 5);
  EXPECT_EQ(batches(), 2) << "two, two, one";
  {
    Transaction transaction(db());
    for (int id = 6; id <= 1'205; ++id) add_letter_of(id, noon - days{100} + std::chrono::seconds{id});
    transaction.commit();
  }
  add_letter_of(2'000, noon);
  EXPECT_EQ(forget(times, Retained::letters), 1'200);
  EXPECT_EQ(batches(), 2) << "of 500 rows each";
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM letters WHERE LENGTH(raw) > 0")->integer(0), 1);
}

TEST_P(RetentionTest, ManyThatCameInOneSecondAreAllSeen) {
  RetentionTimes times = for_ever;
  times.letters = days{90};
  {
    Transaction transaction(db());
    for (int id = 1; id <= 1'100; ++id) add_letter_of(id, noon - days{100});
    transaction.commit();
  }
  EXPECT_EQ(forget(times, Retained::letters), 1'100);
}

TEST_P(RetentionTest, AMailsWordsGoOnceNobodyCanAnswerThem) {
  RetentionTimes times = for_ever;
  times.notice_texts = days{90};
  const Time old = noon - days{100};
  add_introduction_of(1, State::asked, old);
  add_introduction_of(2, State::expired, old);
  add_notice_of(1, old, OutboxState::sent, IntroductionId{1});              // open
  add_notice_of(2, old, OutboxState::sent, IntroductionId{2});              // ended
  add_notice_of(3, old, OutboxState::due);                                  // has yet to go
  add_notice_of(4, old, OutboxState::failed);                               // about none
  add_notice_of(5, noon - days{80}, OutboxState::sent, IntroductionId{2});  // young
  EXPECT_EQ(forget(times, Retained::notice_texts), 2);
  EXPECT_EQ((std::vector<bool>{has_words(1), has_words(2), has_words(3), has_words(4), has_words(5)}),
            (std::vector<bool>{true, false, true, false, true}));
  EXPECT_EQ(find_notice(db(), NoticeId{2})->recipient, sample_notice(2).recipient);
}

// It would be a mail of empty lines.
TEST_P(RetentionTest, WhatHasNoWordsAnyMoreIsNotSentAgain) {
  RetentionTimes times = for_ever;
  times.notice_texts = days{90};
  add_notice_of(1, noon - days{100}, OutboxState::failed);
  forget(times, Retained::notice_texts);
  const Done done = change_notice(db(), NoticeId{1}, ByHand::retry, noon);
  ASSERT_FALSE(done);
  EXPECT_EQ(done.error().what, "the words of notice 1 have been forgotten");
  EXPECT_EQ(find_notice(db(), NoticeId{1})->state, OutboxState::failed);
}

TEST_P(RetentionTest, MailsGoAfterTheirTimeButThoseThatWait) {
  RetentionTimes times = for_ever;
  times.notices = days{730};
  const Time old = noon - days{731};
  const auto states = {OutboxState::sent, OutboxState::failed, OutboxState::cancelled, OutboxState::due,
                       OutboxState::claimed};
  std::int64_t id = 0;
  for (const OutboxState state : states) {
    OutboxRow row = sample_notice(++id);
    row.introduction = std::nullopt;
    row.created_at = row.not_before = old;
    row.state = state;
    if (state == OutboxState::claimed) row.lease_until = noon;
    add_notice(db(), row);
  }
  add_notice_of(6, noon - days{729}, OutboxState::sent);
  EXPECT_EQ(forget(times, Retained::notices), 3);
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM outbox")->integer(0), 3);
  EXPECT_EQ(db().row("SELECT COUNT(*) FROM outbox_fields")->integer(0), 3);
  EXPECT_TRUE(find_notice(db(), NoticeId{4}) && find_notice(db(), NoticeId{5}) &&
              find_notice(db(), NoticeId{6}));
}

// An answer finds its introduction by the mail that it answers.
TEST_P(RetentionTest, MailsAboutWhatIsOpenStayHoweverOld) {
  RetentionTimes times = for_ever;
  times.notices = days{730};
  const Time old = noon - days{800};
  add_introduction_of(1, State::snoozed, old);
  add_introduction_of(2, State::expired, old);
  add_notice_of(1, old, OutboxState::sent, IntroductionId{1});
  add_notice_of(2, old, OutboxState::sent, IntroductionId{2});
  EXPECT_EQ(forget(times, Retained::notices), 1);
  EXPECT_TRUE(find_notice(db(), NoticeId{1}));
  EXPECT_FALSE(find_notice(db(), NoticeId{2}));
}

TEST_P(RetentionTest, WhomNothingButAMailWasAboutIsForgottenWithIt) {
  RetentionTimes times = for_ever;
  times.notices = days{730};
  for (const int id : {1, 2}) {
    OutboxRow row = sample_notice(id);
    row.created_at = row.not_before = noon - days{id == 1 ? 731 : 729};
    row.state = OutboxState::sent;
    row.person = PersonId{id};
    add_notice(db(), row);
  }
  forget(times, Retained::notices);
  forget_unneeded(db(), 10);
  EXPECT_FALSE(find_person(db(), PersonId{1}));
  EXPECT_TRUE(find_person(db(), PersonId{2}));
}

TEST_P(RetentionTest, WordsGoAfterTheEndByWhatCameOfThem) {
  RetentionTimes times = for_ever;
  times.declined = days{365};
  times.introduced = days{1000};
  const Time old = noon - days{366};
  add_introduction_of(1, State::declined, old);
  add_introduction_of(2, State::closed, old, true);
  add_introduction_of(3, State::snoozed, old);                 // open
  add_introduction_of(4, State::withdrawn, noon - days{364});  // began before, ended after
  EXPECT_EQ(forget(times, Retained::declined), 1);
  EXPECT_EQ(words(1), "");
  EXPECT_EQ(wanted(1), "somebody") << "whom R may not see is called by nothing that R did not write";
  for (const int id : {2, 3, 4}) EXPECT_NE(words(id), "") << id;
  const auto first = find_introduction(db(), IntroductionId{1}).value();
  EXPECT_EQ(first.state, State::declined);
  EXPECT_EQ(first.target, PersonId{3});
  EXPECT_EQ(load_history(db(), first.id).size(), 1u) << "what came of it stays";
  EXPECT_EQ(forget(times, Retained::introduced, noon + days{1000}), 1);
  EXPECT_EQ(words(2), "");
  EXPECT_EQ(wanted(2), "");
  EXPECT_NE(words(3), "");
}

TEST_P(RetentionTest, EachOfTheWordsAloneIsForgotten) {
  RetentionTimes times = for_ever;
  times.declined = days{365};
  std::int64_t id = 0;
  for (std::string Introduction::*one :
       {&Introduction::subject, &Introduction::cover_note, &Introduction::pitch, &Introduction::endorsement,
        &Introduction::vouching, &Introduction::question, &Introduction::wanted}) {
    Introduction intro = sample_introduction(++id);
    intro.subject = intro.wanted = "";
    intro.*one = "Gail";
    intro.state = State::declined;
    intro.created_at = intro.state_since = noon - days{366};
    add_introduction(db(), intro, {});
  }
  Introduction bare = sample_introduction(++id);
  bare.subject = bare.wanted = "";
  bare.state = State::declined;
  bare.created_at = bare.state_since = noon - days{366};
  add_introduction(db(), bare, {});
  append_history(db(), bare.id, {noon, "decline", State::asked, State::declined, "Gail has left"});
  EXPECT_EQ(forget(times, Retained::declined), 8);
  EXPECT_EQ(forget(times, Retained::declined), 0) << "once";
}

TEST_P(RetentionTest, SignInsThatNobodyCanUseGoWhateverIsConfigured) {
  add_sign_in(db(), "young", PersonId{1}, noon, noon + std::chrono::minutes{30});
  add_sign_in(db(), "old", PersonId{1}, noon - days{2}, noon - days{2});  // unswept by the next
  Browser browser{.key_hash = "gone",
                  .person = PersonId{1},
                  .name = "n",
                  .created_at = noon,
                  .seen_at = noon,
                  .expires_at = noon - days{2}};
  put_browser(db(), browser);
  browser.key_hash = "known";
  browser.expires_at = noon + days{100};
  put_browser(db(), browser);
  EXPECT_EQ(forget(for_ever, Retained::sign_ins), 2);
  EXPECT_TRUE(find_sign_in(db(), "young", noon));
  EXPECT_TRUE(find_browser(db(), "known", PersonId{1}));
  EXPECT_FALSE(find_browser(db(), "gone", PersonId{1}));
}

TEST_P(RetentionTest, LettersThatAreOverdueAreSeen) {
  add_letter_of(1, noon - days{100});
  EXPECT_FALSE(has_whole_letters(db(), noon - days{100}));
  EXPECT_TRUE(has_whole_letters(db(), noon - days{99}));
  RetentionTimes times = for_ever;
  times.letters = days{90};
  forget(times, Retained::letters);
  EXPECT_FALSE(has_whole_letters(db(), noon));
}

}  // namespace
}  // namespace tertius::storage
