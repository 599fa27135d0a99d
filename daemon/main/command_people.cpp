// member, find
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "broker/request.hpp"
#include "daemon/asking.hpp"
#include "daemon/connectors.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/own_words.hpp"
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
  auto person = storage::find_person_by_address(place->db, address);
  const bool known = person.has_value();
  if (!known) {
    person.emplace();
    person->id = PersonId{place->engine.settings.ids()};
    person->address = address;
  }
  if (!person->member) {
    // Until now these were what others' contact files say.
    if (known) storage::keep_words_of_owners(place->db, person->id);
    *person = storage::with_words(std::move(*person), {});
    person->address = address;
    person->profile_url.clear();
  }
  person->member = true;
  if (!options.name.empty()) person->name = options.name;
  if (!options.organisation.empty()) person->organisation = options.organisation;
  if (!options.title.empty()) person->title = options.title;
  check_language(options.language);
  if (!options.language.empty()) person->language = options.language;
  if (person->name.empty())
    throw CommandFailure{exit_usage, {"a member needs a name", "--name \"Alice Chen\""}};
  known ? storage::save_person(place->db, *person) : storage::add_person(place->db, *person);
  transaction.commit();
  if (options.json)
    print_json(to_json(*person));
  else
    std::cout << printable(person_label(*person)) << " is a member.\n";
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

struct FindOptions {
  std::string config, who, member;
  bool json = false, why = false;
};

boost::json::value found_json(const Person& target, const std::vector<FoundConnector>& found) {
  boost::json::array connectors;
  for (const auto& [person, ranked, named, handle] : found) {
    if (!named) continue;
    boost::json::array reasons;
    for (const auto& reason : ranked.reasons) reasons.push_back(boost::json::value(say(reason)));
    connectors.push_back(boost::json::object{{"email", person.address ? text(*person.address) : ""},
                                             {"name", person.name},
                                             {"tier", tier_name(ranked.tier)},
                                             {"reasons", reasons}});
  }
  return boost::json::object{{"target", to_json(target)},
                             {"degree", found.empty() ? boost::json::value() : boost::json::value(2)},
                             {"connectors", connectors},
                             {"unnamed", std::ranges::count(found, false, &FoundConnector::named)}};
}

void print_found(const Person& target, const std::vector<FoundConnector>& found, bool why) {
  std::cout << (found.empty() ? "Nobody is known to know both of you: " : "Who can introduce you to ")
            << printable(person_label(target)) << (found.empty() ? "\n" : ":\n");
  for (const auto& [person, ranked, named, handle] : found) {
    if (!named) {
      std::cout << "  " << tier_name(ranked.tier) << "  somebody who would rather not be named\n";
      continue;
    }
    std::cout << "  " << tier_name(ranked.tier) << "  " << printable(person_label(person))
              << (person.address ? " <" + text(*person.address) + ">" : "") << "\n";
    for (const auto& reason : ranked.reasons) std::cout << "        " << printable(say(reason)) << "\n";
    if (!why) continue;
    for (const auto& part : ranked.parts)
      std::cout << "        " << part.name << " = " << part.value << "  " << printable(part.evidence) << "\n";
  }
}

int find(const FindOptions& options) {
  const auto place = open_workplace(options.config);
  const Person member = must_find_member(place->db, options.member);
  const auto target = find_target(place->engine, options.who, member.id);
  if (const auto* turned = std::get_if<Turned>(&target)) {
    std::string what = say(turned->what);
    for (const Person& candidate : turned->candidates) what += "\n  " + printable(person_label(candidate));
    throw CommandFailure{exit_data, {what, say(turned->hint)}};
  }
  const Person& person = std::get<Person>(target);
  const auto found = find_connectors(place->engine, member.id, person.id);
  if (options.json)
    print_json(found_json(person, found));
  else
    print_found(person, found, options.why);
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

  auto find_options = std::make_shared<FindOptions>();
  auto* finding = app.add_subcommand("find", "Who can introduce a member to somebody, with tier and reasons");
  add_config_option(*finding, find_options->config);
  finding->add_option("who", find_options->who, "\"Gail Goodman, Constant Contact\", or an address")
      ->required();
  finding->add_option("--for", find_options->member, "The member who wants to meet them")->required();
  finding->add_flag("--why", find_options->why, "Show the whole calculation");
  finding->add_flag("--json", find_options->json);
  finding->callback([&chosen, find_options] { chosen = [find_options] { return find(*find_options); }; });
}

}  // namespace tertius::daemon
