#pragma once
// The subcommands. Each registers itself with its options and leaves in `chosen` what is to be run; it gives
// an exit code of sysexits.h, or throws CommandFailure.

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <functional>
#include <string>

#include "broker/result.hpp"

namespace tertius::daemon {

// sysexits.h
inline constexpr int exit_usage = 64, exit_data = 65, exit_no_input = 66, exit_no_user = 67,
                     exit_unavailable = 69, exit_software = 70, exit_cannot_create = 73, exit_try_later = 75,
                     exit_config = 78;

struct CommandFailure {
  int code = exit_software;
  Failure failure;
};

using Chosen = std::function<int()>;

void add_serve(CLI::App& app, Chosen& chosen);  // serve, check, config-reference
void add_try(CLI::App& app, Chosen& chosen);
void add_people(CLI::App& app, Chosen& chosen);  // member
void add_find(CLI::App& app, Chosen& chosen);
void add_import(CLI::App& app, Chosen& chosen);
void add_introductions(CLI::App& app, Chosen& chosen);  // request, show, list
void add_mail(CLI::App& app, Chosen& chosen);           // inject, outbox, letters
void add_explain(CLI::App& app, Chosen& chosen);
void add_preview(CLI::App& app, Chosen& chosen);
void add_coach(CLI::App& app, Chosen& chosen);
void add_mine_mail(CLI::App& app, Chosen& chosen);
void add_privacy(CLI::App& app, Chosen& chosen);  // export, erase
void add_setup(CLI::App& app, Chosen& chosen);
void add_doctor(CLI::App& app, Chosen& chosen);
void add_backup(CLI::App& app, Chosen& chosen);   // backup, restore
void add_storage(CLI::App& app, Chosen& chosen);  // migrate, move-storage
void add_token_command(CLI::App& app, Chosen& chosen);
void add_webhook_command(CLI::App& app, Chosen& chosen);
void add_carddav_command(CLI::App& app, Chosen& chosen);
void add_audit_command(CLI::App& app, Chosen& chosen);
void add_key_command(CLI::App& app, Chosen& chosen);
void add_status(CLI::App& app, Chosen& chosen);
void add_manual(CLI::App& app, Chosen& chosen);  // manual, completion

// Where packages put it; a command that needs none does without where there is none.
inline constexpr const char* usual_config = "/etc/tertius/tertius.toml";

// Every command that reads the configuration has -c.
void add_config_option(CLI::App& command, std::string& path);

}  // namespace tertius::daemon
