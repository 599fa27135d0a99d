// "Everything known about me", in the middle of an introduction.
#include "daemon/export.hpp"

#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "storage/api_tokens.hpp"
#include "storage/browsers.hpp"
#include "storage/imports.hpp"
#include "storage/preferences.hpp"
#include "tests/support/flow/long_way.hpp"

namespace tertius::storage {
namespace {

using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;
using namespace std::chrono_literals;

bool has(const std::string& text, const std::string& words) { return text.find(words) != text.npos; }

std::string exported_from(flow::World& world, const std::string& address) {
  const auto person = find_person_by_address(world.engine.db, parse_address(address).value());
  return boost::json::serialize(daemon::export_person(world.engine, person->id));
}

class ExportPersonTest : public OneWorldTest {
 protected:
  PersonId id_of(const std::string& address) {
    return find_person_by_address(db(), parse_address(address).value())->id;
  }
  std::string exported(const std::string& address) { return exported_from(world(), address); }
};
TERTIUS_ON_EVERY_ENGINE(ExportPersonTest);

TEST_P(ExportPersonTest, AnExportHasOnesOwnSideAndNobodyElsesSecrets) {
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
TEST_P(ExportPersonTest, AConnectorWhoWasPassedOverHasTheirAnswerAndNoTexts) {
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
TEST_P(ExportPersonTest, ANamelessTargetIsNotExportedByTheirAddress) {
  ask();
  Person gail = load_person(db(), id_of(gail_at));
  gail.name.clear();
  save_person(db(), gail);
  EXPECT_FALSE(has(exported(alice_at), gail_at));
}

TEST_P(ExportPersonTest, ForwardedTheTargetSeesThePitchAndNotTheCoverNote) {
  ask();
  world().reply(world().latest(christine_at), "forward");
  world().pass(3min);
  EXPECT_TRUE(has(exported(gail_at), "\"role\":\"target\""));
  EXPECT_FALSE(has(exported(gail_at), "cover_note"));
}

TEST_P(ExportPersonTest, ItHasWhatTheyHaveSetAndNoSecretOfIt) {
  const PersonId christine = id_of(christine_at);
  Preferences preferences;
  preferences.quiet_from = 20;
  save_preferences(db(), christine, preferences);
  ImportRow import;
  import.id = ImportId{7};
  import.owner = christine;
  import.file_name = "friends.vcf";
  add_import(db(), import, "content");
  put_browser(db(), {.key_hash = "of-the-cookie",
                     .person = christine,
                     .name = "Firefox on Linux",
                     .created_at = world().now,
                     .seen_at = world().now,
                     .expires_at = world().now + 24h});
  ApiScopes scopes;
  scopes.add(ApiScope::find);
  add_api_token(
      db(), {.id = ApiTokenId{5}, .person = christine, .name = "script", .scopes = scopes, .created_at = {}},
      "of-the-token");
  suppress(db(), christine_at, "bounced: no such mailbox", world().now);
  const std::string known = exported(christine_at);
  for (const char* words : {"\"quiet_from\":20", "\"file\":\"friends.vcf\"", "\"state\":\"waiting\"",
                            "\"name\":\"Firefox on Linux\"", "\"name\":\"script\"", "\"scopes\":\"find\"",
                            "\"why\":\"bounced: no such mailbox\""})
    EXPECT_TRUE(has(known, words)) << words;
  EXPECT_FALSE(has(known, "of-the-"));
}

// Whose an address is stays hidden from whoever wrote it, and so does a name that they may not see.
TEST_P(ExportPersonTest, WhomTheyDoNotWantToHearOfIsCalledByTheAddressTheyWrote) {
  Person gail = load_person(db(), id_of(gail_at));
  gail.consent = Consent::never;
  save_person(db(), gail);
  add_do_not_ask(db(), id_of(alice_at), gail.id, "gail@elsewhere.example");
  EXPECT_TRUE(has(exported(alice_at), "\"do_not_ask\":[\"gail@elsewhere.example\"]"));
  remove_do_not_ask(db(), id_of(alice_at), gail.id, "gail@elsewhere.example");
  add_do_not_ask(db(), id_of(alice_at), gail.id);
  EXPECT_TRUE(has(exported(alice_at), "\"do_not_ask\":[\"somebody\"]"));
}

TEST_P(ExportPersonTest, OnlyMailsThatHaveGoneOutHaveTheirWords) {
  const auto is_in = [&](const std::string& words) { return has(exported(alice_at), words); };
  daemon::post_answer(world().engine, {.kind = NoticeKind::problem,
                                       .to = parse_address(alice_at).value(),
                                       .person = std::nullopt,
                                       .remark = {verbatim("marmalade")},
                                       .fields = {}});
  EXPECT_FALSE(is_in("\"problem\"")) << "it waits";
  world().send();
  EXPECT_TRUE(is_in("\"problem\""));
  EXPECT_TRUE(is_in("marmalade"));
  db().run("UPDATE outbox SET state = 'failed', sent_at = NULL");
  EXPECT_TRUE(is_in("\"problem\""));
  EXPECT_FALSE(is_in("marmalade"));
  db().run("UPDATE outbox SET state = 'cancelled'");
  EXPECT_FALSE(is_in("\"problem\""));
}

TEST_P(ExportPersonTest, AStrangersLettersAndAnswersAreAll) {
  const std::string zed_at = "zed@stranger.example";
  world().write(zed_at, "intro@intro.test",
                "From: Zed <zed@stranger.example>\r\nTo: intro@intro.test\r\nSubject: Hello\r\nMessage-ID: "
                "<z@stranger.example>\r\n\r\nWho are you?\r\n");
  world().send();
  const auto known = daemon::export_stranger(world().engine, parse_address(zed_at).value());
  EXPECT_EQ(known.size(), 5u);
  EXPECT_EQ(known.at("address").as_string(), zed_at);
  ASSERT_EQ(known.at("letters").as_array().size(), 1u);
  ASSERT_EQ(known.at("notices").as_array().size(), 1u);
  EXPECT_TRUE(has(boost::json::serialize(known), "Who are you?"));
}

class ExportLongWayTest : public LongWayTest {};
TERTIUS_ON_EVERY_ENGINE(ExportLongWayTest);

TEST_P(ExportLongWayTest, WhatWasWrittenToTheNextConnectorIsForTheTwoOfThem) {
  ask_dora();
  answer(dora_at, "forward\r\n\r\nWorth your while.");
  EXPECT_TRUE(has(exported_from(world(), dora_at), "\"vouching\":\"Alice keeps her word; I would listen.\""));
  EXPECT_TRUE(has(exported_from(world(), christine_at), "\"my_vouching\":\"Alice keeps her word"));
  EXPECT_FALSE(has(exported_from(world(), gail_at), "keeps her word"));
  EXPECT_TRUE(has(exported_from(world(), gail_at), "Worth your while."));
}

}  // namespace
}  // namespace tertius::storage
