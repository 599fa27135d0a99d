#pragma once
// A World in which nobody knows both Alice and Gail: Christine knows Dora, who knows Gail.

#include <algorithm>
#include <memory>

#include "daemon/connectors.hpp"
#include "storage/introductions.hpp"
#include "storage/network_rows.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "tests/support/flow/one_world.hpp"
#include "tests/support/storage/turned_round.hpp"

namespace tertius::storage {

inline const std::string dora_at = "dora@quarry.example";

// The mail as its recipient's program shows it, in lower case.
inline std::string all_of(const flow::KeptMail& mail) {
  std::string out =
      mail.bytes + "\n" + mail.letter.subject + "\n" + mail.letter.text + "\n" + mail.letter.html;
  for (const auto& list : {mail.letter.from, mail.letter.to, mail.letter.cc, mail.letter.reply_to})
    for (const auto& mailbox : list) out += "\n" + mailbox.name + " " + mailbox.address;
  std::ranges::transform(out, out.begin(), [](unsigned char c) { return std::tolower(c); });
  return out;
}

class LongWayTest : public OneWorldTest {
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
    untie(flow::christine_at, flow::gail_at);
    untie(flow::bob_at, flow::gail_at);
    tie(flow::christine_at, dora_at, 0.8);
    tie(dora_at, flow::gail_at, 0.8);
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
    world().press(world().link(world().latest(flow::alice_at), "confirm"), "confirm");
    world().send();
    const auto& choices = world().latest(flow::alice_at, "/choose/");
    world().press(world().link(choices, "choose"), "choose",
                  "&connector=" + std::to_string(number(who(flow::christine_at))));
    world().send();
  }
  void answer(const std::string& by, const std::string& words) {
    world().reply(world().latest(by, "/forward"), words);
    world().pass(std::chrono::minutes{3});
  }
  // Christine has passed it on, and Dora is asked.
  void ask_dora() {
    ask_on_the_long_way();
    answer(flow::christine_at, "forward\r\n\r\nAlice keeps her word; I would listen.");
  }
  PersonId asked() { return current_connector(world().only()).value(); }
  bool has_heard(const std::string& to) { return world().has_mail(to); }
};

}  // namespace tertius::storage
