// tertius: one program, many subcommands.
#include <sodium.h>

#include <cstdlib>
#include <iostream>

#include "daemon/main/commands.hpp"
#include "storage/db.hpp"

namespace {

using namespace tertius;
using namespace tertius::daemon;

void complain(const std::string& what, const std::string& hint) {
  std::cerr << "tertius: " << what << "\n";
  if (!hint.empty()) std::cerr << "  hint: " << hint << "\n";
}

int exit_code(storage::StorageTrouble trouble) {
  switch (trouble) {
    case storage::StorageTrouble::busy:
    case storage::StorageTrouble::full:
    case storage::StorageTrouble::taken: return exit_try_later;
    case storage::StorageTrouble::too_new:
    case storage::StorageTrouble::broken:
    case storage::StorageTrouble::conflict: return exit_software;
  }
  return exit_software;
}

int run(const Chosen& chosen) {
  try {
    return chosen();
  } catch (const CommandFailure& e) {
    complain(e.failure.what, e.failure.hint);
    return e.code;
  } catch (const storage::StorageError& e) {
    complain(e.what(), e.hint);
    return exit_code(e.trouble);
  } catch (const std::exception& e) {
    complain(e.what(), {});
    return exit_software;
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (sodium_init() < 0) return exit_software;
  CLI::App app{"Tertius brokers introductions over email.", "tertius"};
  app.set_version_flag("--version", TERTIUS_VERSION);
  app.require_subcommand(1);
  Chosen chosen;
  add_try(app, chosen);
  add_serve(app, chosen);
  add_people(app, chosen);
  add_find(app, chosen);
  add_import(app, chosen);
  add_introductions(app, chosen);
  add_mail(app, chosen);
  add_explain(app, chosen);
  add_preview(app, chosen);
  add_coach(app, chosen);
  add_mine_mail(app, chosen);
  add_privacy(app, chosen);
  add_setup(app, chosen);
  add_doctor(app, chosen);
  add_backup(app, chosen);
  add_storage(app, chosen);
  add_token_command(app, chosen);
  add_webhook_command(app, chosen);
  add_status(app, chosen);
  add_carddav_command(app, chosen);
  add_key_command(app, chosen);
  add_audit_command(app, chosen);
  add_manual(app, chosen);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const int code = app.exit(e);
    return code == 0 ? 0 : exit_usage;
  }
  return run(chosen);
}

void tertius::daemon::add_config_option(CLI::App& command, std::string& path) {
  // Not CLI11's envname(): where two commands share a variable, the variable of the one that was not called
  // would win over the -c of the one that was.
  const char* const named = std::getenv("TERTIUS_CONFIG");
  path = named && *named ? named : usual_config;
  command.add_option("-c,--config", path, "The configuration; otherwise TERTIUS_CONFIG names it")
      ->capture_default_str();
}
