// carddav: address books that members have linked
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "broker/time.hpp"
#include "contacts/read_contacts.hpp"
#include "daemon/book_loop.hpp"
#include "daemon/desk.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "daemon/secret_file.hpp"
#include "storage/people.hpp"
#include "web/address_books.hpp"
#include "web/api_json.hpp"

namespace tertius::daemon {

namespace {

struct CarddavOptions {
  std::string config, member, url, user, password_file, id;
  bool json = false, forget = false;
};

std::string owner_of(storage::Database& db, const storage::LinkedBook& book) {
  const Person person = storage::load_person(db, book.owner);
  return person.address ? text(*person.address) : person_label(person);
}

boost::json::object book_json(storage::Database& db, const storage::LinkedBook& book, Time now) {
  return {{"id", web::id_text(book.id)},
          {"member", owner_of(db, book)},
          {"url", book.url},
          {"user", book.user_name},
          {"name", book.name},
          {"cards", book.cards},
          {"standing", web::standing_of(book, now).text},
          {"synced_at", web::json_time(book.synced_at)},
          {"what", book.what},
          {"hint", book.hint}};
}

std::vector<storage::LinkedBook> books_wanted(Workplace& place, const CarddavOptions& options) {
  constexpr int most_listed = 100'000;
  if (options.member.empty()) return storage::recent_books(place.db, most_listed);
  return storage::books_of(place.db, must_find_member(place.db, options.member).id);
}

storage::LinkedBook must_find_book(storage::Database& db, const std::string& text) {
  const auto id = web::find_id<storage::BookId>(text);
  const auto book = id ? storage::find_book(db, *id) : std::nullopt;
  if (!book)
    throw CommandFailure{exit_data,
                         {"there is no address book " + text, "tertius carddav list has their ids"}};
  return *book;
}

int add_book(const CarddavOptions& options) {
  const auto password = read_secret_file(options.password_file);
  if (!password) throw CommandFailure{exit_no_input, password.error()};
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const PersonId owner = must_find_member(place->db, options.member).id;
  const auto made =
      web::link_book(make_desk(place->engine), owner, options.url, options.user, password.value());
  if (!made) throw CommandFailure{exit_data, made.error()};
  transaction.commit();
  if (options.json)
    print_json(book_json(place->db, made.value(), place->engine.now()));
  else
    std::cout << "address book " << web::id_text(made.value().id)
              << " is linked; the daemon reads it within a minute, tertius carddav sync at once.\n";
  return 0;
}

int list_books(const CarddavOptions& options) {
  const auto place = open_workplace(options.config);
  boost::json::array json;
  std::vector<std::vector<std::string>> rows{{"ID", "MEMBER", "URL", "CARDS", "READ", "STANDING"}};
  for (const auto& book : books_wanted(*place, options)) {
    json.push_back(book_json(place->db, book, place->engine.now()));
    rows.push_back(
        {web::id_text(book.id), owner_of(place->db, book), book.url, std::to_string(book.cards),
         book.synced_at ? time_text(*book.synced_at) : "never",
         web::standing_of(book, place->engine.now()).text + (book.what.empty() ? "" : ": " + book.what)});
  }
  options.json ? print_json(json) : print_table(rows);
  return 0;
}

BookReading claimed(Workplace& place, const CarddavOptions& options) {
  storage::Transaction transaction(place.db);
  const auto book = must_find_book(place.db, options.id);
  if (!storage::claim_this_book(place.db, book.id, place.engine.now()))
    throw CommandFailure{exit_try_later, {"this address book is just being read", "tertius carddav list"}};
  BookReading reading{book, storage::etags_of(place.db, book.id)};
  transaction.commit();
  return reading;
}

storage::ImportRow import_cards(Workplace& place, const storage::LinkedBook& book) {
  const std::string cards = storage::load_cards(place.db, book.id);
  Result<ContactFile> file = ContactFile{.format = "vCard", .contacts = {}, .skipped = {}};
  if (!cards.empty()) file = contacts::read_contacts(cards);
  if (!file) throw CommandFailure{exit_data, file.error()};
  storage::ImportRow row;
  row.id = storage::ImportId{place.engine.settings.ids()};
  row.owner = book.owner;
  row.file_name = storage::shown_name(book);
  row.book = book.id;
  return storage::import_at_once(place.db, row, file.value(), place.engine.now(), place.engine.settings.ids);
}

void print_sync(const storage::SyncedBook& found, const storage::ImportRow& import, bool json) {
  if (json)
    return print_json(boost::json::object{{"changed", found.changed.size()},
                                          {"gone", found.gone.size()},
                                          {"contacts_added", import.report.added},
                                          {"contacts_gone", import.gone}});
  std::cout << found.changed.size() << " cards new or changed, " << found.gone.size()
            << " gone: " << import.report.added << " new contacts, " << import.gone << " no longer named.\n";
}

int sync_book_now(const CarddavOptions& options) {
  const auto place = open_workplace(options.config);
  const auto& settings = place->engine.settings;
  const BookReading reading = claimed(*place, options);
  const auto found = read_linked_book(
      reading, {settings.links.keys, "tertius/" TERTIUS_VERSION, settings.private_address_books},
      [] { return false; });
  storage::Transaction transaction(place->db);
  const bool has_changed =
      save_look(place->db, reading.book, found, place->engine.now(), settings.address_book_interval);
  const auto book = storage::find_book(place->db, reading.book.id);
  const storage::ImportRow import = has_changed && book ? import_cards(*place, *book) : storage::ImportRow{};
  transaction.commit();
  if (!found) throw CommandFailure{exit_unavailable, found.error()};
  print_sync(found.value(), import, options.json);
  return 0;
}

int remove_book(const CarddavOptions& options) {
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const auto book = must_find_book(place->db, options.id);
  web::unlink_book(make_desk(place->engine), book.owner, book.id, options.forget);
  transaction.commit();
  if (options.json)
    print_json(boost::json::object{{"id", options.id}, {"removed", true}, {"forgotten", options.forget}});
  else
    std::cout << "address book " << options.id << " is unlinked"
              << (options.forget ? ", and what it brought goes\n" : "; what it brought stays\n");
  return 0;
}

}  // namespace

void add_carddav_command(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<CarddavOptions>();
  auto* carddav =
      app.add_subcommand("carddav", "Members' address books on other servers, read every few hours")
          ->require_subcommand(1);
  const auto add = [&](const char* name, const char* what, int (*run)(const CarddavOptions&)) {
    auto* command = carddav->add_subcommand(name, what);
    add_config_option(*command, options->config);
    command->add_flag("--json", options->json);
    command->callback([&chosen, options, run] { chosen = [options, run] { return run(*options); }; });
    return command;
  };
  auto* adding = add("add", "Link an address book", add_book);
  adding->add_option("member", options->member, "Whose it is: alice@example.org")->required();
  adding->add_option("url", options->url, "The address book, or its server: https://dav.example.org/")
      ->required();
  adding->add_option("--user", options->user, "The login there")->required();
  adding->add_option("--password-file", options->password_file, "A file that holds the password alone")
      ->required();
  auto* listing = add("list", "The linked address books, and how they stand", list_books);
  listing->add_option("--member", options->member, "Of this member alone");
  auto* syncing = add("sync", "Read one now", sync_book_now);
  syncing->add_option("id", options->id)->required();
  auto* removing = add("remove", "Unlink one", remove_book);
  removing->add_option("id", options->id)->required();
  removing->add_flag("--forget", options->forget, "And remove what it brought");
}

}  // namespace tertius::daemon
