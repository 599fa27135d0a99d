// A member's request from the pages to the mails: who is offered, who stays unnamed, what a preview tells.
#include <gtest/gtest.h>

#include "daemon/connectors.hpp"
#include "daemon/desk.hpp"
#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/visible_people.hpp"
#include "tests/support/flow/one_world.hpp"

namespace tertius::storage {
namespace {

using namespace std::chrono_literals;
using daemon::FoundConnector;
using flow::alice_at, flow::bob_at, flow::christine_at, flow::gail_at;

class AskingAsMemberTest : public OneWorldTest {
 protected:
  PersonId who(const std::string& address) {
    return find_person_by_address(db(), parse_address(address).value())->id;
  }
  void prefer(const std::string& address, Shown shown, std::optional<int> max_open = {}) {
    Preferences preferences;
    preferences.shown = shown;
    preferences.max_open_asks = max_open;
    save_preferences(db(), who(address), preferences);
  }
  std::vector<FoundConnector> ways() {
    auto found = daemon::find_connectors(db(), who(alice_at), who(gail_at), world().now,
                                         world().engine.settings.policy);
    daemon::name_unnamed(found, who(alice_at), who(gail_at), world().engine.settings.links.key());
    return found;
  }
  std::vector<std::string> handles() {
    std::vector<std::string> out;
    for (const FoundConnector& one : ways()) out.push_back(one.handle);
    return out;
  }
  std::string id_of(const std::string& address) { return std::to_string(number(who(address))); }
  void untie(const std::string& owner, const std::string& contact) {
    delete_ties(db(), who(owner), who(contact));
    delete_ties(db(), who(contact), who(owner));
  }

  Request request(const std::string& connector = {}) {
    Request out;
    out.requester = parse_address(alice_at).value();
    out.target = "Gail Okafor";
    const std::string& body = flow::good_body;
    out.cover_note = body.substr(0, body.find("---"));
    out.pitch = body.substr(body.find("---") + 4);
    if (!connector.empty()) out.connectors = {parse_address(connector).value()};
    return out;
  }
  // All that a preview shows; empty where it is refused.
  std::string preview(const Request& request) {
    Transaction transaction(db());
    web::Desk desk = daemon::make_desk(world().engine);
    const auto shown = desk.preview(request);
    std::string out;
    if (const auto* mails = std::get_if<std::vector<web::PreviewMail>>(&shown))
      for (const auto& mail : *mails) out += mail.title + mail.to + mail.subject + mail.text + mail.html;
    return out;
  }
  Introduction ask_on_the_page(const Request& request) {
    Transaction transaction(db());
    web::Desk desk = daemon::make_desk(world().engine);
    auto asked = desk.ask(request);
    transaction.commit();
    world().send();
    return std::get<Introduction>(asked);
  }
  std::string mails_to(const std::string& address) {
    std::string out;
    for (const auto& mail : world().mails)
      if (mail.row.recipient == address) out += mail.letter.subject + mail.letter.text + mail.letter.html;
    return out;
  }
};
TERTIUS_ON_EVERY_ENGINE(AskingAsMemberTest);

bool has(const std::string& text, std::string_view words) { return text.find(words) != text.npos; }

TEST_P(AskingAsMemberTest, WhoWantsNotToBeOfferedIsNot) {
  EXPECT_EQ(handles(), (std::vector{id_of(christine_at), id_of(bob_at)}));
  prefer(christine_at, Shown::no);
  EXPECT_EQ(handles(), std::vector{id_of(bob_at)});
}

// A file with one row would show a member whom anybody knows.
TEST_P(AskingAsMemberTest, OnesOwnCardOfSomebodyShowsNoWayOverThem) {
  untie(alice_at, christine_at);
  const auto card = [&](const std::string& owner, const std::string& contact) {
    put_tie(db(), {who(owner), who(contact), TieSource::address_book, 0.35, {}, "in the address book"});
  };
  card(alice_at, christine_at);
  keep_own_words(db(), who(christine_at), load_person(db(), who(gail_at)), {"Gail Okafor", "Rowan Club", ""});
  EXPECT_EQ(handles(), std::vector{id_of(bob_at)});
  const std::string shown = preview(request(christine_at));
  EXPECT_FALSE(has(shown, "wrote to each other often")) << "named in Cc all the same";
  EXPECT_FALSE(has(shown, "Rowan Club")) << "nor what she calls her";
  untie(alice_at, bob_at);
  card(alice_at, bob_at);
  EXPECT_FALSE(may_see(db(), who(alice_at), who(gail_at)));
  card(christine_at, alice_at);
  EXPECT_EQ(handles(), std::vector{id_of(christine_at)}) << "whose own card counts";
  EXPECT_TRUE(has(preview(request(christine_at)), "wrote to each other often"));
}

// What a third member's files say of Gail is no affair of Alice or of the one who is asked.
TEST_P(AskingAsMemberTest, AMailHasTheWordsOfThoseBetweenWhomItGoes) {
  keep_own_words(db(), who(christine_at), load_person(db(), who(gail_at)),
                 {"Gail O.", "Rowan Club", "Sailor"});
  keep_own_words(db(), who(bob_at), load_person(db(), who(gail_at)), {"Gail Okafor", "Bob's Gym", "Boxer"});
  ask_on_the_page(request(christine_at));
  EXPECT_TRUE(has(world().latest(christine_at).letter.subject, "Gail O. (Rowan Club)"));
  for (const std::string& mails : {mails_to(christine_at), mails_to(alice_at)}) {
    EXPECT_FALSE(has(mails, "Gym"));
    EXPECT_FALSE(has(mails, "Steady Mail)"));
  }
  put_tie(db(), {who(alice_at), who(gail_at), TieSource::address_book, 0.35, {}, "in the address book"});
  keep_own_words(db(), who(alice_at), load_person(db(), who(gail_at)), {"Gail from school", "", ""});
  const auto page = world().open(world().link(world().latest(alice_at), "show")).body;
  EXPECT_TRUE(has(page, "Gail from school"));
  EXPECT_FALSE(has(page, "Rowan Club"));
}

TEST_P(AskingAsMemberTest, WhoWouldRatherNotBeNamedHasAHandleThatSaysNothing) {
  prefer(christine_at, Shown::anonymous);
  const std::string unnamed = handles()[0];
  EXPECT_TRUE(unnamed.starts_with("unnamed-"));
  EXPECT_EQ(handles()[1], id_of(bob_at));
  web::Desk desk = daemon::make_desk(world().engine);
  const auto choices = desk.connectors(who(alice_at), who(gail_at));
  ASSERT_EQ(choices.size(), 2U);
  EXPECT_EQ(choices[0].person, Person{});
  EXPECT_EQ(choices[0].ranked.connector, PersonId{});
  EXPECT_TRUE(choices[0].ranked.reasons.empty() && choices[0].ranked.parts.empty());
  EXPECT_EQ(desk.find_connector(who(alice_at), who(gail_at), unnamed)->person.id, who(christine_at));
  EXPECT_FALSE(desk.find_connector(who(alice_at), who(gail_at), id_of(christine_at)));
}

// Two who compare what they were offered learn not whether it is one person.
TEST_P(AskingAsMemberTest, AHandleIsAnotherOneForEachRequesterAndTarget) {
  prefer(christine_at, Shown::anonymous);
  const LinkKey& key = world().engine.settings.links.key();
  const auto handle = [&](const std::string& requester, const std::string& target) {
    auto found = ways();
    daemon::name_unnamed(found, who(requester), who(target), key);
    return found[0].handle;
  };
  EXPECT_EQ(handle(alice_at, gail_at), handles()[0]);
  EXPECT_NE(handle(bob_at, gail_at), handles()[0]);
  EXPECT_NE(handle(alice_at, bob_at), handles()[0]);
}

// Between the mail and the press another may have become the best.
TEST_P(AskingAsMemberTest, AHandleIsOnePersonsOnWhicheverDayItIsPressed) {
  prefer(christine_at, Shown::anonymous);
  prefer(bob_at, Shown::anonymous);
  const auto before = handles();
  ASSERT_EQ(before.size(), 2U);
  EXPECT_NE(before[0], before[1]);
  prefer(christine_at, Shown::no);
  EXPECT_EQ(handles(), std::vector{before[1]});
  EXPECT_FALSE(daemon::find_by_handle(ways(), before[0]));
  EXPECT_EQ(daemon::find_by_handle(ways(), before[1])->person.id, who(bob_at));
}

TEST_P(AskingAsMemberTest, WhoIsNotToBeAskedByTheRequesterIsNotOffered) {
  add_do_not_ask(db(), who(christine_at), who(alice_at));
  EXPECT_EQ(handles(), std::vector{id_of(bob_at)});
}

TEST_P(AskingAsMemberTest, NobodyLeadsToWhomTheRequesterShallNotMeet) {
  add_do_not_ask(db(), who(gail_at), who(alice_at));
  EXPECT_TRUE(handles().empty());
}

TEST_P(AskingAsMemberTest, WhoHasEnoughToAnswerIsNotOffered) {
  prefer(bob_at, Shown::named, 0);
  EXPECT_EQ(handles(), std::vector{id_of(christine_at)});
}

TEST_P(AskingAsMemberTest, SendingFromThePageAsksAtOnceWithoutAConfirmation) {
  const Introduction asked = ask_on_the_page(request(christine_at));
  EXPECT_EQ(asked.state, State::asked);
  EXPECT_TRUE(world().has_mail(christine_at));
  EXPECT_FALSE(has(mails_to(alice_at), "/confirm/"));
}

TEST_P(AskingAsMemberTest, APreviewIsWhatGoesOutAndLeavesNothingBehind) {
  const std::string before = world().dump();
  const std::string shown = preview(request(christine_at));
  EXPECT_EQ(world().dump(), before);
  ask_on_the_page(request(christine_at));
  EXPECT_TRUE(has(shown, world().latest(christine_at).letter.subject));
  EXPECT_TRUE(has(shown, "wrote to each other often"));
  const LinkKeys& keys = world().engine.settings.links.keys;
  const std::size_t length = make_token({}, keys.front()).size();
  for (std::size_t i = 0; i + length <= shown.size(); ++i)
    EXPECT_FALSE(find_token(shown.substr(i, length), keys)) << "its links lead nowhere";
}

TEST_P(AskingAsMemberTest, APreviewTellsNotHowAStrangerKnowsTheTarget) {
  untie(alice_at, christine_at);
  const std::string shown = preview(request(christine_at));
  EXPECT_TRUE(has(shown, "Christine"));
  EXPECT_FALSE(has(shown, "wrote to each other often"));
  EXPECT_FALSE(has(shown, gail_at));
}

TEST_P(AskingAsMemberTest, APartOfANameFindsNobodyWhomOneMayNotSee) {
  Request part = request(christine_at);
  part.target = "Okafor";
  EXPECT_TRUE(has(preview(part), "Gail Okafor")) << "seen, and meant";
  untie(alice_at, christine_at);
  untie(alice_at, bob_at);
  EXPECT_EQ(preview(part), "");
  const std::string whole = preview(request(christine_at));
  EXPECT_TRUE(has(whole, "Gail Okafor")) << "path finding finds whom one can name";
  EXPECT_FALSE(has(whole, "Steady Mail)")) << "and shows nothing else of them";
}

TEST_P(AskingAsMemberTest, AnAddressTellsNothingButItself) {
  Request by_address = request(christine_at);
  by_address.target = gail_at;
  EXPECT_TRUE(has(preview(by_address), "Okafor")) << "whom she may see";
  untie(alice_at, christine_at);
  untie(alice_at, bob_at);
  EXPECT_FALSE(has(preview(by_address), "Okafor"));
  EXPECT_TRUE(has(preview(by_address), "somebody at steady.example"));
  ask_on_the_page(by_address);
  EXPECT_FALSE(has(mails_to(alice_at), "Okafor"));
  EXPECT_FALSE(has(world().open(world().link(world().latest(alice_at), "show")).body, "Okafor"));
  EXPECT_TRUE(has(world().latest(christine_at).letter.subject, "Okafor")) << "who is asked knows her";
}

TEST_P(AskingAsMemberTest, WhoWantsToMeetNobodyIsOfferedToNobody) {
  Person gail = load_person(db(), who(gail_at));
  gail.consent = Consent::never;
  save_person(db(), gail);
  EXPECT_TRUE(handles().empty());
  EXPECT_FALSE(may_see(db(), who(alice_at), gail.id));
  EXPECT_TRUE(may_see(db(), who(bob_at), gail.id)) << "his own contact";
}

TEST_P(AskingAsMemberTest, APersonOfAPageWhomOneMayNotSeeIsNotFound) {
  Request chosen = request(christine_at);
  chosen.target_person = who(gail_at);
  EXPECT_NE(preview(chosen), "");
  untie(alice_at, christine_at);
  untie(alice_at, bob_at);
  EXPECT_EQ(preview(chosen), "");
}

TEST_P(AskingAsMemberTest, TheUnnamedIsNamedByTheirAnswerAndNotBefore) {
  prefer(christine_at, Shown::anonymous);
  EXPECT_FALSE(has(preview(request(christine_at)), "Weaver"));
  ask_on_the_page(request(christine_at));
  EXPECT_FALSE(has(mails_to(alice_at), "Christine"));
  EXPECT_FALSE(has(mails_to(alice_at), "Rowan Ventures"));
  EXPECT_TRUE(has(mails_to(alice_at), "somebody who would rather not be named"));
  const std::string page = world().link(world().latest(alice_at), "show");
  EXPECT_FALSE(has(world().open(page).body, "Weaver"));
  world().reply(world().latest(christine_at), "forward");
  world().pass(3min);
  EXPECT_TRUE(has(world().latest(alice_at).letter.text, "Christine"));
  EXPECT_TRUE(has(world().open(page).body, "Christine"));
}

TEST_P(AskingAsMemberTest, TheUnnamedWhoSaysNoStaysUnnamed) {
  prefer(christine_at, Shown::anonymous);
  ask_on_the_page(request(christine_at));
  const std::string page = world().link(world().latest(alice_at), "show");
  world().reply(world().latest(christine_at), "decline");
  world().pass(3min);
  ASSERT_EQ(state(), State::declined);
  EXPECT_FALSE(has(mails_to(alice_at), "Christine"));
  EXPECT_FALSE(has(world().open(page).body, "Christine W"));
}

// What R is offered later must not tell a silent no from no answer.
TEST_P(AskingAsMemberTest, ASilentNoLooksLikeNoAnswerInTheNextSearchToo) {
  ask_on_the_page(request(christine_at));
  const auto& mail = world().latest(christine_at, "/decline");
  world().press(world().link(mail, "d", "/decline"), "decline", "&silent=1");
  world().pass(days{40});
  ASSERT_EQ(state(), State::expired);
  const auto offered = [&, start = world().now] {
    std::vector<std::vector<std::string>> out;
    for (const int day : {0, 60, 130, 140, 150, 160, 200}) {
      world().now = start + days{day};
      out.push_back(handles());
    }
    return out;
  };
  const auto after_no = offered();
  ASSERT_EQ(db().run("UPDATE asks SET decided_at = NULL, decision = NULL"), 1);
  EXPECT_EQ(offered(), after_no);
  EXPECT_EQ(after_no.front(), std::vector{id_of(bob_at)});
  EXPECT_EQ(after_no.back().size(), 2U) << "not for ever";
}

}  // namespace
}  // namespace tertius::storage
