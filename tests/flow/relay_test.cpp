// Nobody knows both Alice and Gail: Christine knows Dora, who knows Gail. Each of the two is asked in turn,
// in one introduction, and Gail after them.
#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/connectors.hpp"
#include "daemon/try_client.hpp"
#include "storage/introductions.hpp"
#include "storage/members.hpp"
#include "storage/network_rows.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "tests/support/flow/guest.hpp"
#include "tests/support/flow/one_world.hpp"
#include "tests/support/storage/turned_round.hpp"

namespace tertius::storage {
namespace {

using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;
using namespace std::chrono_literals;

const std::string dora_at = "dora@quarry.example";

std::string all_of(const flow::KeptMail& mail) {
  std::string out =
      mail.bytes + "\n" + mail.letter.subject + "\n" + mail.letter.text + "\n" + mail.letter.html;
  for (const auto& list : {mail.letter.from, mail.letter.to, mail.letter.cc, mail.letter.reply_to})
    for (const auto& mailbox : list) out += "\n" + mailbox.name + " " + mailbox.address;
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

class RelayFlowTest : public OneWorldTest {
 protected:
  void SetUp() override {
    OneWorldTest::SetUp();
    if (IsSkipped()) return;
    Person dora;
    dora.id = PersonId{world().engine.settings.ids()};
    dora.name = "Dora Quarry";
    dora.organisation = "Stonework";
    dora.title = "Director";
    dora.address = parse_address(dora_at).value();
    dora.member = true;
    add_person(db(), dora);
    untie(christine_at, gail_at);
    untie(bob_at, gail_at);
    tie(christine_at, dora_at, 0.8);
    tie(dora_at, gail_at, 0.8);
    world().engine.settings.network = [](Database& from) {
      return std::make_shared<const Network>(load_network(from).network);
    };
  }

  PersonId who(const std::string& address) {
    return find_person_by_address(db(), parse_address(address).value())->id;
  }
  void untie(const std::string& one, const std::string& other) {
    delete_ties(db(), who(one), who(other));
    delete_ties(db(), who(other), who(one));
  }
  void tie(const std::string& one, const std::string& other, double strength) {
    const Tie forth{who(one), who(other), TieSource::mail, strength, world().now, "wrote to each other"};
    put_tie(db(), forth);
    if (load_person(db(), who(other)).member) put_tie(db(), turned_round(forth));
  }

  // Alice asks by mail, confirms, and chooses the one way there is.
  void ask_on_the_long_way() {
    world().ask("");
    world().send();
    world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
    world().send();
    const auto& choices = world().latest(alice_at, "/choose/");
    world().press(world().link(choices, "choose"), "choose",
                  "&connector=" + std::to_string(number(who(christine_at))));
    world().send();
  }
  void answer(const std::string& by, const std::string& words) {
    world().reply(world().latest(by, "/forward"), words);
    world().pass(3min);
  }
  // Christine has passed it on, and Dora is asked.
  void ask_dora() {
    ask_on_the_long_way();
    answer(christine_at, "forward\r\n\r\nAlice keeps her word; I would listen.");
  }
  PersonId asked() { return current_connector(world().only()).value(); }
  bool has_heard(const std::string& to) { return world().has_mail(to); }
  web::HttpResponse open(const std::string& url) { return world().open(url); }
};
TERTIUS_ON_EVERY_ENGINE(RelayFlowTest);

// ---- who is offered ----

TEST_P(RelayFlowTest, WhereNobodyKnowsBothTheLongWayIsOfferedInHonestWords) {
  world().ask("");
  world().send();
  world().press(world().link(world().latest(alice_at), "confirm"), "confirm");
  world().send();
  const std::string text = world().latest(alice_at, "/choose/").letter.text;
  EXPECT_NE(text.find("Christine knows somebody who knows Gail"), text.npos) << text;
  EXPECT_NE(text.find("two people have to agree"), text.npos) << text;
  EXPECT_EQ(text.find("Dora"), text.npos) << text;
}

TEST_P(RelayFlowTest, WhoKnowsBothGoesBeforeAnyLongWay) {
  tie(bob_at, gail_at, 0.4);
  const auto found = daemon::find_connectors(world().engine, who(alice_at), who(gail_at));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].person.id, who(bob_at));
  EXPECT_FALSE(found[0].onward);
}

TEST_P(RelayFlowTest, NoWayGoesOverWhoeverDoesNotWantThat) {
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

TEST_P(RelayFlowTest, AfterTheSecondsNoTheNextBestWayIsOffered) {
  tie(christine_at, bob_at, 0.5);
  tie(bob_at, gail_at, 0.3);
  untie(alice_at, bob_at);
  ask_dora();
  answer(dora_at, "decline");
  EXPECT_EQ(state(), State::declined);
  const auto found = daemon::find_connectors(world().engine, who(alice_at), who(gail_at));
  for (const auto& one : found) EXPECT_NE(one.onward, who(dora_at));
}

// ---- all agree ----

TEST_P(RelayFlowTest, TwoAgreeAndThenTheTarget) {
  ask_on_the_long_way();
  const flow::KeptMail first = world().latest(christine_at, "/forward");
  EXPECT_EQ(first.letter.subject,
            "Introduce Alice Chen (Harbour Ledger) to Gail Okafor (Steady Mail), through Dora Quarry?");
  EXPECT_NE(first.letter.text.find("will you pass a short note on to Dora Quarry, who knows"),
            std::string::npos)
      << first.letter.text;
  EXPECT_TRUE(world().has_mail(alice_at, "Two people have to agree"));
  answer(christine_at, "forward\r\n\r\nAlice keeps her word; I would listen.");
  EXPECT_EQ(state(), State::asked);
  EXPECT_EQ(asked(), who(dora_at));
  EXPECT_FALSE(has_heard(gail_at));

  const flow::KeptMail second = world().latest(dora_at);
  EXPECT_EQ(second.letter.subject, "Introduce Alice Chen (Harbour Ledger) to Gail Okafor (Steady Mail)?");
  EXPECT_EQ(second.letter.from.front().name, "Christine Weaver via Rowan Alumni");
  EXPECT_NE(second.letter.text.find("Christine Weaver vouches for Alice Chen"), std::string::npos)
      << second.letter.text;
  EXPECT_NE(second.letter.text.find("Alice keeps her word; I would listen."), std::string::npos);
  EXPECT_EQ(second.letter.text.find("we met at your office"), std::string::npos)
      << "Alice's private words to Christine";
  EXPECT_TRUE(world().has_mail(alice_at, "Christine Weaver agreed, and passed it on."));
  answer(dora_at, "forward\r\n\r\nWorth your while.");
  EXPECT_EQ(state(), State::forwarded);

  const flow::KeptMail third = world().latest(gail_at);
  EXPECT_NE(third.letter.text.find("Dora Quarry thought you two should talk"), std::string::npos);
  EXPECT_NE(third.letter.text.find("Worth your while."), std::string::npos);
  EXPECT_EQ(third.letter.text.find("Christine"), std::string::npos) << "who passed it on to Dora";
  EXPECT_EQ(third.letter.text.find("keeps her word"), std::string::npos) << "words to Dora";
  world().press(world().link(third, "d", "/accept"), "accept");
  world().pass(11min);
  EXPECT_EQ(state(), State::introduced);
  for (const auto& to : {alice_at, gail_at, dora_at}) {
    const Letter& mail = world().latest(to).letter;
    ASSERT_EQ(mail.to.size(), 2u) << to;
    ASSERT_EQ(mail.cc.size(), 1u);
    EXPECT_EQ(mail.cc[0].address, dora_at);
  }
  EXPECT_EQ(recent_introductions(db(), 10).size(), 1u);
}

TEST_P(RelayFlowTest, BothAreThanked) {
  ask_dora();
  answer(dora_at, "forward");
  world().press(world().link(world().latest(gail_at), "d", "/accept"), "accept");
  world().pass(std::chrono::days{10});
  world().reply(world().latest(alice_at), "yes");
  world().send();
  EXPECT_EQ(state(), State::closed);
  for (const auto& to : {christine_at, dora_at})
    EXPECT_EQ(world().latest(to).row.kind, NoticeKind::thanks) << to;
}

TEST_P(RelayFlowTest, OnePageShowsTheMailThatGoesToTheNext) {
  ask_on_the_long_way();
  const auto page = open(world().link(world().latest(christine_at, "/forward"), "d", "/forward"));
  EXPECT_NE(page.body.find("note to Dora Quarry (Stonework)?"), std::string::npos) << page.body;
  EXPECT_NE(page.body.find("Christine Weaver vouches for Alice Chen"), std::string::npos) << page.body;
}

TEST_P(RelayFlowTest, TheLongWayIsChosenOnTheAskPage) {
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

TEST_P(RelayFlowTest, ProgramsAskAndDecideOnTheLongWayToo) {
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

// ---- no, silence, bounces ----

TEST_P(RelayFlowTest, ANoOfTheFirstEndsItAndNobodyElseHears) {
  ask_on_the_long_way();
  answer(christine_at, "decline");
  EXPECT_EQ(state(), State::declined);
  EXPECT_FALSE(has_heard(dora_at));
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, ANoOfTheSecondIsToldAndTheTargetHearsNothing) {
  ask_dora();
  answer(dora_at, "decline\r\n\r\nNot my field.");
  EXPECT_EQ(state(), State::declined);
  EXPECT_TRUE(world().has_mail(alice_at, "Not my field."));
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, ASilentNoAtEitherHopLooksLikeSilence) {
  ask_dora();
  world().press(world().link(world().latest(dora_at), "d", "/decline"), "decline", "&silent=1");
  world().pass(std::chrono::days{13});
  EXPECT_EQ(state(), State::declined_silently);
  const auto before = world().mails.size();
  world().pass(std::chrono::days{2});
  EXPECT_EQ(state(), State::expired);
  EXPECT_EQ(world().mails.size(), before + 1);
  EXPECT_TRUE(world().has_mail(alice_at, "No answer came in time."));
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, EachIsRemindedAndHasTheirOwnTime) {
  ask_on_the_long_way();
  world().pass(std::chrono::days{8});
  const auto reminders = [&](const std::string& to) {
    return std::ranges::count_if(world().mails, [&](const flow::KeptMail& mail) {
      return mail.row.recipient == to && mail.row.kind == NoticeKind::reminder;
    });
  };
  EXPECT_EQ(reminders(christine_at), 2);
  answer(christine_at, "forward\r\n\r\nI would listen.");
  EXPECT_EQ(asked(), who(dora_at));
  world().pass(std::chrono::days{8});
  EXPECT_EQ(reminders(dora_at), 2);
  EXPECT_EQ(reminders(christine_at), 2);
  EXPECT_NE(world().latest(dora_at).letter.text.find("I would listen."), std::string::npos);
  world().pass(std::chrono::days{7});
  EXPECT_EQ(state(), State::expired);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, ABounceOfTheSecondEndsItAndTellsNobodysAddress) {
  world().relay = [](const flow::KeptMail& mail) {
    DeliveryResult result;
    result.delivery = mail.row.recipient == dora_at ? Delivery::bounced : Delivery::sent;
    result.text = "550 5.1.1 <" + dora_at + ">: Recipient address rejected";
    result.address_is_dead = result.delivery == Delivery::bounced;
    return result;
  };
  ask_dora();
  EXPECT_EQ(state(), State::expired);
  EXPECT_TRUE(world().has_mail(alice_at, "could not be delivered"));
  for (const auto& mail : world().mails) EXPECT_EQ(all_of(mail).find(dora_at), std::string::npos);
}

TEST_P(RelayFlowTest, ALateBounceOfTheFirstMovesNothing) {
  ask_on_the_long_way();
  const flow::KeptMail request = world().latest(christine_at, "/forward");
  answer(christine_at, "forward");
  world().reply(request, "I am away until 1 April.", christine_at, "Auto-Submitted: auto-replied\r\n");
  EXPECT_FALSE(world().only().paused_until);
  EXPECT_EQ(asked(), who(dora_at));
}

// ---- second thoughts ----

TEST_P(RelayFlowTest, EachCanTakeItBackDuringTheHold) {
  ask_on_the_long_way();
  world().press(world().link(world().latest(christine_at, "/forward"), "d", "/forward"), "forward");
  world().pass(1min);
  world().press(world().link(world().latest(christine_at, "/undo/"), "undo"), "undo");
  world().pass(1h);
  EXPECT_FALSE(has_heard(dora_at));
  answer(christine_at, "forward");
  world().press(world().link(world().latest(dora_at, "/forward"), "d", "/forward"), "forward");
  world().pass(1min);
  world().press(world().link(world().latest(dora_at, "/undo/"), "undo"), "undo");
  world().pass(1h);
  EXPECT_EQ(state(), State::asked);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, TheFirstsOldLinksAndMailsDecideNothing) {
  ask_on_the_long_way();
  const flow::KeptMail request = world().latest(christine_at, "/forward");
  world().press(world().link(request, "d", "/forward"), "forward");
  world().pass(1min);
  const std::string undo = world().link(world().latest(christine_at, "/undo/"), "undo");
  world().pass(11min);
  EXPECT_EQ(asked(), who(dora_at));
  const auto before = world().only();
  for (const char* action : {"/forward", "/decline", "/changes"}) {
    const std::string link = world().link(request, "d", action);
    EXPECT_NE(open(link).body.find("You passed this on"), std::string::npos);
    world().press(link, std::string(action).substr(1), "&note=words");
  }
  EXPECT_NE(open(undo).body.find("You passed this on"), std::string::npos);
  world().press(undo, "undo");
  world().reply(request, "decline");
  world().pass(1h);
  EXPECT_EQ(world().only().version, before.version);
  EXPECT_FALSE(world().only().held);
}

TEST_P(RelayFlowTest, AStopOfEitherIsASilentNo) {
  ask_on_the_long_way();
  answer(christine_at, "stop");
  EXPECT_EQ(state(), State::declined_silently);
  EXPECT_FALSE(has_heard(dora_at));
}

TEST_P(RelayFlowTest, AStopOfTheSecondIsASilentNoAndOneOfTheFirstAfterwardsMovesNothing) {
  ask_dora();
  world().reply(world().latest(christine_at, "/forward"), "stop");
  world().send();
  EXPECT_TRUE(load_person(db(), who(christine_at)).stopped);
  EXPECT_EQ(state(), State::asked);
  answer(dora_at, "stop");
  EXPECT_EQ(state(), State::declined_silently);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, WithdrawnInBetweenItIsOverForAll) {
  ask_dora();
  world().reply(world().latest(alice_at), "withdraw");
  world().send();
  EXPECT_EQ(state(), State::withdrawn);
  answer(dora_at, "forward");
  EXPECT_EQ(state(), State::withdrawn);
  EXPECT_FALSE(has_heard(gail_at));
}

TEST_P(RelayFlowTest, WhoStoppedBeforeTheirTurnIsNotAskedAndTheRequesterIsTold) {
  ask_on_the_long_way();
  Transaction transaction(db());
  daemon::stop_person(world().engine, who(dora_at));
  transaction.commit();
  answer(christine_at, "forward");
  EXPECT_EQ(state(), State::expired);
  EXPECT_TRUE(world().has_mail(alice_at, "whom they know cannot be asked just now"));
}

TEST_P(RelayFlowTest, ANewVersionGoesToTheSecondAloneAndKeepsTheFirstsWords) {
  ask_dora();
  world().press(world().link(world().latest(dora_at, "/changes"), "d", "/changes"), "changes",
                "&note=Shorter+please");
  world().pass(11min);
  EXPECT_EQ(state(), State::revising);
  const flow::KeptMail wanted = world().latest(alice_at, "Shorter please");
  EXPECT_EQ(wanted.letter.text.find("we met at your office"), std::string::npos)
      << "her words to Christine, to be sent to somebody else";
  const auto to_christine = std::ranges::count(world().mails, christine_at,
                                               [](const flow::KeptMail& mail) { return mail.row.recipient; });
  world().reply(wanted, "Dear colleague, here it is.\r\n---\r\n" + flow::shorter_pitch);
  world().send();
  EXPECT_EQ(state(), State::asked);
  EXPECT_EQ(asked(), who(dora_at));
  const std::string text = world().latest(dora_at).letter.text;
  EXPECT_NE(text.find("Dear colleague, here it is."), std::string::npos) << text;
  EXPECT_NE(text.find("I would listen."), std::string::npos) << text;
  EXPECT_EQ(std::ranges::count(world().mails, christine_at,
                               [](const flow::KeptMail& mail) { return mail.row.recipient; }),
            to_christine);
  answer(dora_at, "forward");
  EXPECT_EQ(state(), State::forwarded);
}

// ---- who learns what ----

TEST_P(RelayFlowTest, NobodyLearnsTheAddressOfWhomTheyDoNotKnow) {
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

TEST_P(RelayFlowTest, TheRequesterIsNotToldWhoTheSecondIsBeforeTheyAgreedToBeNamed) {
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

TEST_P(RelayFlowTest, TheRequestersPagesAreTheSameWhetherTheSecondHasSaidASilentNoOrNothing) {
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
