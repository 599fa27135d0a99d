// R's and T's addresses are shown to the other in the introduction mail and nowhere before: whatever people
// write, sign, press or leave undelivered.
#include <gtest/gtest.h>

#include <algorithm>

#include "daemon/hidden_addresses.hpp"
#include "storage/migrate.hpp"
#include "tests/support/flow/world.hpp"

namespace tertius::flow {
namespace {

using namespace std::chrono_literals;

void ask(World& world) {
  world.ask(christine_at);
  world.send();
  world.press(world.link(world.latest(alice_at), "confirm"), "confirm");
  world.send();
}
void forward(World& world, const std::string& words = "forward") {
  world.reply(world.latest(christine_at, "/forward"), words);
  world.pass(3min);
}
void answer_as_target(World& world, const std::string& words) {
  world.reply(world.latest(gail_at), words);
  world.pass(3min);
}

struct Story {
  const char* name;
  void (*tell)(World&);
};
constexpr Story stories[] = {
    {"Accepted",
     [](World& world) {
       forward(world);
       answer_as_target(world, "yes");
     }},
    {"TheTargetsRefusalIsSigned",
     [](World& world) {
       forward(world);
       answer_as_target(world,
                        "decline\r\n\r\nNot this year.\r\n\r\nGail Okafor\r\nSteady Mail\r\n" + gail_at);
     }},
    {"TheTargetWritesTheAddressInCapitals",
     [](World& world) {
       forward(world);
       answer_as_target(world, "decline\r\n\r\nAsk again in May: GAIL@Steady.Example.");
     }},
    {"TheConnectorsEndorsementNamesTheRequestersAddress",
     [](World& world) { forward(world, "forward\r\n\r\nWrite to " + alice_at + ", she answers fast."); }},
    {"TheConnectorsRefusalNamesTheTargetsAddress",
     [](World& world) {
       world.reply(world.latest(christine_at), "decline\r\n\r\nTry her directly, " + gail_at + ".");
       world.pass(3min);
     }},
    {"TheConnectorNamesTheTargetAsTheOneToAsk",
     [](World& world) {
       world.reply(world.latest(christine_at), "try " + gail_at);
       world.pass(3min);
     }},
    {"TheNewPitchIsSigned",
     [](World& world) {
       world.press(world.link(world.latest(christine_at), "d", "/changes"), "changes",
                   "&note=Shorter+please%2C+" + std::string("and+not+to+gail%40steady.example"));
       world.pass(11min);
       world.reply(world.latest(alice_at, "Shorter please"),
                   "Here it is.\r\n---\r\n" + shorter_pitch + "\r\n\r\nAlice Chen\r\n" + alice_at);
       world.send();
       forward(world);
       world.pass(std::chrono::days{6});
     }},
    {"ThePitchCannotBeDelivered",
     [](World& world) {
       world.relay = [](const KeptMail& mail) {
         DeliveryResult result;
         result.delivery = mail.row.recipient == gail_at ? Delivery::bounced : Delivery::sent;
         result.text = "550 5.1.1 <" + gail_at + ">: Recipient address rejected";
         result.address_is_dead = result.delivery == Delivery::bounced;
         return result;
       };
       forward(world);
     }},
    {"AStrangerAnswersInTheirNames",
     [](World& world) {
       forward(world);
       world.reply(world.latest(gail_at), "yes", alice_at);
       world.reply(world.latest(alice_at), "withdraw", gail_at);
       world.pass(1h);
     }},
    {"NobodyAnswers", [](World& world) { world.pass(std::chrono::days{20}); }},
    {"TheTargetStopsAllMail",
     [](World& world) {
       forward(world);
       answer_as_target(world, "stop");
       world.pass(std::chrono::days{20});
     }},
    {"Withdrawn",
     [](World& world) {
       forward(world);
       world.reply(world.latest(alice_at), "withdraw");
       world.send();
     }},
};

// The mail as its recipient's program shows it, in lower case: an address broken by the transfer encoding is
// still one.
std::string all_of(const KeptMail& mail) {
  std::string out =
      mail.letter.subject + "\n" + mail.letter.text + "\n" + mail.letter.html + "\n" + mail.bytes;
  for (const auto& list : {mail.letter.from, mail.letter.to, mail.letter.cc, mail.letter.reply_to}) {
    for (const auto& mailbox : list) out += "\n" + mailbox.name + " " + mailbox.address;
  }
  std::transform(out.begin(), out.end(), out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

class SecrecyTest : public testing::TestWithParam<Story> {};

TEST_P(SecrecyTest, NoMailBeforeTheIntroductionShowsTheOthersAddress) {
  storage::Database db = storage::open_database("sqlite::memory:");
  storage::migrate(db);
  World world(db);
  ask(world);
  GetParam().tell(world);
  EXPECT_GE(world.mails.size(), 3u);
  for (const KeptMail& mail : world.mails) {
    if (mail.row.kind == NoticeKind::introduction) break;
    const std::string shown = all_of(mail);
    const std::string secret = mail.row.recipient == alice_at  ? gail_at
                               : mail.row.recipient == gail_at ? alice_at
                                                               : "no secret";
    EXPECT_EQ(shown.find(secret), shown.npos) << mail.letter.text;
  }
}

INSTANTIATE_TEST_SUITE_P(Story, SecrecyTest, testing::ValuesIn(stories),
                         [](const auto& info) { return std::string(info.param.name); });

TEST(HiddenAddressesTest, OnlyTheWholeAddressIsHidden) {
  const std::vector<Address> gail = {parse_address(gail_at).value()};
  const auto hidden = [&](const std::string& value) {
    Fields fields;
    fields.values["A"] = value;
    fields.sections["S"] = {{{{"LINE", value}}, {}}};
    daemon::hide_addresses(fields, gail);
    EXPECT_EQ(fields.values["A"], fields.sections["S"].front().values["LINE"]);
    return fields.values["A"];
  };
  const std::string instead = "(address given with the introduction)";
  EXPECT_EQ(hidden("<Gail@STEADY.example>, " + gail_at + "."), "<" + instead + ">, " + instead + ".");
  for (const std::string& other :
       {"abi" + gail_at, "x." + gail_at, gail_at + ".org", gail_at + "s", std::string()})
    EXPECT_EQ(hidden(other), other);
}

}  // namespace
}  // namespace tertius::flow
