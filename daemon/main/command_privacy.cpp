// export, erase
#include <boost/json/object.hpp>
#include <iostream>

#include "daemon/erase.hpp"
#include "daemon/export.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

struct PrivacyOptions {
  std::string config, address;
  bool yes = false, json = false;
};

Person must_find_person(storage::Database& db, const std::string& address) {
  const auto person = storage::find_person_by_address(db, must_parse_address(address));
  if (!person) throw CommandFailure{exit_no_user, {address + " is nobody's address here", ""}};
  return *person;
}

int export_one(const PrivacyOptions& options) {
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const PersonId person = must_find_person(place->db, options.address).id;
  const auto known = export_person(place->engine, person);
  note(*place, storage::AuditAct::exported, storage::by_person(person));
  transaction.commit();
  print_json(known);
  return 0;
}

void confirm(const Person& person) {
  std::cerr << "Erase " << printable(person_label(person))
            << ", their contacts and their words, for good? Type the word erase: ";
  std::string word;
  std::getline(std::cin, word);
  if (word != "erase") throw CommandFailure{exit_usage, {"nothing was erased", "--yes does not ask"}};
}

int erase_one(const PrivacyOptions& options) {
  const auto place = open_workplace(options.config);
  const Person person = must_find_person(place->db, options.address);
  if (!options.yes) confirm(person);
  storage::Transaction transaction(place->db);
  erase_person(place->engine, person.id, storage::by_operator);
  transaction.commit();
  if (options.json)
    print_json(boost::json::object{{"erased", options.address}});
  else
    std::cout << printable(person_label(person)) << " is erased.\n";
  return 0;
}

}  // namespace

void add_privacy(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<PrivacyOptions>();
  auto* exporting =
      app.add_subcommand("export", "All that is known about a person and theirs to know, as JSON");
  add_config_option(*exporting, options->config);
  exporting->add_option("address", options->address, "alice@example.org")->required();
  exporting->add_flag("--json", options->json, "It always is");
  exporting->callback([&chosen, options] { chosen = [options] { return export_one(*options); }; });

  auto* erasing = app.add_subcommand("erase", "Erase a person; only a hash remembers never to mail them");
  add_config_option(*erasing, options->config);
  erasing->add_option("address", options->address, "alice@example.org")->required();
  erasing->add_flag("--yes", options->yes, "Do not ask");
  erasing->add_flag("--json", options->json);
  erasing->callback([&chosen, options] { chosen = [options] { return erase_one(*options); }; });
}

}  // namespace tertius::daemon
