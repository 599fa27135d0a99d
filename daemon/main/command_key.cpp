// key: what signs the links in mails
#include <iostream>

#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"

namespace tertius::daemon {

namespace {

constexpr const char* then = "The daemon takes it up with: systemctl reload tertius\n";

int list_keys(const std::string& path) {
  const auto keys = load_link_keys(must_read_config(path).link_key_file);
  if (!keys) throw CommandFailure{exit_config, keys.error()};
  for (const LinkKey& key : keys.value())
    std::cout << unsigned{key.id}
              << (&key == &keys.value().front() ? "  signs and verifies\n" : "  verifies\n");
  return 0;
}

int rotate_key(const std::string& path) {
  const Config config = must_read_config(path);
  const auto key = rotate_link_keys(config.link_key_file);
  if (!key) throw CommandFailure{exit_config, key.error()};
  note_done(config, storage::AuditAct::key_rotated, "key " + std::to_string(key.value().id));
  std::cout << "Key " << unsigned{key.value().id}
            << " signs from now on; links that are in mails go on working.\n"
            << then;
  return 0;
}

int forget_key(const std::string& path, unsigned id) {
  const Config config = must_read_config(path);
  if (auto done = forget_link_key(config.link_key_file, static_cast<std::uint8_t>(id)); !done)
    throw CommandFailure{exit_data, done.error()};
  note_done(config, storage::AuditAct::key_forgotten, "key " + std::to_string(id));
  std::cout << "Key " << id << " is forgotten: links that it signed are dead.\n" << then;
  return 0;
}

}  // namespace

void add_key_command(CLI::App& app, Chosen& chosen) {
  auto* key = app.add_subcommand("key", "The keys that sign the links in mails")->require_subcommand(1);
  auto path = std::make_shared<std::string>();
  const auto add = [&](const char* name, const char* what, std::function<int()> run) {
    auto* command = key->add_subcommand(name, what);
    add_config_option(*command, *path);
    command->callback([&chosen, run] { chosen = run; });
    return command;
  };
  add("list", "Their numbers, the one that signs first", [path] { return list_keys(*path); });
  add("rotate", "Make a new one, which signs from now on; what the others signed goes on working",
      [path] { return rotate_key(*path); });
  auto id = std::make_shared<unsigned>(0);
  add("forget",
      "End one that somebody else has got: links that it signed are dead, and passwords of address books "
      "that were "
      "kept under it have to be given again",
      [path, id] { return forget_key(*path, *id); })
      ->add_option("id", *id, "Which, as tertius key list has it")
      ->required()
      ->check(CLI::Range(0, 254));
}

}  // namespace tertius::daemon
