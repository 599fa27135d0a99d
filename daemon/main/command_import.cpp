// import: a member's contact file is read, or the last one taken back
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <iostream>

#include "broker/time.hpp"
#include "contacts/read_contacts.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/import_list.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/imports.hpp"

namespace tertius::daemon {

namespace {

struct ImportOptions {
  std::string config, file, member, format;
  bool json = false, undo = false;
};

void print_import(const ContactFile& file, const storage::ImportRow& import) {
  const auto& report = import.report;
  std::cout << file.format << ": " << import.done << " people read, " << report.added << " new, "
            << report.merged << " added to, " << report.unchanged << " as they were.\n";
  if (import.gone > 0)
    std::cout << import.gone << " of your earlier file are not in this one and are no longer known from it; "
              << "tertius import --undo brings them back.\n";
  if (import.left_alone > 0)
    std::cout << import.left_alone
              << " of earlier files of this kind are not in it and stay: it names too few of "
              << "theirs to be the newer edition.\n";
  if (file.hidden > 0) std::cout << file.hidden << " hide themselves and were left out.\n";
  for (const auto& skipped : file.skipped)
    std::cout << "  row " << skipped.row << " skipped: " << printable(skipped.why) << "\n";
}

boost::json::value import_json(const ContactFile& file, const storage::ImportRow& import) {
  boost::json::array skipped;
  for (const auto& row : file.skipped)
    skipped.push_back(boost::json::object{{"row", row.row}, {"why", row.why}});
  const auto& report = import.report;
  return boost::json::object{
      {"format", file.format},           {"read", import.done},           {"added", report.added},
      {"merged", report.merged},         {"unchanged", report.unchanged}, {"gone", import.gone},
      {"left_alone", import.left_alone}, {"hidden", file.hidden},         {"skipped", skipped}};
}

std::string shown_file_name(const std::string& path) {
  return path == "-" ? "standard input" : std::filesystem::path(path).filename().string();
}

int import(const ImportOptions& options) {
  auto file = contacts::read_contacts(read_file(options.file));
  if (!file) throw CommandFailure{exit_data, {options.file + ": " + file.error().what, file.error().hint}};
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  storage::ImportRow row;
  row.id = storage::ImportId{place->engine.settings.ids()};
  row.owner = must_find_member(place->db, options.member).id;
  row.file_name = shown_file_name(options.file);
  const auto done =
      storage::import_at_once(place->db, row, file.value(), place->engine.now(), place->engine.settings.ids);
  transaction.commit();
  if (options.json)
    print_json(import_json(file.value(), done));
  else
    print_import(file.value(), done);
  return 0;
}

// The last one and no other, so that twice is as once.
int undo_import(const ImportOptions& options) {
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const Person owner = must_find_member(place->db, options.member);
  const auto imports = storage::imports_of(place->db, owner.id, 1);
  if (imports.empty())
    throw CommandFailure{
        exit_data,
        {options.member + " has imported nothing", "tertius import FILE --member " + options.member}};
  const auto& last = imports.front();
  const bool was_undone = last.state == storage::ImportState::undone;
  storage::undo_import(place->db, owner.id, last.id, place->engine.now());
  transaction.commit();
  if (options.json)
    print_json(boost::json::object{{"file_name", last.file_name}, {"undone_now", !was_undone}});
  else
    std::cout << printable(last.file_name) << " of " << time_text(last.created_at)
              << (was_undone ? " had been taken back before.\n" : " is taken back.\n");
  return 0;
}

int import_or_undo(const ImportOptions& options) {
  if (!options.format.empty() && !options.undo && !options.file.empty() && options.member.empty())
    return import_list(options.config, options.file, options.format, options.json);
  if (!options.format.empty())
    throw CommandFailure{exit_usage,
                         {"a list of members or ties is nobody's own", "a file and --format alone"}};
  if (options.member.empty())
    throw CommandFailure{exit_usage, {"whose contacts are these?", "--member alice@example.org"}};
  if (options.undo == options.file.empty()) return options.undo ? undo_import(options) : import(options);
  throw CommandFailure{exit_usage,
                       {"either a file is read, or the last one taken back", "a file, or --undo"}};
}

}  // namespace

void add_import(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<ImportOptions>();
  auto* importing = app.add_subcommand(
      "import", "Read a member's contacts: LinkedIn's archive or Connections.csv, CSV or vCard");
  add_config_option(*importing, options->config);
  importing->add_option("file", options->file, "The file, or - for standard input");
  importing->add_option("--member", options->member, "Whose contacts these are");
  importing->add_option("--format", options->format,
                        "An operator's list instead: members (email,name,organisation,title) or ties "
                        "(owner,contact,rating)");
  importing->add_flag("--undo", options->undo, "Take back what the member's last file brought");
  importing->add_flag("--json", options->json);
  importing->callback([&chosen, options] { chosen = [options] { return import_or_undo(*options); }; });
}

}  // namespace tertius::daemon
