// Who is offered a long way and how it looks to each of its people: on pages, in mails, to programs. Nobody
// learns the address of whom they do not know.
#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/try_client.hpp"
#include "tests/support/flow/guest.hpp"
#include "tests/support/flow/long_way.hpp"

namespace tertius::storage {
namespace {

using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;
using namespace std::chrono_literals;

class RelaySightTest : public LongWayTest {};
TERTIUS_ON_EVERY_ENGINE(RelaySightTest);

// ---- who is offered ----

TEST_P(RelaySightTest, WhereNobodyKnowsBothTheLongWayIsOfferedInHonestWords) {
  world().ask("");
  world().send();
  world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
  world().send();
  const std::string text = world().latest(alice_at, "/choose/").letter.text;
  EXPECT_NE(text.find("Christine knows somebody who knows Gail"), text.npos) << text;
  EXPECT_NE(text.find("two people have to agree"), text.npos) << text;
  EXPECT_EQ(text.find("Dora"), text.npos) << text;
}

TEST_P(RelaySightTest, WhoKnowsBothGoesBeforeAnyLongWay) {
  tie(bob_at, gail_at, 0.4);
  const auto found = daemon::find_connectors(world().engine, who(alice_at), who(gail_at));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].person.id, who(bob_at));
  EXPECT_FALSE(found[0].onward);
}

TEST_P(RelaySightTest, NoWayGoesOverWhoeverDoesNotWantThat) {
  const auto offered = [&] {
    const auto found = daemon::find_connectors(world().engine, who(alice_at), who(gail_at));
    return !found.empty() && found.front().onward == who(dora_at);
  };
  const auto prefer = [&](const std::string& address, Shown shown) {
    Preferences preferences;
    preferences.shown = shown;
    save_preferences(db(), who(address), preferences);
  };
  EXPECT_TRUE(offered());
  for (const Shown shown : {Shown::no, Shown::anonymous}) {
    prefer(dora_at, shown);
    EXPECT_FALSE(offered()) << "Christine could not be told whom to ask";
  }
  prefer(dora_at, Shown::named);
  prefer(christine_at, Shown::no);
  EXPECT_FALSE(offered());
  prefer(christine_at, Shown::anonymous);
  EXPECT_TRUE(offered()) << "she can be asked without a name";
  add_do_not_ask(db(), who(dora_at), who(alice_at));
  EXPECT_FALSE(offered());
}

TEST_P(RelaySightTest, AfterTheSecondsNoTheNextBestWayIsOffered) {
  tie(christine_at, bob_at, 0.5);
  tie(bob_at, gail_at, 0.3);
  untie(alice_at, bob_at);
  ask_dora();
  answer(dora_at, "decline");
  EXPECT_EQ(state(), State::declined);
  const auto found = daemon::find_connectors(world().engine, who(alice_at), who(gail_at));
  for (const auto& one : found) EXPECT_NE(one.onward, who(dora_at));
}

// ---- pages and programs ----

TEST_P(RelaySightTest, TheLongWayIsChosenOnTheAskPage) {
  Person gail = load_person(db(), who(gail_at));
  gail.member = true;  // for Alice to see her at all
  save_person(db(), gail);
  flow::Guest alice(world(), "alice", who(alice_at));
  const std::string to = std::to_string(number(gail.id)), first = std::to_string(number(who(christine_at)));
  const std::string page = alice.get("/ask?to=" + to).response.body;
  EXPECT_NE(
      page.find("Christine Weaver (Rowan Ventures), who knows somebody who knows Gail Okafor: two people"),
      std::string::npos)
      << page;
  const auto dashes = flow::good_body.find("---");
  web::Form form{{"to", to},
                 {"first", first},
                 {"cover_note", flow::good_body.substr(0, dashes)},
                 {"pitch", flow::good_body.substr(dashes + 4)},
                 {"nonce", daemon::hidden_value(page, "nonce")},
                 {"do", "check"}};
  const std::string checked = alice.post("/ask", form).response.body;
  EXPECT_NE(checked.find("What somebody whom Christine knows will read if it is passed on"),
            std::string::npos)
      << checked;
  EXPECT_EQ(checked.find("Dora"), std::string::npos);
  form["do"] = "send";
  const auto sent = alice.post("/ask", form);
  EXPECT_EQ(sent.response.status, 303) << sent.response.body;
  EXPECT_NE(sent.changes.find(first), std::string::npos);
  EXPECT_NE(sent.changes.find("[" + first + "," + std::to_string(number(who(dora_at))) + "]"),
            std::string::npos)
      << sent.changes;
}

TEST_P(RelaySightTest, ProgramsAskAndDecideOnTheLongWayToo) {
  ask_on_the_long_way();
  const std::string path = "/introductions/" + std::to_string(number(world().only().id));
  flow::Guest christine(world(), "christine", who(christine_at));
  const std::string hers = christine.api("GET", path).response.body;
  EXPECT_NE(hers.find("\"passes_on_to\":{\"id\":\"" + std::to_string(number(who(dora_at)))),
            std::string::npos)
      << hers;
  answer(christine_at, "forward\r\n\r\nI would listen.");
  EXPECT_EQ(christine.api("GET", path).response.status, 404) << "it is not with her any more";
  flow::Guest dora(world(), "dora", who(dora_at));
  const std::string shown = dora.api("GET", path).response.body;
  EXPECT_NE(shown.find("\"vouching\":\"I would listen.\""), std::string::npos) << shown;
  EXPECT_NE(shown.find("\"cover_note\":\"\""), std::string::npos) << shown;
}

TEST_P(RelaySightTest, EachPageTellsWhatItsPersonDidAndNobodysAddress) {
  ask_dora();
  const std::string page = "/me/" + std::to_string(number(world().only().id));
  const auto shown_to = [&](const std::string& address) {
    return flow::Guest(world(), address, who(address)).get(page).response.body;
  };
  const auto says = [](const std::string& body, const std::string& words) {
    return body.find(words) != std::string::npos;
  };
  const std::string alices = shown_to(alice_at), christines = shown_to(christine_at),
                    doras = shown_to(dora_at);
  EXPECT_TRUE(says(alices, "The connector passed it on to somebody they know")) << alices;
  EXPECT_TRUE(says(christines, "You passed it on; it goes its way from there.")) << christines;
  EXPECT_TRUE(says(christines, "You were asked")) << christines;
  EXPECT_TRUE(says(doras, "Will you pass it on?")) << doras;
  EXPECT_TRUE(says(doras, "You were asked")) << doras;
  EXPECT_TRUE(says(doras, "Alice keeps her word; I would listen.")) << doras;
  EXPECT_FALSE(says(doras, "You passed it on")) << doras;
  EXPECT_FALSE(says(doras, "we met at your office")) << "what Alice wrote to Christine";
  EXPECT_FALSE(says(christines, "Dora")) << "who is asked now is not hers to follow";
  EXPECT_FALSE(says(alices, gail_at) || says(alices, dora_at));
  EXPECT_FALSE(says(christines, gail_at));
  EXPECT_FALSE(says(doras, alice_at));
}

TEST_P(RelaySightTest, WhoPassedItOnIsToldThatTheyHaveMet) {
  ask_dora();
  answer(dora_at, "forward");
  world().press(world().link(world().latest(gail_at), "d", "/accept"), "accept");
  world().pass(11min);
  flow::Guest christine(world(), "christine", who(christine_at));
  const std::string page = christine.get("/me/" + std::to_string(number(world().only().id))).response.body;
  EXPECT_NE(page.find("You introduced Alice Chen (Harbour Ledger) and Gail Okafor"), std::string::npos)
      << page;
}

// ---- who learns what ----

TEST_P(RelaySightTest, NobodyLearnsTheAddressOfWhomTheyDoNotKnow) {
  world().ask("", "gail@steady.example");
  const std::string signed_words = "forward\r\n\r\nAsk her yourself: " + alice_at + ", or Dora at " +
                                   dora_at + ", or Gail at " + gail_at + ", or me at " + christine_at + ".";
  world().send();
  world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
  world().send();
  world().press(world().link(world().latest(alice_at, "/choose/"), "choose"), "choose",
                "&connector=" + std::to_string(number(who(christine_at))));
  world().send();
  answer(christine_at, signed_words);
  answer(dora_at, signed_words);
  ASSERT_EQ(state(), State::forwarded);
  world().reply(world().latest(gail_at), "decline\r\n\r\nNo, " + gail_at + ".");
  world().pass(3min);
  for (const auto& mail : world().mails) {
    const std::string shown = all_of(mail);
    const auto keeps = [&](const std::string& to, const std::string& secret) {
      if (mail.row.recipient == to) {
        EXPECT_EQ(shown.find(secret), shown.npos) << secret << " in: " << mail.letter.text;
      }
    };
    keeps(alice_at, gail_at);
    keeps(alice_at, dora_at);
    keeps(christine_at, gail_at);
    keeps(dora_at, alice_at);
    keeps(gail_at, alice_at);
    keeps(gail_at, christine_at);
  }
}

TEST_P(RelaySightTest, TheRequesterIsNotToldWhoTheSecondIsBeforeTheyAgreedToBeNamed) {
  ask_on_the_long_way();
  // She changes her mind while Christine thinks about it.
  Preferences unnamed;
  unnamed.shown = Shown::anonymous;
  save_preferences(db(), who(dora_at), unnamed);
  flow::Guest alice(world(), "alice", who(alice_at));
  const auto is_secret = [&] {
    const std::string id = std::to_string(number(world().only().id));
    for (const auto& mail : world().mails)
      EXPECT_TRUE(mail.row.recipient != alice_at || all_of(mail).find("dora") == std::string::npos);
    const auto is_shown_without_her = [&](const flow::Tried& tried) {
      EXPECT_EQ(tried.response.status, 200) << tried.what;
      EXPECT_EQ(flow::all_of(tried.response).find("dora"), std::string::npos) << tried.what;
    };
    for (const std::string& path : {"/me/" + id, std::string("/me"), std::string("/ask")})
      is_shown_without_her(alice.get(path));
    for (const std::string& path : {"/introductions/" + id, std::string("/find?target=Gail%20Okafor")})
      is_shown_without_her(alice.api("GET", path));
  };
  is_secret();
  answer(christine_at, "forward");
  ASSERT_EQ(asked(), who(dora_at));
  EXPECT_TRUE(world().has_mail(alice_at, "somebody whom Christine knows has your request"));
  is_secret();
  world().press(world().link(world().latest(dora_at), "d", "/decline"), "decline", "&silent=1");
  world().pass(1h);
  is_secret();
}

TEST_P(RelaySightTest, TheRequestersPagesAreTheSameWhetherTheSecondHasSaidASilentNoOrNothing) {
  ask_dora();
  flow::Guest alice(world(), "alice", who(alice_at));
  const std::string page = "/me/" + std::to_string(number(world().only().id));
  const auto shown = [&] {
    std::string body = alice.get(page).response.body;
    const auto nonce = body.find("name=\"nonce\"");
    return nonce == body.npos ? body : body.substr(0, nonce);
  };
  const std::string before = shown();
  world().press(world().link(world().latest(dora_at), "d", "/decline"), "decline", "&silent=1");
  world().pass(11min);
  ASSERT_EQ(state(), State::declined_silently);
  EXPECT_EQ(shown(), before);
}

}  // namespace
}  // namespace tertius::storage
