// Ways looked up in the network in memory and in the database are the same ways.
#include "daemon/ways.hpp"

#include <random>

#include "broker/words.hpp"
#include "daemon/connectors.hpp"
#include "storage/network_rows.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/visible_people.hpp"
#include "tests/support/storage/engines.hpp"
#include "tests/support/storage/samples.hpp"

namespace tertius::storage {
namespace {

constexpr int count = 24;

// What R is told, to the letter.
std::string told(const std::vector<daemon::FoundConnector>& found) {
  std::string out;
  for (const auto& [person, ranked, named, handle, onward] : found) {
    out += person_label(person) + "|" + std::to_string(number(ranked.connector)) + "|" +
           std::string(tier_name(ranked.tier)) + "|" + std::to_string(ranked.score) + "|" + handle +
           (named ? "|named" : "|unnamed");
    EXPECT_FALSE(onward);
    for (const Wording& reason : ranked.reasons) out += "|" + say(reason);
    for (const ScorePart& part : ranked.parts)
      out += "|" + part.name + "=" + std::to_string(part.value) + " " + part.evidence;
    out += "\n";
  }
  return out;
}

class WaysTest : public OnEngine {
 protected:
  void draw_community(unsigned seed);
  // How many ways were found at all.
  std::size_t compare(const Network& network);

 private:
  int draw(int least, int most) { return std::uniform_int_distribution<int>(least, most)(random_); }
  Person draw_person(int id);
  void draw_tie();
  void draw_settings(PersonId person);

  std::mt19937 random_;
  std::vector<PersonId> members_;
};

Person WaysTest::draw_person(int id) {
  Person person;
  person.id = PersonId{id};
  person.name = "Person " + std::to_string(id);
  person.organisation = draw(0, 2) == 0 ? "Acme" : "";
  person.title = draw(0, 2) == 0 ? "Head of Partnerships" : "";
  person.member = draw(0, 3) > 0;
  person.stopped = draw(0, 11) == 0;
  person.consent = draw(0, 11) == 0 ? Consent::never : Consent::ask_first;
  if (draw(0, 9) > 0) person.address = make_address("p" + std::to_string(id) + "@example.org");
  return person;
}

// Whoever is no member has no contacts of their own here.
void WaysTest::draw_tie() {
  constexpr std::array sources{TieSource::linkedin, TieSource::address_book, TieSource::mail,
                               TieSource::rating};
  const PersonId owner = members_[static_cast<std::size_t>(draw(0, static_cast<int>(members_.size()) - 1))];
  const PersonId contact{draw(1, count)};
  if (owner == contact) return;
  const TieSource source = sources[static_cast<std::size_t>(draw(0, 3))];
  const double strength = draw(0, 9) == 0 ? 0 : draw(1, 1'000) / 1'000.0;
  put_tie(db(), {owner, contact, source, strength, noon, "tie " + std::to_string(draw(1, 999))});
}

void WaysTest::draw_settings(PersonId person) {
  if (draw(0, 2) > 0) return;
  Preferences preferences;
  preferences.shown = static_cast<Shown>(draw(0, 2));
  save_preferences(db(), person, preferences);
  const PersonId other{draw(1, count)};
  if (other != person) add_do_not_ask(db(), person, other);
}

void WaysTest::draw_community(unsigned seed) {
  random_.seed(seed);
  for (int i = 1; i <= count; ++i) {
    const Person person = draw_person(i);
    add_person(db(), person);
    if (person.member) members_.push_back(person.id);
  }
  for (int i = 0; i < 160; ++i) draw_tie();
  for (int i = 1; i <= count; ++i) draw_settings(PersonId{i});
}

std::size_t WaysTest::compare(const Network& network) {
  std::size_t ways = 0;
  for (int i = 1; i <= count; ++i) {
    for (int j = 1; j <= count; ++j) {
      const PersonId a{i}, b{j};
      EXPECT_EQ(network.may_see(a, b), may_see(db(), a, b)) << i << " " << j;
      if (a == b) continue;
      const auto by_rows = daemon::find_connectors(db(), a, b, noon, {});
      EXPECT_EQ(told(daemon::find_connectors(db(), a, b, noon, {}, &network)), told(by_rows))
          << i << " " << j;
      ways += by_rows.size();
    }
  }
  return ways;
}
TERTIUS_ON_EVERY_ENGINE(WaysTest);

TEST_P(WaysTest, TheNetworkGivesTheAnswersThatTheDatabaseGives) {
  draw_community(1);
  EXPECT_GT(compare(load_network(db()).network), 50u);
}

TEST_P(WaysTest, AndSoDoesOneThatHasFollowedEverythingFromTheFirstPersonOn) {
  const LoadedNetwork empty = load_network(db());
  draw_community(2);
  const auto news = load_network_news(db(), empty.place);
  EXPECT_GT(compare(empty.network.changed(news.changes)), 50u);
}

// Of a hub's thousand contacts the rows of those alone are read who can be found.
TEST_P(WaysTest, WhoIsTooFarToBeFoundCostsNoRows) {
  add_people(db(), 40);
  db().run("UPDATE people SET member = 1");
  for (int i = 3; i <= 40; ++i) {
    const double strength = i == 3 ? 0.5 : 0.01;
    put_tie(db(), {PersonId{i}, PersonId{1}, TieSource::mail, strength, {}, "wrote"});
    put_tie(db(), {PersonId{i}, PersonId{2}, TieSource::mail, strength, {}, "wrote"});
  }
  const Network network = load_network(db()).network;
  std::size_t statements = 0;
  db().before_statement = [&](std::string_view) { ++statements; };
  const auto ways = daemon::find_ways(db(), &network, PersonId{1}, PersonId{2});
  db().before_statement = nullptr;
  EXPECT_EQ(ways.size(), 1u);
  EXPECT_EQ(statements, 4u);
}

}  // namespace
}  // namespace tertius::storage
