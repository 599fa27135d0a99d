// try: everything in one process, nothing to configure, nothing left behind.
#include <sodium.h>

#include <filesystem>
#include <iostream>
#include <thread>

#include "daemon/ids.hpp"
#include "daemon/log.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/service.hpp"
#include "daemon/try_pages.hpp"
#include "daemon/walkthrough.hpp"
#include "storage/migrate.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

struct TryOptions {
  unsigned short port = 8025;
  bool walkthrough = false;
};

// The temporary folder of one run.
struct Folder {
  Folder() {
    std::string path = (std::filesystem::temp_directory_path() / "tertius-try-XXXXXX").string();
    if (!mkdtemp(path.data())) throw std::runtime_error("no temporary folder can be made");
    where = path;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(where, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::filesystem::path where;
};

EngineSettings sandbox_settings(const TryOptions& options, const Sandbox& sandbox) {
  LinkKey key{1, {}};
  randombytes_buf(key.secret.data(), key.secret.size());
  EngineSettings out;
  out.links = {"http://localhost:" + std::to_string(options.port), "rowan.example", "intro", {key}};
  out.community = "Rowan Alumni";
  out.clock = sandbox.clock();
  out.ids = random_ids();
  if (options.walkthrough) out.on_step = sandbox.watch();
  return out;
}

void settle_in(storage::Database& db, const EngineSettings& settings, TryRoom& room) {
  storage::migrate(db);
  Engine engine{db, settings};
  storage::Transaction transaction(db);
  room.community = add_sample_people(engine);
  room.writer = storage::find_person_by_address(db, room.community.requester).value();
  room.sample = sample_request(db, room.community, room.writer);
  transaction.commit();
}

int walk(Service& service, TryRoom& room, const Links& links) {
  std::thread serving([&] { service.run(); });
  bool done = false;
  try {
    done = walk_through(service, room, links, std::cout);
  } catch (const std::exception& e) {
    std::cout << "-- stopped: " << e.what() << "\n";
  }
  service.stop();
  serving.join();
  return done ? 0 : exit_software;
}

int try_out(const TryOptions& options) {
  if (auto loaded = templates::load_catalogue(); !loaded) throw CommandFailure{exit_software, loaded.error()};
  start_log("warn");
  const Folder folder;
  TryRoom room;
  ServiceSettings settings;
  settings.engine = sandbox_settings(options, room.sandbox);
  settings.engine.private_address_books = true;
  settings.engine.private_webhooks = true;  // whoever tries them out has a server at hand
  settings.web = {{}, "127.0.0.1", options.port};
  settings.lmtp = room.lmtp = {{}, "127.0.0.1", 0};
  settings.try_room = &room;
  const Links links = settings.engine.links;
  settings.database_url = "sqlite:" + (folder.where / "tertius.db").string();
  storage::Database db = storage::open_database(settings.database_url);
  settle_in(db, settings.engine, room);
  Service service(std::move(db), std::move(settings));
  if (options.walkthrough) return walk(service, room, links);
  std::cout << "Open " << links.public_url << "/try in a browser. Ctrl-C ends it; nothing is kept.\n"
            << std::flush;
  service.run();
  return 0;
}

}  // namespace

void add_try(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<TryOptions>();
  auto* trying = app.add_subcommand(
      "try", "Try it all: a sample community, mail that stays inside, a page for every mailbox");
  trying->add_option("--port", options->port, "Where the page is served on this machine")
      ->capture_default_str()
      ->check(CLI::Range(1, 65535));
  trying->add_flag("--walkthrough", options->walkthrough,
                   "Play one whole introduction, print each step, and end");
  trying->callback([&chosen, options] { chosen = [options] { return try_out(*options); }; });
}

}  // namespace tertius::daemon
