// mine-mail: whom a member writes with, from their own mail, on their own machine. Needs no configuration.
#include <unistd.h>

#include <array>
#include <fstream>
#include <iostream>

#include "contacts/mail_evidence.hpp"
#include "daemon/ids.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "daemon/mining.hpp"

namespace tertius::daemon {

namespace {

struct MineOptions {
  std::vector<std::string> paths, mine;
  std::string file{"-"};
};

void show_progress(const Mining& done, std::size_t files) {
  if (isatty(STDERR_FILENO) == 0) return;
  const bool is_last = done.files == files;
  if (done.files % 256 != 0 && !is_last) return;
  std::cerr << "\r" << done.files << " of " << files << " files, " << done.letters << " letters"
            << (is_last ? "\n" : "") << std::flush;
}

std::string counted(std::size_t count, const char* one, const char* many) {
  return std::to_string(count) + " " + (count == 1 ? one : many);
}

void explain(const Mining& done, const contacts::Interactions& interactions, std::size_t people) {
  const contacts::Passed& passed = interactions.passed();
  const std::string crowd = "with " + std::to_string(contacts::too_many_participants) + " others or more";
  const std::array<std::pair<std::size_t, std::string>, 6> reasons{
      {{passed.automatic, "from lists and robots"},
       {passed.crowded, crowd},
       {passed.strangers, "neither from nor to you"},
       {passed.again, "copies of others"},
       {done.undated, "without a date"},
       {done.no_mail, "files that hold no mail"}}};
  std::cerr << counted(done.letters, "letter", "letters") << " read, " << interactions.counted()
            << " counted.\n";
  for (const auto& [count, why] : reasons)
    if (count > 0) std::cerr << "  passed over: " << count << " " << why << "\n";
  for (const Failure& failure : done.unreadable)
    std::cerr << "  passed over: " << printable(failure.what) << "\n";
  std::cerr << counted(people, "person", "people") << " wrote to you and got mail from you.\n";
}

void write_file(const std::string& path, const std::string& bytes) {
  if (path == "-") {
    std::cout << bytes << std::flush;
    return;
  }
  std::ofstream file(path, std::ios::binary);
  file << bytes << std::flush;
  if (!file)
    throw CommandFailure{exit_no_input, {path + " cannot be written.", "Name another file with --output."}};
}

int run(const MineOptions& options) {
  std::vector<Address> mine;
  for (const std::string& address : options.mine) mine.push_back(must_parse_address(address));
  contacts::Interactions interactions(mine, system_clock()());
  const auto done = mine_mail({options.paths.begin(), options.paths.end()}, interactions, show_progress);
  if (!done) throw CommandFailure{exit_no_input, done.error()};
  const auto people = interactions.both_ways();
  explain(done.value(), interactions, people.size());
  if (done.value().letters == 0)
    throw CommandFailure{exit_data,
                         {"There is no mail there.", "Name a Maildir, an mbox file, or a folder of them."}};
  if (people.empty())
    throw CommandFailure{exit_data,
                         {"Nobody wrote to you and got mail from you.",
                          "Name all your addresses with --me, and the folder of what you sent too."}};
  write_file(options.file, contacts::write_mail_evidence(people));
  if (options.file != "-")
    std::cerr << "Nothing has left this machine. Look " << options.file
              << " over, strike out what you like, and then: tertius import " << options.file << " --member "
              << options.mine.front() << ", or the page \"My contacts\".\n";
  return 0;
}

}  // namespace

void add_mine_mail(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<MineOptions>();
  auto* mining = app.add_subcommand(
      "mine-mail", "Whom you write with, from the headers of your own mail: a file that import takes");
  mining->add_option("mail", options->paths, "Maildirs, mbox files, or folders of them")->required();
  mining->add_option("--me", options->mine, "An address of yours; once for each")->required()->expected(1);
  mining->add_option("-o,--output", options->file, "Where the result goes; - is standard output")
      ->capture_default_str();
  mining->callback([&chosen, options] { chosen = [options] { return run(*options); }; });
}

}  // namespace tertius::daemon
