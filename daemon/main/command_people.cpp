// member
#include <algorithm>
#include <boost/json/array.hpp>
#include <iostream>

#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/members.hpp"
#include "storage/people.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

struct MemberOptions {
  std::string config, address, name, organisation, title, language;
  bool json = false;
};

void check_language(const std::string& language) {
  const auto known = templates::languages();
  if (language.empty() || std::ranges::find(known, language) != known.end()) return;
  std::string all;
  for (const auto& one : known) all += (all.empty() ? "" : ", ") + one;
  throw CommandFailure{exit_usage, {"there are no mails in \"" + language + "\"", "languages: " + all}};
}

int add_member(const MemberOptions& options) {
  const auto place = open_workplace(options.config);
  const Address address = must_parse_address(options.address);
  storage::Transaction transaction(place->db);
  check_language(options.language);
  const auto before = storage::find_person_by_address(place->db, address);
  Person said;
  said.address = address;
  said.name = options.name;
  said.organisation = options.organisation;
  said.title = options.title;
  Person person = storage::join(place->db, said, place->engine.settings.ids).person;
  if (person.name.empty())
    throw CommandFailure{exit_usage, {"a member needs a name", "--name \"Alice Chen\""}};
  if (!options.language.empty()) {
    person.language = options.language;
    storage::save_person(place->db, person);
  }
  if (!before || !before->member)
    note(*place, storage::AuditAct::member_added, storage::by_person(person.id));
  transaction.commit();
  if (options.json)
    print_json(to_json(person));
  else
    std::cout << printable(person_label(person)) << " is a member.\n";
  return 0;
}

int list_members(const MemberOptions& options) {
  const auto place = open_workplace(options.config);
  boost::json::array all;
  std::vector<std::vector<std::string>> rows{{"ADDRESS", "NAME", "ORGANISATION"}};
  for (const Person& person : storage::list_members(place->db)) {
    all.push_back(to_json(person));
    rows.push_back({person.address ? text(*person.address) : "", person.name, person.organisation});
  }
  options.json ? print_json(all) : print_table(rows);
  return 0;
}

}  // namespace

void add_people(CLI::App& app, Chosen& chosen) {
  auto* member = app.add_subcommand("member", "Add members, or list them")->require_subcommand(1);
  auto member_options = std::make_shared<MemberOptions>();
  auto* add = member->add_subcommand("add", "Make somebody a member, or change a member's name");
  add_config_option(*add, member_options->config);
  add->add_option("address", member_options->address, "alice@example.org")->required();
  add->add_option("--name", member_options->name, "\"Alice Chen\"");
  add->add_option("--organisation", member_options->organisation);
  add->add_option("--title", member_options->title);
  add->add_option("--language", member_options->language, "Of the mails to them: en, de, fr, es or pt");
  add->add_flag("--json", member_options->json);
  add->callback(
      [&chosen, member_options] { chosen = [member_options] { return add_member(*member_options); }; });
  auto* list = member->add_subcommand("list", "List the members");
  add_config_option(*list, member_options->config);
  list->add_flag("--json", member_options->json);
  list->callback(
      [&chosen, member_options] { chosen = [member_options] { return list_members(*member_options); }; });
}

}  // namespace tertius::daemon
