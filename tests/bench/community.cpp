#include "tests/bench/community.hpp"

#include <filesystem>
#include <stdexcept>

#include "daemon/ids.hpp"
#include "storage/introductions.hpp"
#include "storage/migrate.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"
#include "tests/bench/request_words.hpp"

namespace tertius::bench {
namespace {

constexpr int requests_at_once = 1000;  // in one transaction

Person add_person(daemon::Engine& engine, const std::string& first, int number, bool member) {
  Person out;
  out.id = PersonId{engine.settings.ids()};
  out.name = first + " " + std::to_string(number);
  out.organisation = "Organisation " + std::to_string(number % 997);
  out.title = "Founder";
  out.address = Address{first + std::to_string(number), "rowan.example"};
  out.member = member;
  storage::add_person(engine.db, out);
  return out;
}

void add_request(daemon::Engine& engine, int number) {
  const Person requester = add_person(engine, "Alice", number, true);
  const Person connector = add_person(engine, "Christine", number, true);
  const Person target = add_person(engine, "Gail", number, false);
  const auto tie = [&](const Person& owner, const Person& contact) {
    storage::put_tie(engine.db, {owner.id, contact.id, TieSource::mail, 0.7, engine.now(),
                                 "wrote to each other 14 times since March"});
  };
  tie(connector, target);
  tie(requester, connector);
  tie(connector, requester);
  Introduction draft;
  draft.id = IntroductionId{engine.settings.ids()};
  draft.requester = requester.id;
  draft.target = target.id;
  draft.connectors = {connector.id};
  draft.subject = "Introduction: " + requester.name + " and " + target.name;
  draft.cover_note = std::string(cover_note);
  draft.pitch = std::string(pitch);
  draft.confirmed = true;
  draft.created_at = draft.state_since = engine.now();
  storage::add_introduction(engine.db, draft, next_deadline(draft, engine.settings.policy));
  const auto applied = daemon::apply(engine, draft.id, Submitted{});
  if (const auto* refusal = std::get_if<Refusal>(&applied))
    throw std::runtime_error("a request was refused: " + std::string(refusal_text(*refusal).what));
}

// So that all mails of a bench are of one kind.
void cancel_all_but_requests(storage::Database& db) {
  db.run("UPDATE outbox SET state = 'cancelled', ready_at = NULL WHERE kind <> 'request' AND state = 'due'");
}

bool is_url(const std::string& where) { return where.find("://") != where.npos; }

}  // namespace

daemon::EngineSettings community_settings() {
  if (const auto loaded = templates::load_catalogue(); !loaded) throw std::runtime_error(loaded.error().what);
  LinkKey key{1, {}};
  key.secret.fill(7);
  daemon::EngineSettings out;
  out.links = {"https://intro.rowan.example", "intro.rowan.example", "intro", {key}};
  out.community = "Rowan Alumni";
  out.clock = daemon::system_clock();
  out.ids = daemon::random_ids();
  return out;
}

storage::Database new_community(const std::string& where) {
  if (!is_url(where))
    for (const char* end : {"", "-wal", "-shm"}) std::filesystem::remove(where + end);
  auto db = open_community(where);
  storage::migrate(db);
  return db;
}

storage::Database open_community(const std::string& where) {
  return storage::open_database(is_url(where) ? where : "sqlite:" + where);
}

void add_requests(daemon::Engine& engine, int count) {
  for (int number = 0; number < count;) {
    storage::Transaction transaction(engine.db);
    do add_request(engine, number++);
    while (number < count && number % requests_at_once != 0);
    transaction.commit();
  }
  storage::Transaction transaction(engine.db);
  cancel_all_but_requests(engine.db);
  transaction.commit();
}

std::string decision_path(daemon::Engine& engine) {
  const auto introduction = storage::recent_introductions(engine.db, 1).at(0);
  const Token token{number(introduction.id), Role::connector, TokenUse::decision, 1};
  const Links& links = engine.settings.links;
  return token_url(links, "d", token, "forward").substr(links.public_url.size());
}

}  // namespace tertius::bench
