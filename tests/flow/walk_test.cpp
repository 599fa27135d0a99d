// Every page and every operation of the API, asked for by everybody, in every state of an introduction.
#include <gtest/gtest.h>

#include <algorithm>

#include "storage/introductions.hpp"
#include "storage/outbox.hpp"
#include "tests/support/flow/canaries.hpp"
#include "tests/support/flow/walk.hpp"
#include "tests/support/storage/engines.hpp"
#include "web/api_call.hpp"
#include "web/dashboard_pages.hpp"

namespace tertius::storage {
namespace {

using namespace flow;

class WalkTest : public OnEngine {};
INSTANTIATE_TEST_SUITE_P(Both, WalkTest, testing::Values(Engine::sqlite_memory, Engine::postgres),
                         engine_name);

constexpr auto stages = stage_names.size();

std::string name_of(Who who) { return std::string(who_names[static_cast<std::size_t>(who)]); }
std::string name_of(Stage stage) { return std::string(stage_names[static_cast<std::size_t>(stage)]); }

// What one person is told in one state, each text once.
struct Heard {
  std::string what, text;
};

void add(std::vector<Heard>& heard, std::set<std::string>& known, std::string what, std::string text) {
  if (known.insert(text).second) heard.push_back({std::move(what), std::move(text)});
}

std::string lower(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

std::vector<Heard> hear(CanaryWorld& house, Who who, const Map& map) {
  std::vector<Heard> out;
  std::set<std::string> known;
  for (const Tried& page : walk_pages(house, who, map)) add(out, known, page.what, all_of(page.response));
  for (const Tried& call : walk_api(house, who)) {
    // What is done here and now leads to the next state, and is undone again.
    if (call.changes.empty()) add(out, known, call.what, all_of(call.response));
  }
  for (const KeptMail& mail : house.world.mails)
    if (mail.row.recipient == house.address_of(who))
      add(out, known, "a mail to " + name_of(who),
          lower(mail.letter.subject + mail.letter.text + mail.letter.html));
  return out;
}

bool may_read(const Canary& canary, Who who, Stage stage) {
  return std::ranges::any_of(canary.readers, [&](const Reading& one) {
    return one.who == who && one.from <= stage && stage <= one.to;
  });
}

const Heard* find_heard(const std::vector<Heard>& heard, const Canary& canary) {
  for (const Heard& one : heard) {
    const bool is_open =
        std::ranges::any_of(canary.but_in, [&](const auto& path) { return one.what.starts_with(path); });
    if (!is_open && holds(one.text, canary.word)) return &one;
  }
  return nullptr;
}

void check(const std::vector<Heard>& heard, const Canary& canary, Who who, Stage stage) {
  if (std::ranges::find(canary.unasked, who) != canary.unasked.end()) return;
  const Heard* found = find_heard(heard, canary);
  if (may_read(canary, who, stage))
    EXPECT_TRUE(found) << name_of(who) << " does not read " << canary.word << " (" << canary.what << ") when "
                       << name_of(stage);
  else
    EXPECT_FALSE(found) << name_of(who) << " reads " << canary.word << " (" << canary.what << ") when "
                        << name_of(stage) << ", in " << found->what;
}

// Routes and operations that nobody has come to, of those there are.
struct Unseen {
  std::set<std::string> pages, operations;
};

Unseen everything() {
  Unseen out;
  for (const web::PageRoute& route : web::page_routes()) out.pages.insert("/" + std::string(route.first));
  for (const web::DashboardRoute& route : web::dashboard_routes())
    out.pages.insert("/dashboard/" + std::string(route.name));
  for (const web::ApiRoute& route : web::api_routes())
    out.operations.insert(std::string(route.method) + " " + std::string(route.path));
  return out;
}

// By whoever has the page, though not at this moment or with these words.
bool is_let_in(const Tried& tried) {
  const int status = tried.response.status;
  return status != 401 && status != 403 && status != 404;
}

void strike_out(CanaryWorld& house, Who who, const Map& map, Unseen& unseen) {
  for (const Tried& page : walk_pages(house, who, map)) {
    if (!is_let_in(page)) continue;
    const std::string path = page.what.substr(4, page.what.find(' ', 4) - 4);
    std::erase_if(unseen.pages, [&](const std::string& route) {
      return path == route || path.starts_with(route + "/") || path.starts_with(route + "?");
    });
  }
  for (const web::ApiRoute& route : web::api_routes())
    for (const TriedId& one : try_operation(house, who, route))
      if (is_let_in(one.tried))
        unseen.operations.erase(std::string(route.method) + " " + std::string(route.path));
}

// Whose mail a link stands in: a token is all that it takes.
bool is_for(Database& db, const Token& token, PersonId person) {
  if (token.use == TokenUse::stop) return PersonId{token.subject} == person;
  if (token.use == TokenUse::thread) return true;  // opens nothing, and goes wherever a mail is forwarded
  if (token.use == TokenUse::bounce) {             // of a mail that they got, among those they download
    const auto notice = storage::find_notice(db, NoticeId{token.subject});
    return notice && notice->person == person;
  }
  const auto introduction = find_introduction(db, IntroductionId{token.subject});
  if (!introduction) return false;
  switch (token.role) {
    case Role::requester: return introduction->requester == person;
    case Role::target: return introduction->target == person;
    case Role::connector: break;
  }
  const auto& asks = introduction->asks;
  return token.round >= 1 && token.round <= asks.size() && asks[token.round - 1u].connector == person;
}

void check_tokens(CanaryWorld& house, const std::vector<Heard>& heard, Who who) {
  const auto person = house.guest(who).person.value_or(PersonId{});
  for (const Heard& one : heard)
    for (const Token& token : tokens_among(house, one.text))
      EXPECT_TRUE(is_for(house.world.engine.db, token, person))
          << name_of(who) << " is given a link of the " << role_name(token.role) << " in " << one.what;
}

TEST_P(WalkTest, EverybodyReadsWhatIsForThemAndNothingElse) {
  CanaryWorld house(db());
  for (std::size_t i = 0; i < stages; ++i) {
    house.go_on();
    const Map map = make_map(house);
    const auto words = canaries(house);
    for (std::size_t who = 0; who < house.guests.size(); ++who) {
      const auto heard = hear(house, static_cast<Who>(who), map);
      check_tokens(house, heard, static_cast<Who>(who));
      for (const Canary& canary : words) check(heard, canary, static_cast<Who>(who), house.stage);
    }
  }
}

// Who sends from such an address is somebody else's answer.
TEST_P(WalkTest, TheOperatorsListOfLettersGaveTheTokensOfReplyAddresses) {
  CanaryWorld house(db());
  while (house.steps <= static_cast<int>(Stage::asked_again)) house.go_on();
  for (const char* path : {"/operator/letters", "/operator/outbox"}) {
    const std::string listed = all_of(house.guest(Who::overseer).api("GET", path).response);
    EXPECT_TRUE(tokens_among(house, listed).empty()) << path;
  }
  EXPECT_NE(
      all_of(house.guest(Who::overseer).api("GET", "/operator/letters").response).find("intro+[hidden]@"),
      std::string::npos);
}

// One that is added later and that no walk gets to fails here.
TEST_P(WalkTest, SomebodyGetsToEveryPageAndOperation) {
  CanaryWorld house(db());
  Unseen unseen = everything();
  for (std::size_t i = 0; i < stages && !(unseen.pages.empty() && unseen.operations.empty()); ++i) {
    house.go_on();
    const Map map = make_map(house);
    for (std::size_t who = 0; who < house.guests.size(); ++who)
      strike_out(house, static_cast<Who>(who), map, unseen);
  }
  EXPECT_EQ(unseen.pages, std::set<std::string>{});
  EXPECT_EQ(unseen.operations, std::set<std::string>{});
}

}  // namespace
}  // namespace tertius::storage
