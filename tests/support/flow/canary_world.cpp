#include "tests/support/flow/canary_world.hpp"
#include "tests/support/storage/turned_round.hpp"

#include "storage/imports.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "storage/webhooks.hpp"
#include "tests/support/flow/markup.hpp"

namespace tertius::flow {

namespace {

using namespace std::chrono_literals;

constexpr auto dora_at = "dora@rowan.example", mallory_at = "mallory@elsewhere.example",
               olga_at = "olga@rowan.example", tom_at = "tom@quarry.example", una_at = "una@mill.example";

const std::string asking =
    "Hi Dora,\n\nwe met at your office in spring, below the qxcovernote poster. No hard feelings if the "
    "moment "
    "is wrong.\n\nThank you, Alice\n\n---\n\n"
    "Hello Gail,\n\nI am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops, and the "
    "qxoldpitch programme at Steady Mail is the one our customers ask us about.\n\nCould we talk for 20 "
    "minutes "
    "on the phone in the next two weeks about what makes a good partner for you?\n\nThank you, Alice\n";
const std::string asking_again =
    "The qxnewcover is shorter.\n---\nDear Gail, I am Alice Chen, founder of Harbour Ledger; we do the books "
    "for 400 small "
    "shops, and they ask for the qxnewpitch programme of Steady Mail. May I call you for 10 minutes next "
    "week "
    "about what makes a good partner?";
const std::string mallorys_asking =
    "Hi Christine,\n\nthank you for the qxmallorycover evening. No hard feelings if the moment is wrong.\n\n"
    "Mallory\n\n---\n\nHello Una,\n\nI am Mallory Reed and I mend looms; your mill has the qxmallorypitch "
    "ones "
    "that nobody else can keep running.\n\nCould we talk for 20 minutes on the phone in the next two weeks "
    "about what breaks first?\n\nThank you, Mallory\n";
const std::string unnamed_asking =
    "Hello,\n\nI would be glad of your help. No hard feelings if the moment is wrong.\n\nThank you, Alice\n\n"
    "---\n\nHello Tom,\n\nI am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops. "
    "Could "
    "we talk for 20 minutes on the phone in the next two weeks about how your quarry does its own?\n\nThank "
    "you, Alice\n";

Person person(World& world, const std::string& name, const std::string& organisation,
              const std::string& address, bool member) {
  Person out;
  out.id = PersonId{world.engine.settings.ids()};
  out.name = name;
  out.organisation = organisation;
  out.address = parse_address(address).value();
  out.member = member;
  storage::add_person(world.engine.db, out);
  return out;
}

void know(World& world, PersonId owner, PersonId contact, const std::string& evidence = "wrote often") {
  const Tie tie{owner, contact, TieSource::mail, 0.7, world.now, evidence};
  storage::put_tie(world.engine.db, tie);
  if (storage::load_person(world.engine.db, contact).member)
    storage::put_tie(world.engine.db, turned_round(tie));
}

Contact card(const std::string& mark, const std::string& address) {
  Contact out;
  out.name = "Qx" + mark + "name Oakes";
  out.organisation = "Qx" + mark + "house";
  out.title = "Qx" + mark + "title";
  out.addresses = {parse_address(address).value()};
  out.source = TieSource::address_book;
  out.strength = 0.35;
  out.evidence = "qx" + mark + "note";
  return out;
}

storage::Webhook hook(World& world, std::optional<PersonId> person, const std::string& mark) {
  return {.id = storage::WebhookId{world.engine.settings.ids()},
          .person = person,
          .url = "https://hooks.example/qx" + mark + "path",
          .secret = "whsec_qx" + mark + "secret",
          .created_at = world.now};
}

}  // namespace

CanaryWorld::CanaryWorld(storage::Database& db) : world(db) {
  world.engine.settings.operator_address = parse_address(olga_at).value();
  storage::Transaction transaction(db);
  add_people();
  add_belongings();
  transaction.commit();
  guests.emplace_back(world, "nobody", std::nullopt);
  for (const auto who :
       {Who::requester, Who::earlier, Who::connector, Who::target, Who::unnamed, Who::other, Who::overseer})
    guests.emplace_back(world, std::string(who_names[static_cast<std::size_t>(who)]), id_of(address_of(who)),
                        who == Who::overseer);
}

PersonId CanaryWorld::id_of(const std::string& address) {
  return storage::find_person_by_address(world.engine.db, parse_address(address).value()).value().id;
}

std::string CanaryWorld::address_of(Who who) const {
  const std::array<std::string, 8> all{"",      alice_at, dora_at,    christine_at,
                                       gail_at, bob_at,   mallory_at, olga_at};
  return all[static_cast<std::size_t>(who)];
}

void CanaryWorld::add_people() {
  const Person dora = person(world, "Dora Field", "Rowan Ventures", dora_at, true);
  const Person mallory = person(world, "Mallory Reed", "Elsewhere", mallory_at, true);
  person(world, "Olga Stern", "Rowan Ventures", olga_at, true);
  const Person tom = person(world, "Tom Reuter", "Quarry", tom_at, false);
  const Person una = person(world, "Una Weber", "Mill", una_at, false);
  know(world, id_of(alice_at), dora.id);
  know(world, dora.id, id_of(gail_at), "qxdoraevidence");
  know(world, id_of(bob_at), tom.id);
  know(world, mallory.id, id_of(christine_at));
  know(world, id_of(christine_at), una.id);
}

void CanaryWorld::add_belongings() {
  storage::Database& db = world.engine.db;
  const PersonId dora = id_of(dora_at), mallory = id_of(mallory_at);
  const auto& ids = world.engine.settings.ids;
  storage::import_contacts(db, dora, {"vCard", {card("dora", "petra@qxdoraat.example")}, {}, 0}, world.now,
                           ids);
  storage::import_contacts(db, mallory, {"vCard", {card("mallory", "nora@qxmalloryat.example")}, {}, 0},
                           world.now, ids);
  // Of somebody who stands in everybody's request too.
  storage::import_contacts(db, mallory, {"vCard", {card("gail", gail_at)}, {}, 0}, world.now, ids);
  storage::add_do_not_ask(db, dora, mallory, "qxunwanted@far.example");
  storage::add_do_not_ask(db, id_of(gail_at), dora, "qxgailsunwanted@far.example");
  Preferences unnamed_one;
  unnamed_one.shown = Shown::anonymous;
  storage::save_preferences(db, id_of(bob_at), unnamed_one);
  storage::add_webhook(db, hook(world, dora, "hook"));
  storage::add_webhook(db, hook(world, std::nullopt, "everyhook"));
  storage::ImportRow import;
  import.id = storage::ImportId{ids()};
  import.owner = dora;
  import.file_name = "qximportfile.vcf";
  import.created_at = world.now;
  storage::add_import(db, import, "qximportcontent");
}

void CanaryWorld::ask_for(const std::string& writer, const std::string& cc, const std::string& subject,
                          const std::string& body) {
  static int count = 0;
  world.write(writer, "intro@intro.test",
              "From: " + writer + "\r\nTo: intro@intro.test\r\n" + (cc.empty() ? "" : "Cc: " + cc + "\r\n") +
                  "Subject: " + subject + "\r\nMessage-ID: <canary" + std::to_string(++count) +
                  "@example.org>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + body);
  world.send();
}

void CanaryWorld::press(const std::string& writer, const std::string& ends, const std::string& more) {
  const std::string link = world.link(world.latest(writer, ends), "d", ends);
  world.press(link, ends.substr(1), more);
  world.send();
}

// Tokens and browsers are seen once a day; this is today's time.
void CanaryWorld::see_guests() {
  storage::Transaction transaction(world.engine.db);
  world.engine.db.run("UPDATE api_tokens SET used_at = $1", {unix_seconds(world.now)});
  world.engine.db.run("UPDATE browsers SET seen_at = $1", {unix_seconds(world.now)});
  transaction.commit();
}

void CanaryWorld::go_on() {
  stage = static_cast<Stage>(steps++);
  live();
  see_guests();
}

void CanaryWorld::live() {
  const auto confirm = [this](const std::string& who) {
    world.press(world.link(world.latest(who, "/confirm/"), "confirm"), "confirm");
    world.send();
    return storage::recent_introductions(world.engine.db, 1).front().id;
  };
  switch (stage) {
    case Stage::drafted:
      ask_for(mallory_at, christine_at, "Una Weber, Mill", mallorys_asking);
      mallorys = confirm(mallory_at);
      world.now += 1min;
      ask_for(alice_at, "", "Tom Reuter, Quarry", unnamed_asking);
      unnamed = confirm(alice_at);
      choose_unnamed();
      world.now += 1min;
      ask_for(alice_at, std::string(dora_at) + ", " + christine_at, "Gail Okafor, Steady Mail", asking);
      return;
    case Stage::asked: first = confirm(alice_at); return;
    case Stage::refusal_held: return press(dora_at, "/decline", "&silent=1&note=qxprivateno");
    case Stage::refused: return world.pass(11min);
    case Stage::asked_next: return world.pass(std::chrono::days{15});
    case Stage::changes_wanted:
      press(christine_at, "/changes", "&note=Please+say+qxquestion+first");
      return world.pass(11min);
    case Stage::asked_again:
      world.reply(world.latest(alice_at, "qxquestion"), asking_again);
      return world.send();
    case Stage::forward_held: return press(christine_at, "/forward", "&note=qxendorsement");
    case Stage::forwarded: return world.pass(11min);
    case Stage::acceptance_held: return press(gail_at, "/accept", "");
    case Stage::introduced: return world.pass(11min);
  }
}

void CanaryWorld::choose_unnamed() {
  const std::string link = world.link(world.latest(alice_at, "/choose/"), "choose");
  world.press(link, "choose", "&connector=" + link.substr(link.rfind('/') + 1));
  world.send();
}

std::vector<std::string> CanaryWorld::mailed_paths(Who who) const {
  std::vector<std::string> out;
  for (const KeptMail& mail : world.mails) {
    if (mail.row.recipient != address_of(who)) continue;
    for (const std::string& link : links_in(mail.letter.html))
      if (const auto path = own_path(link)) out.push_back(*path);
  }
  return out;
}

}  // namespace tertius::flow
