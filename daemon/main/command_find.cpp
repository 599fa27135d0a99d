// find
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "broker/tiers.hpp"
#include "daemon/asking.hpp"
#include "daemon/connectors.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"

namespace tertius::daemon {

namespace {

constexpr std::size_t most_shown = 10;

struct FindOptions {
  std::string config, who, member;
  bool json = false, why = false, all = false;
};

// One who could be written to.
struct Shown {
  Person person;
  Tier tier = Tier::weak;
  std::vector<std::string> reasons;
  std::vector<ScorePart> parts;
  double score = 0;
  bool named = true;
};
struct Found {
  Person target;
  int degree = 0;  // 2 or 3; 0: there is no way
  std::vector<Shown> shown;
};

boost::json::value parts_json(const Shown& one) {
  boost::json::array parts;
  for (const auto& part : one.parts)
    parts.push_back(
        boost::json::object{{"name", part.name}, {"value", part.value}, {"evidence", part.evidence}});
  return boost::json::object{{"score", one.score}, {"parts", parts}};
}

boost::json::value found_json(const Found& found, bool why) {
  boost::json::array connectors;
  for (const Shown& one : found.shown) {
    if (!one.named) continue;
    boost::json::array reasons;
    for (const auto& reason : one.reasons) reasons.push_back(boost::json::value(reason));
    boost::json::object connector{{"email", one.person.address ? text(*one.person.address) : ""},
                                  {"name", one.person.name},
                                  {"tier", tier_name(one.tier)},
                                  {"reasons", reasons}};
    if (why) connector["why"] = parts_json(one);
    connectors.push_back(std::move(connector));
  }
  return boost::json::object{
      {"target", to_json(found.target)},
      {"degree", found.degree == 0 ? boost::json::value() : boost::json::value(found.degree)},
      {"connectors", connectors},
      {"unnamed", std::ranges::count(found.shown, false, &Shown::named)}};
}

std::string_view heading(int degree) {
  switch (degree) {
    case 2: return "Who can introduce you to ";
    case 3: return "Nobody is known to know both of you; who can pass it on to somebody who knows ";
    default: return "Nobody is known to know both of you: ";
  }
}

void print_calculation(const Shown& one) {
  for (const auto& part : one.parts)
    std::cout << "        " << part.name << " = " << part.value << "  " << printable(part.evidence) << "\n";
  std::cout << "        score = " << one.score << "  the product of these, 1 at most; " << tier_name(one.tier)
            << " from " << least_score(one.tier) << " on\n";
}

void print_found(const Found& found, bool why) {
  std::cout << heading(found.degree) << printable(person_label(found.target))
            << (found.degree == 0 ? "\n" : ":\n");
  for (const Shown& one : found.shown) {
    if (!one.named) {
      std::cout << "  " << tier_name(one.tier) << "  somebody who would rather not be named\n";
      continue;
    }
    std::cout << "  " << tier_name(one.tier) << "  " << printable(person_label(one.person))
              << (one.person.address ? " <" + text(*one.person.address) + ">" : "") << "\n";
    for (const auto& reason : one.reasons) std::cout << "        " << printable(reason) << "\n";
    if (why) print_calculation(one);
  }
}

Found find_for(Engine& engine, PersonId requester, const Person& target) {
  Found found{target, 0, {}};
  for (auto& one : find_connectors(engine, requester, target.id)) {
    auto& ranked = one.ranked;
    std::vector<std::string> reasons;
    for (const Wording& reason : ranked.reasons) reasons.push_back(say(reason));
    found.degree = one.onward ? 3 : 2;
    found.shown.push_back(
        {one.person, ranked.tier, std::move(reasons), std::move(ranked.parts), ranked.score, one.named});
  }
  return found;
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
  Found found = find_for(place->engine, member.id, std::get<Person>(target));
  if (!options.all) found.shown.resize(std::min(found.shown.size(), most_shown));
  if (options.json)
    print_json(found_json(found, options.why));
  else
    print_found(found, options.why);
  return 0;
}

}  // namespace

void add_find(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<FindOptions>();
  auto* finding = app.add_subcommand("find", "Who can introduce a member to somebody, with tier and reasons");
  add_config_option(*finding, options->config);
  finding->add_option("who", options->who, "\"Gail Goodman, Constant Contact\", or an address")->required();
  finding->add_option("--for", options->member, "The member who wants to meet them")->required();
  finding->add_flag("--why", options->why, "Show the whole calculation");
  finding->add_flag("--all", options->all, "Everybody who can; else the best ten");
  finding->add_flag("--json", options->json);
  finding->callback([&chosen, options] { chosen = [options] { return find(*options); }; });
}

}  // namespace tertius::daemon
