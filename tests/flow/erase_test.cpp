// "Erase me", in the middle of an introduction.
#include "daemon/erase.hpp"

#include <gtest/gtest.h>

#include "daemon/connectors.hpp"
#include "storage/api_tokens.hpp"
#include "storage/audit.hpp"
#include "storage/erase.hpp"
#include "storage/forgotten.hpp"
#include "storage/introductions.hpp"
#include "storage/my_contacts.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/visible_people.hpp"
#include "tests/support/flow/one_world.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;
using namespace std::chrono_literals;

class EraseTest : public OneWorldTest {
 protected:
  PersonId id_of(const std::string& address) {
    return find_person_by_address(db(), parse_address(address).value())->id;
  }
  void erase(const std::string& address) {
    daemon::erase_person(world().engine, id_of(address), storage::by_operator);
    world().send();
  }
  // To Alice, about no introduction.
  void answer(const std::string& words) {
    daemon::post_answer(world().engine, {.kind = NoticeKind::problem,
                                         .to = parse_address(alice_at).value(),
                                         .person = std::nullopt,
                                         .remark = {verbatim(words)},
                                         .fields = {}});
  }
  // Every word of every row. PostgreSQL says what a table is made of as one text, SQLite column by column.
  std::string everything(const std::string& but = {}) {
    std::string out;
    const char* tables =
        is_postgres() ? "SELECT CAST(tablename AS TEXT) FROM pg_tables WHERE schemaname = current_schema()"
                      : "SELECT name FROM sqlite_master WHERE type = 'table'";
    for (const Row& table : db().rows(tables)) {
      if (table.text(0) == but) continue;
      for (const Row& row : db().rows(row_sql(table.text(0)))) out += row.text(0) + "\n";
    }
    return out;
  }
  std::string row_sql(const std::string& table) {
    if (is_postgres()) return "SELECT CAST(t AS TEXT) FROM " + table + " t";
    std::string columns = "''";
    for (const Row& column : db().rows("SELECT name FROM pragma_table_info($1)", {table}))
      columns += " || '|' || COALESCE(CAST(\"" + column.text(0) + "\" AS TEXT), '')";
    return "SELECT " + columns + " FROM \"" + table + "\"";
  }
  Person in_a_file_of(const std::string& owner, const std::string& address) {
    ContactFile file;
    file.contacts = {sample_contact("Somebody", address)};
    import_contacts(db(), id_of(owner), file, world().now, world().engine.settings.ids);
    return *find_person_by_address(db(), parse_address(address).value());
  }
  std::int64_t count(const std::string& sql) { return db().row(sql)->integer(0); }
};
TERTIUS_ON_EVERY_ENGINE(EraseTest);

bool has(const std::string& text, const std::string& words) { return text.find(words) != text.npos; }

TEST_P(EraseTest, TheRequesterLeavesNothingButAHash) {
  ask();
  ASSERT_TRUE(has(everything(), alice_at));
  erase(alice_at);
  EXPECT_EQ(state(), State::withdrawn);
  const std::string left = everything();
  EXPECT_FALSE(has(left, alice_at));
  EXPECT_FALSE(has(left, "Alice Chen"));
  for (const char* kept : {"SELECT COUNT(*) FROM near_words WHERE word = 'alice'",
                           "SELECT COUNT(*) FROM near_words WHERE word = 'somebody'"})
    EXPECT_EQ(count(kept), 0) << "what a slip of the finger would find";
  EXPECT_FALSE(has(left, "Harbour Ledger; we do the books")) << "her pitch";
  EXPECT_TRUE(is_suppressed(db(), "ALICE@harbour.example"));
  EXPECT_FALSE(is_suppressed(db(), bob_at));
  EXPECT_EQ(load_person(db(), world().only().requester).name, "Somebody who has left");
  EXPECT_TRUE(search_people(db(), "somebody", 5).empty());
}

TEST_P(EraseTest, NoProgramActsForWhoeverHasLeft) {
  ApiScopes scopes;
  scopes.add(ApiScope::find);
  add_api_token(
      db(),
      {.id = ApiTokenId{5}, .person = id_of(alice_at), .name = "script", .scopes = scopes, .created_at = {}},
      "hash");
  ASSERT_TRUE(find_api_token(db(), "hash", world().now));
  erase(alice_at);
  EXPECT_FALSE(find_api_token(db(), "hash", world().now));
}

TEST_P(EraseTest, AConnectorWhoLeavesIsASilentNo) {
  ask();
  const auto mails = world().mails.size();
  erase(christine_at);
  EXPECT_EQ(state(), State::declined_silently);
  EXPECT_EQ(world().mails.size(), mails) << "nobody is told, and nobody says goodbye";
  EXPECT_FALSE(has(everything("letters"), christine_at)) << "Alice's own letter has her in Cc";
  world().pass(std::chrono::days{40});
  EXPECT_FALSE(has(world().latest(alice_at).bytes, "Christine"));
}

TEST_P(EraseTest, ATargetWhoLeavesIsNeverWrittenToAgain) {
  ask();
  world().reply(world().latest(christine_at), "forward");
  erase(gail_at);
  world().pass(std::chrono::days{40});
  EXPECT_FALSE(world().has_mail(gail_at));
  EXPECT_FALSE(has(everything(), gail_at));
}

TEST_P(EraseTest, OfATargetWhoHasThePitchNoNameIsLeftInOthersWords) {
  ask();
  world().reply(world().latest(christine_at), "forward\r\n\r\nGail Okafor will like it.");
  world().pass(3min);
  ASSERT_TRUE(world().has_mail(gail_at));
  erase(gail_at);
  const std::string left = everything("letters");  // they are Alice's and Christine's own
  for (const std::string& word : {gail_at, std::string("Gail Okafor"), std::string("Hello Gail")})
    EXPECT_FALSE(has(left, word)) << word;
}

TEST_P(EraseTest, ForATargetWhoLeavesNobodyIsAskedAnyMore) {
  ask(christine_at + ", " + bob_at);
  world().reply(world().latest(christine_at), "decline\r\n\r\nI hardly know Gail Okafor.");
  world().send();
  ASSERT_EQ(state(), State::asked) << "the answer is held";
  erase(gail_at);
  EXPECT_EQ(state(), State::expired);
  EXPECT_TRUE(has(world().latest(alice_at).bytes, "takes no introductions any more"));
  const auto mails = world().mails.size();
  world().pass(std::chrono::days{40});
  EXPECT_EQ(world().mails.size(), mails);
  const std::string left = everything("letters");
  EXPECT_FALSE(has(left, "Gail Okafor"));
  EXPECT_FALSE(has(left, "Hello Gail"));
}

TEST_P(EraseTest, AStepThatIsUnderWayElsewhereIsTakenAgain) {
  ask(christine_at + ", " + bob_at);
  const auto id = world().only().id;
  for (const std::string& leaver : {bob_at, christine_at, gail_at, alice_at}) {
    const Introduction before = find_introduction(db(), id).value();
    const PersonId nobody{world().engine.settings.ids()};
    put_nobody_in_place(db(), id_of(leaver), nobody);
    EXPECT_FALSE(save_introduction(db(), before, std::nullopt)) << leaver;
  }
}

TEST_P(EraseTest, WhatTheConnectorWroteOfARequesterGoesWithThem) {
  ask();
  world().reply(world().latest(christine_at), "forward\r\n\r\nAlice Chen is one of the good ones.");
  world().pass(3min);
  ASSERT_EQ(world().only().endorsement, "Alice Chen is one of the good ones.");
  erase(alice_at);
  EXPECT_FALSE(has(everything("letters"), "Alice Chen"));
}

TEST_P(EraseTest, TheNoteToAConnectorGoesAsSoonAsNobodyElseCanGetIt) {
  ask();
  world().reply(world().latest(christine_at), "forward");
  world().pass(3min);
  ASSERT_EQ(state(), State::forwarded);
  erase(christine_at);
  EXPECT_EQ(world().only().cover_note, "");
  EXPECT_NE(world().only().pitch, "") << "it is with Gail";
}

TEST_P(EraseTest, TheNoteOfWhatIsOpenGoesOnToTheNextConnector) {
  ask(christine_at + ", " + bob_at);
  erase(christine_at);
  world().pass(std::chrono::days{16});
  EXPECT_TRUE(world().has_mail(bob_at, "met at your office"));
}

TEST_P(EraseTest, WhatOthersWereAnsweredOfThemIsForgotten) {
  Person gail = load_person(db(), id_of(gail_at));
  gail.name = "Gail \"Gigi\" O_kafor";
  save_person(db(), gail);
  for (const char* words :
       {"We know no GAIL@STEADY.example.", "GAIL \"Gigi\" O_kafor takes no mail.",
        "\u201eGail \"Gigi\" O_kafor\u201c", "'Gail \"Gigi\" O_kafor's", "\u00abgail@steady.example\u00bb",
        "Gail is a name of many.", "Gail \"Gigi\" Ookafor is somebody else.",
        "xgail@steady.example, gail@steady.example.org are somebody else.",
        "Abigail \"Gigi\" O_kaforte is, too."})
    answer(words);
  world().send();
  answer("Once more: gail@steady.example is not known.");
  daemon::erase_person(world().engine, gail.id, by_operator);
  const std::string left = everything();
  EXPECT_FALSE(has(left, "GAIL"));
  EXPECT_TRUE(has(left, "Gail is a name of many."));
  EXPECT_TRUE(has(left, "Ookafor is somebody else."));
  EXPECT_TRUE(has(left, "xgail@steady.example"));
  EXPECT_TRUE(has(left, "O_kaforte is, too"));
  EXPECT_TRUE(has(left, "Once more")) << "what waits goes out whole";
}

TEST_P(EraseTest, AStrangerWhoWroteLeavesNothingButAHash) {
  const std::string zed_at = "zed@stranger.example";
  const Address zed = parse_address(zed_at).value();
  EXPECT_FALSE(has_mails_of(db(), zed));
  EXPECT_EQ(daemon::erase_stranger(world().engine, zed, by_operator), 0);
  EXPECT_FALSE(is_suppressed(db(), zed_at));
  world().write(zed_at, "intro@intro.test",
                "From: Zed <Zed@stranger.example>\r\nTo: intro@intro.test\r\nSubject: Hello\r\nMessage-ID: "
                "<z@stranger.example>\r\n\r\nWho are you?\r\n");
  world().send();
  ASSERT_TRUE(world().has_mail("Zed@stranger.example") || world().has_mail(zed_at));
  ASSERT_TRUE(has_mails_of(db(), zed));
  EXPECT_EQ(daemon::erase_stranger(world().engine, zed, by_operator), 2) << "a letter and its answer";
  EXPECT_FALSE(has(everything(), "stranger.example"));
  EXPECT_TRUE(is_suppressed(db(), zed_at));
  const auto noted = recent_audit(db(), {}, 2);
  ASSERT_EQ(noted.size(), 1u);
  EXPECT_EQ(noted[0].what, "erase");
  EXPECT_EQ(noted[0].subject, "address " + forgotten_key(db(), zed_at));
}

// Whoever notes something else meanwhile waits for the head of the log.
TEST_P(EraseTest, ItIsNotedWhenAllElseIsDone) {
  ask();
  const std::string key = forgotten_key(db(), alice_at);
  std::string last;
  db().before_statement = [&](std::string_view sql) { last = sql; };
  daemon::erase_person(world().engine, id_of(alice_at), by_operator);
  db().before_statement = nullptr;
  EXPECT_TRUE(last.starts_with("UPDATE audit_head SET hash")) << last;
  EXPECT_EQ(recent_audit(db(), {}, 1).at(0).subject, "address " + key);
}

TEST_P(EraseTest, WhoComesBackInAFileIsNeitherMailedNorShownToOthers) {
  erase(gail_at);
  const Person gail = in_a_file_of(bob_at, gail_at);
  EXPECT_TRUE(gail.stopped);
  EXPECT_EQ(gail.consent, Consent::never);
  EXPECT_TRUE(is_suppressed(db(), gail_at));
  EXPECT_FALSE(may_see(db(), id_of(alice_at), gail.id));
  EXPECT_TRUE(daemon::find_connectors(db(), id_of(alice_at), gail.id, world().now, {}).empty());
}

// Whoever may not ask Bob leaves, and joins again.
TEST_P(EraseTest, WhoWasRefusedIsStillRefusedWhenTheyComeBack) {
  add_do_not_ask(db(), id_of(bob_at), id_of(alice_at), alice_at);
  add_do_not_ask(db(), id_of(alice_at), id_of(christine_at), christine_at);
  erase(alice_at);
  EXPECT_TRUE(do_not_ask_list(db(), id_of(bob_at)).empty());
  const Person alice = in_a_file_of(christine_at, "ALICE@harbour.example");
  EXPECT_TRUE(has_do_not_ask(db(), id_of(bob_at), alice.id));
  EXPECT_TRUE(has_do_not_ask(db(), alice.id, id_of(christine_at)));
  EXPECT_FALSE(has_do_not_ask(db(), alice.id, id_of(bob_at)));
}

TEST_P(EraseTest, ARefusalBetweenTwoWhoBothLeaveIsKept) {
  add_do_not_ask(db(), id_of(bob_at), id_of(alice_at), alice_at);
  erase(alice_at);
  erase(bob_at);
  EXPECT_FALSE(has(everything(), alice_at));
  const Person bob = in_a_file_of(christine_at, bob_at), alice = in_a_file_of(christine_at, alice_at);
  EXPECT_TRUE(has_do_not_ask(db(), bob.id, alice.id));
  EXPECT_EQ(count("SELECT COUNT(*) FROM forgotten_refusals"), 0);
}

TEST_P(EraseTest, WhoIsNobodysContactAnyMoreKeepsWhatTheyHaveSettled) {
  Person gail = load_person(db(), id_of(gail_at));
  gail.consent = Consent::never;
  save_person(db(), gail);
  Preferences preferences;
  preferences.shown = Shown::no;
  save_preferences(db(), gail.id, preferences);
  for (const std::string& owner : {christine_at, bob_at})
    forget_tie(db(), id_of(owner), gail.id, TieSource::mail);
  forget_unneeded(db(), 10);
  ASSERT_FALSE(find_person(db(), gail.id));
  EXPECT_FALSE(has(everything(), gail_at));
  const Person again = in_a_file_of(bob_at, gail_at);
  EXPECT_EQ(again.consent, Consent::never);
  EXPECT_FALSE(again.stopped);
  EXPECT_EQ(load_preferences(db(), again.id).shown, Shown::no);
}

TEST_P(EraseTest, WhoHasSettledNothingLeavesNothing) {
  for (const std::string& owner : {christine_at, bob_at})
    forget_tie(db(), id_of(owner), id_of(gail_at), TieSource::mail);
  forget_unneeded(db(), 10);
  EXPECT_EQ(count("SELECT COUNT(*) FROM forgotten"), 0);
}

TEST_P(EraseTest, WhoWasInNothingLeavesNoRow) {
  const auto people = count("SELECT COUNT(*) FROM people");
  erase(bob_at);
  EXPECT_EQ(count("SELECT COUNT(*) FROM people"), people - 1);
  EXPECT_FALSE(has(everything(), bob_at));
}

}  // namespace
}  // namespace tertius::storage
