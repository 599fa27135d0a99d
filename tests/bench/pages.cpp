// The pages of a community's decisions, for pages.py. Usage:
//   bench_pages seed FILE COUNT POSTS   a database, and a line "path<TAB>body" for each connector's press of
//   Forward bench_pages serve FILE              prints "port path"; path is one decision page
#include <fstream>
#include <iostream>

#include "daemon/log.hpp"
#include "daemon/service.hpp"
#include "storage/introductions.hpp"
#include "tests/bench/community.hpp"

namespace tertius::bench {
namespace {

// As the page's own form posts it. The nonce is made here: fetching each page first would measure that.
void write_post(std::ostream& out, const Introduction& introduction, const daemon::EngineSettings& settings) {
  const Links& links = settings.links;
  const Token token{number(introduction.id), Role::connector, TokenUse::decision, 1};
  const std::string text = make_token(token, links.key());
  const Time until = settings.clock() + std::chrono::minutes{30};
  out << "/d/" << text << "\taction=forward&nonce="
      << make_nonce("bench" + std::to_string(number(introduction.id)), text, until, links.key()) << "\n";
}

void seed(const std::string& file, int count, const std::string& posts) {
  auto db = new_community(file);
  daemon::Engine engine{db, community_settings()};
  add_requests(engine, count);
  std::ofstream out(posts);
  for (const auto& introduction : storage::recent_introductions(db, count))
    write_post(out, introduction, engine.settings);
}

void serve(const std::string& file) {
  daemon::start_log("info");
  daemon::ServiceSettings settings;
  settings.engine = community_settings();
  settings.web.host = settings.lmtp.host = "127.0.0.1";
  settings.relay.connections = 0;
  auto db = open_community(file);
  daemon::Engine engine{db, settings.engine};
  const std::string path = decision_path(engine);
  daemon::Service service(std::move(db), std::move(settings));
  std::cout << service.web_port() << " " << path << std::endl;
  service.run();
}

int run(const std::vector<std::string>& arguments) {
  const std::string job = arguments.empty() ? "" : arguments[0];
  if (job == "seed" && arguments.size() == 4)
    return seed(arguments[1], std::stoi(arguments[2]), arguments[3]), 0;
  if (job == "serve" && arguments.size() == 2) return serve(arguments[1]), 0;
  return std::cerr << "usage: see pages.cpp\n", 64;
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) { return tertius::bench::run({argv + 1, argv + argc}); }
