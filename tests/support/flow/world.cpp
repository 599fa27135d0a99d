#include "tests/support/flow/world.hpp"
#include "tests/support/storage/turned_round.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

#include "daemon/desk.hpp"
#include "daemon/notice_letter.hpp"
#include "daemon/receiving.hpp"
#include "daemon/try_client.hpp"
#include "mail/read_letter.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"
#include "web/router.hpp"

namespace tertius::flow {

namespace {

constexpr auto public_url = "http://broker.test";

daemon::EngineSettings settings_of(World& world) {
  static const auto loaded = templates::load_catalogue();
  if (!loaded) throw std::runtime_error(loaded.error().what);
  LinkKey key{1, {}};
  key.secret.fill(7);
  daemon::EngineSettings out;
  out.links = {public_url, "intro.test", "intro", {key}};
  out.community = "Rowan Alumni";
  out.clock = [&world] { return world.now; };
  out.ids = [next = std::int64_t{1000}]() mutable { return ++next; };
  return out;
}

Person person(World& world, const std::string& name, const std::string& organisation,
              const std::string& title, const std::string& address, bool member) {
  Person out;
  out.id = PersonId{world.engine.settings.ids()};
  out.name = name;
  out.organisation = organisation;
  out.title = title;
  out.address = parse_address(address).value();
  out.member = member;
  storage::add_person(world.engine.db, out);
  return out;
}

void tie(World& world, const Person& owner, const Person& contact, double strength) {
  const Tie tie{owner.id, contact.id, TieSource::mail, strength, world.now, "wrote to each other often"};
  storage::put_tie(world.engine.db, tie);
  if (contact.member) storage::put_tie(world.engine.db, turned_round(tie));
}

}  // namespace

const std::string good_body =
    "Hi Christine,\n\nwe met at your office in spring. No hard feelings if the moment is wrong.\n\nThank "
    "you, Alice\n\n---\n\n"
    "Hello Gail,\n\nI am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops. You run "
    "partnerships at "
    "Steady Mail, and your programme for shop software is the one our customers ask us about, because most "
    "of them send their "
    "offers with you. I could show you what those shops struggle with, with numbers.\n\nCould we talk for 20 "
    "minutes on the "
    "phone in the next two weeks about what makes a good partner for you?\n\nThank you, Alice\n";

std::string request_letter(const std::string& cc, const std::string& subject, const std::string& body) {
  static int count = 0;
  return "From: Alice Chen <" + alice_at + ">\r\nTo: intro@intro.test\r\n" +
         (cc.empty() ? "" : "Cc: " + cc + "\r\n") + "Subject: " + subject + "\r\nMessage-ID: <ask" +
         std::to_string(++count) + "@harbour.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" +
         body;
}

World::World(storage::Database& db)
    : engine{db, {}}, now(from_unix_seconds(1'773'057'600)) {  // Monday 2026-03-09 12:00
  engine.settings = settings_of(*this);
  storage::Transaction transaction(db);
  const Person alice = person(*this, "Alice Chen", "Harbour Ledger", "Founder", alice_at, true);
  const Person christine = person(*this, "Christine Weaver", "Rowan Ventures", "Partner", christine_at, true);
  const Person bob = person(*this, "Bob Lindqvist", "Harbour Ledger", "Engineer", bob_at, true);
  const Person gail = person(*this, "Gail Okafor", "Steady Mail", "Head of Partnerships", gail_at, false);
  tie(*this, alice, christine, 0.7);
  tie(*this, christine, gail, 0.8);
  tie(*this, alice, bob, 0.9);
  tie(*this, bob, gail, 0.4);
  transaction.commit();
}

std::string World::write(const std::string& from, const std::string& recipient, const std::string& bytes) {
  const auto incoming = daemon::read_incoming(from, recipient, bytes);
  storage::Transaction transaction(engine.db);
  std::string outcome = daemon::receive(engine, incoming);
  transaction.commit();
  return outcome;
}

std::string World::ask(const std::string& cc, const std::string& subject) {
  return write(alice_at, "intro@intro.test", request_letter(cc, subject, good_body));
}

std::string World::reply(const KeptMail& mail, const std::string& words, std::string from,
                         const std::string& headers) {
  if (from.empty()) from = mail.row.recipient;
  return write(from, mail.letter.reply_to.front().address, reply_letter(mail, words, from, headers));
}

std::string World::reply_letter(const KeptMail& mail, const std::string& words, std::string from,
                                const std::string& headers) const {
  static int count = 0;
  if (from.empty()) from = mail.row.recipient;
  std::string quoted;
  std::istringstream lines(mail.letter.text);
  for (std::string line; std::getline(lines, line);) quoted += "> " + line + "\r\n";
  return headers + "From: " + from + "\r\nTo: " + mail.letter.reply_to.front().address +
         "\r\nSubject: Re: " + mail.letter.subject + "\r\nIn-Reply-To: <" + mail.letter.message_id +
         ">\r\nMessage-ID: <r" + std::to_string(++count) +
         "@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + words +
         "\r\n\r\nOn Monday, 9 March 2026, Rowan Alumni <intro@intro.test> wrote:\r\n" + quoted;
}

void World::send() {
  while (true) {
    storage::Transaction claiming(engine.db);
    const auto rows = daemon::claim(engine, 4);
    claiming.commit();
    if (rows.empty()) return;
    std::vector<daemon::Attempt> attempts;
    for (const auto& row : rows) {
      const auto mail = daemon::write_mail(row, engine.settings);
      if (!mail) throw std::runtime_error(mail.error().what);
      KeptMail kept{row, mail::read_letter(mail.value().bytes), mail.value().bytes};
      DeliveryResult result;
      result.delivery = Delivery::sent;
      if (relay) result = relay(kept);
      if (result.delivery == Delivery::sent) mails.push_back(std::move(kept));
      attempts.push_back({row, result});
    }
    storage::Transaction settling(engine.db);
    daemon::settle(engine, attempts);
    settling.commit();
  }
}

void World::pass(std::chrono::seconds length) {
  const Time end = now + length;
  while (true) {
    {
      storage::Transaction transaction(engine.db);
      daemon::meet_deadlines(engine, 100);
      transaction.commit();
    }
    send();
    if (now >= end) return;
    const auto deadline = storage::earliest_deadline(engine.db);
    const auto mail = storage::earliest_not_before(engine.db);
    Time next = end;
    if (deadline && *deadline > now) next = std::min(next, *deadline);
    if (mail && *mail > now) next = std::min(next, *mail);
    now = next;
  }
}

bool World::has_mail(const std::string& to, const std::string& text_has) const {
  for (const auto& mail : mails) {
    if (mail.row.recipient == to && mail.letter.text.find(text_has) != std::string::npos) return true;
  }
  return false;
}

const KeptMail& World::latest(const std::string& to, const std::string& text_has) const {
  for (auto mail = mails.rbegin(); mail != mails.rend(); ++mail) {
    if (mail->row.recipient == to && mail->letter.text.find(text_has) != std::string::npos) return *mail;
  }
  throw std::runtime_error("no mail to " + to + " with \"" + text_has + "\"");
}

std::string World::link(const KeptMail& mail, const std::string& page, const std::string& ends) const {
  const std::string start = std::string(public_url) + "/" + page + "/";
  const std::string& text = mail.letter.text;
  for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
    const std::string url = text.substr(at, text.find_first_of(" \r\n", at) - at);
    if (url.ends_with(ends)) return url;
  }
  throw std::runtime_error("no link to " + page + " ... " + ends + " in: " + text);
}

web::HttpResponse World::open(const std::string& url, const std::string& method) {
  web::HttpRequest request;
  request.method = method;
  request.path = url.substr(std::string(public_url).size());
  storage::Transaction transaction(engine.db);
  web::Desk desk = daemon::make_desk(engine);
  auto response = web::respond(request, desk);
  transaction.commit();
  return response;
}

web::HttpResponse World::press(const std::string& url, const std::string& action, const std::string& more) {
  const auto shown = open(url);
  web::HttpRequest request;
  request.method = "POST";
  const std::string path = url.substr(std::string(public_url).size());
  const auto page_end = path.find('/', 1);
  request.path = page_end == std::string::npos ? path : path.substr(0, path.find('/', page_end + 1));
  request.headers["origin"] = public_url;
  request.body = "action=" + action + "&nonce=" + daemon::hidden_value(shown.body, "nonce") + more;
  storage::Transaction transaction(engine.db);
  web::Desk desk = daemon::make_desk(engine);
  auto response = web::respond(request, desk);
  transaction.commit();
  return response;
}

Introduction World::only() const {
  const auto all = storage::recent_introductions(engine.db, 10);
  if (all.size() != 1) throw std::runtime_error(std::to_string(all.size()) + " introductions");
  return all.front();
}

std::string World::dump() const {
  std::string out;
  for (const char* table : {"introductions", "asks", "history", "outbox", "letters", "spent_nonces", "people",
                            "ties", "suppressions"}) {
    out += std::string(table) + " " +
           std::to_string(engine.db.row("SELECT COUNT(*) FROM " + std::string(table))->integer(0)) + "\n";
  }
  for (const auto& introduction : storage::recent_introductions(engine.db, 100)) {
    out += std::to_string(number(introduction.id)) + " v" + std::to_string(introduction.version) + " " +
           std::string(state_name(introduction.state)) + (introduction.held ? " held" : "") + "\n";
  }
  return out;
}

}  // namespace tertius::flow
