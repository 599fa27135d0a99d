// export, erase
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "daemon/erase.hpp"
#include "daemon/export.hpp"
#include "daemon/export_mails.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct PrivacyOptions {
  std::string config, address, out;
  bool yes = false, json = false;
};

Person must_find_person(storage::Database& db, const std::string& address) {
  const auto person = storage::find_person_by_address(db, must_parse_address(address));
  if (!person) throw CommandFailure{exit_no_user, {address + " is nobody's address here", ""}};
  return *person;
}

// For its reader alone, and never over something that is there.
std::ofstream must_create(const fs::path& file) {
  const int made = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (made < 0)
    throw CommandFailure{exit_cannot_create,
                         {file.string() + " cannot be made: " + std::generic_category().message(errno),
                          "--out names a folder without an earlier export"}};
  ::close(made);
  return std::ofstream(file, std::ios::binary);
}

void must_finish(std::ofstream& out, const fs::path& file) {
  out.close();
  if (out) return;
  std::error_code ignored;
  fs::remove(file, ignored);
  throw CommandFailure{exit_cannot_create, {file.string() + " cannot be written whole", "is the disk full?"}};
}

// person.json and mails.mbox.
void write_files(Engine& engine, PersonId person, const json::object& known, const fs::path& folder) {
  std::error_code error;
  if (fs::create_directory(folder, error)) fs::permissions(folder, fs::perms::owner_all);
  if (error)
    throw CommandFailure{exit_cannot_create,
                         {folder.string() + " cannot be made: " + error.message(), "is its parent there?"}};
  const fs::path data = folder / "person.json", mails = folder / "mails.mbox";
  auto out = must_create(data);
  out << json::serialize(known) << "\n";
  must_finish(out, data);
  auto mbox = must_create(mails);
  const auto count = export_mails(engine, person, [&](const std::string& entry) { mbox << entry; });
  must_finish(mbox, mails);
  std::cout << data.string() << " has what is known, " << mails.string() << " " << count
            << (count == 1 ? " mail.\n" : " mails.\n");
}

int export_one(const PrivacyOptions& options) {
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const PersonId person = must_find_person(place->db, options.address).id;
  const auto known = export_person(place->engine, person);
  if (!options.out.empty()) write_files(place->engine, person, known, options.out);
  note(*place, storage::AuditAct::exported, storage::by_person(person));
  transaction.commit();
  if (options.out.empty()) print_json(known);
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
  exporting->add_option(
      "--out", options->out,
      "A folder to write person.json and mails.mbox in: also every letter of theirs and every "
      "mail to them that is still kept");
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
