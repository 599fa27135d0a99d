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
#include "storage/erase.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

struct PrivacyOptions {
  std::string config, address, out;
  bool yes = false, json = false;
};

// Nobody in `people`: a stranger who wrote, or was answered.
struct Whom {
  Address address;
  std::optional<Person> person = std::nullopt;
};

Whom must_find(storage::Database& db, const std::string& address) {
  Whom whom{must_parse_address(address)};
  whom.person = storage::find_person_by_address(db, whom.address);
  if (!whom.person && !storage::has_mails_of(db, whom.address))
    throw CommandFailure{exit_no_user, {address + " is nobody's address here", ""}};
  return whom;
}

std::vector<Address> addresses_of(storage::Database& db, const Whom& whom) {
  return whom.person ? storage::addresses_of(db, whom.person->id) : std::vector{whom.address};
}

// A file for its reader alone, and never over something that is there. Gone again unless it was kept.
class NewFile {
 public:
  explicit NewFile(fs::path path) : path_(std::move(path)) {
    const int made = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (made < 0)
      throw CommandFailure{exit_cannot_create,
                           {path_.string() + " cannot be made: " + std::generic_category().message(errno),
                            "--out names a folder without an earlier export"}};
    ::close(made);
    out.open(path_, std::ios::binary);
  }
  ~NewFile() {
    std::error_code ignored;
    if (!is_kept_) fs::remove(path_, ignored);
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void must_finish() {
    out.close();
    if (!out)
      throw CommandFailure{exit_cannot_create,
                           {path_.string() + " cannot be written whole", "is the disk full?"}};
  }
  void keep() { is_kept_ = true; }
  std::string name() const { return path_.string(); }

  std::ofstream out;

 private:
  fs::path path_;
  bool is_kept_ = false;
};

void must_make(const fs::path& folder) {
  std::error_code error;
  if (fs::create_directory(folder, error)) fs::permissions(folder, fs::perms::owner_all);
  if (error)
    throw CommandFailure{exit_cannot_create,
                         {folder.string() + " cannot be made: " + error.message(), "is its parent there?"}};
}

// person.json and mails.mbox; both or neither, so that a second try finds its place.
void write_files(Engine& engine, const std::vector<Address>& addresses, const json::object& known,
                 const fs::path& folder) {
  must_make(folder);
  NewFile data(folder / "person.json"), mbox(folder / "mails.mbox");
  data.out << json::serialize(known) << "\n";
  data.must_finish();
  const auto count = export_mails(engine, addresses, [&](const std::string& entry) { mbox.out << entry; });
  mbox.must_finish();
  data.keep();
  mbox.keep();
  std::cout << data.name() << " has what is known, " << mbox.name() << " " << count
            << (count == 1 ? " mail.\n" : " mails.\n");
}

// Before it is read: that takes a while, and nobody else writes to SQLite during a transaction of ours.
void note_export(Workplace& place, const Whom& whom) {
  storage::Transaction transaction(place.db);
  note(place, storage::AuditAct::exported,
       whom.person ? storage::by_person(whom.person->id) : remembered_as(place.db, whom.address));
  transaction.commit();
}

int export_one(const PrivacyOptions& options) {
  const auto place = open_workplace(options.config);
  const Whom whom = must_find(place->db, options.address);
  note_export(*place, whom);
  const json::object known = whom.person ? export_person(place->engine, whom.person->id)
                                         : export_stranger(place->engine, whom.address);
  if (options.out.empty())
    print_json(known);
  else
    write_files(place->engine, addresses_of(place->db, whom), known, options.out);
  return 0;
}

std::string label_of(const Whom& whom) {
  return printable(whom.person ? person_label(*whom.person) : text(whom.address));
}

void confirm(const Whom& whom) {
  std::cerr << "Erase " << label_of(whom)
            << (whom.person ? ", their contacts and their words" : ", their letters and the mails to them")
            << ", for good? Type the word erase: ";
  std::string word;
  std::getline(std::cin, word);
  if (word != "erase") throw CommandFailure{exit_usage, {"nothing was erased", "--yes does not ask"}};
}

int erase_one(const PrivacyOptions& options) {
  const auto place = open_workplace(options.config);
  const Whom whom = must_find(place->db, options.address);
  if (!options.yes) confirm(whom);
  storage::Transaction transaction(place->db);
  if (whom.person)
    erase_person(place->engine, whom.person->id, storage::by_operator);
  else
    erase_stranger(place->engine, whom.address, storage::by_operator);
  transaction.commit();
  if (options.json)
    print_json(json::object{{"erased", options.address}});
  else
    std::cout << label_of(whom) << " is erased.\n";
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
