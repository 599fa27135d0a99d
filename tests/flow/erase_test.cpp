// "Erase me" and "everything known about me", in the middle of an introduction.
#include "daemon/erase.hpp"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "daemon/connectors.hpp"
#include "daemon/export.hpp"
#include "storage/api_tokens.hpp"
#include "storage/audit.hpp"
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
  std::string exported(const std::string& address) {
    return boost::json::serialize(daemon::export_person(world().engine, id_of(address)));
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

TEST_P(EraseTest, AnExportHasOnesOwnSideAndNobodyElsesSecrets) {
  ask();
  const std::string of_alice = exported(alice_at), of_christine = exported(christine_at),
                    of_gail = exported(gail_at);
  EXPECT_TRUE(has(of_alice, "\"role\":\"requester\"") && has(of_alice, "Gail Okafor"));
  EXPECT_TRUE(has(of_christine, "\"role\":\"connector\""));
  EXPECT_FALSE(has(of_gail, "Alice")) << "nothing has been forwarded";
  EXPECT_FALSE(has(of_gail, "Christine")) << "who knows her is theirs to say";
  EXPECT_FALSE(has(of_alice, gail_at));
  world().reply(world().latest(christine_at), "decline\r\n\r\nnot now");
  EXPECT_FALSE(has(exported(alice_at), "not now")) << "a held answer";
  EXPECT_TRUE(has(exported(christine_at), "not now")) << "her own letter";
}

// What was written may have been changed since, for whoever is asked now.
TEST_P(EraseTest, AConnectorWhoWasPassedOverHasTheirAnswerAndNoTexts) {
  ask(christine_at + ", " + bob_at);
  EXPECT_TRUE(has(exported(christine_at), "partnerships at"));
  world().reply(world().latest(christine_at), "decline");
  world().pass(3min);
  ASSERT_TRUE(world().has_mail(bob_at));
  EXPECT_FALSE(has(exported(christine_at), "\"pitch\":\"Hello Gail"));
  EXPECT_TRUE(has(exported(christine_at), "\"my_decision\":\"decline\""));
  EXPECT_TRUE(has(exported(bob_at), "\"pitch\":\"Hello Gail"));
}

// Whom nobody has named is not called by their address.
TEST_P(EraseTest, ANamelessTargetIsNotExportedByTheirAddress) {
  ask();
  Person gail = load_person(db(), id_of(gail_at));
  gail.name.clear();
  save_person(db(), gail);
  EXPECT_FALSE(has(exported(alice_at), gail_at));
}

TEST_P(EraseTest, ForwardedTheTargetSeesThePitchAndNotTheCoverNote) {
  ask();
  world().reply(world().latest(christine_at), "forward");
  world().pass(3min);
  EXPECT_TRUE(has(exported(gail_at), "\"role\":\"target\""));
  EXPECT_FALSE(has(exported(gail_at), "cover_note"));
}

}  // namespace
}  // namespace tertius::storage
