// coach: what would have to be mended in a request, before it is sent. Needs no configuration and no daemon.
#include <iostream>

#include "broker/coach.hpp"
#include "broker/request.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "mail/read_letter.hpp"
#include "web/api_problem.hpp"

namespace tertius::daemon {

namespace {

struct CoachOptions {
  std::string file;
  bool json = false, rules = false;
};

Person person_of(const Mailbox& mailbox) {
  Person person;
  person.name = mailbox.name;
  if (auto address = parse_address(mailbox.address)) person.address = std::move(address.value());
  return person;
}

// As far as a letter tells: what is on record, and what is open between them, a daemon knows.
CoachFacts facts_of(const Letter& letter, const Request& request) {
  const WantedTarget wanted = make_wanted_target(request.target);
  CoachFacts facts;
  facts.requester = person_of(letter.from.front());
  facts.target.name = wanted.name;
  facts.target.organisation = wanted.organisation;
  facts.target.address = wanted.address;
  facts.other_targets = other_targets(request.target);
  for (const Mailbox& mailbox : letter.cc) facts.connectors.push_back(person_of(mailbox));
  return facts;
}

void print_findings(const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    std::cout << finding.rule << " " << severity_name(finding.severity) << " (" << finding.field
              << "): " << printable(say(finding.what)) << "\n";
    if (!finding.hint.english.empty()) std::cout << "    " << printable(say(finding.hint)) << "\n";
  }
  if (findings.empty()) std::cout << "Nothing to mend.\n";
}

int print_rules() {
  std::vector<std::vector<std::string>> rows{{"RULE", "SEVERITY", "CHECKS"}};
  for (const Rule& rule : coach_rules())
    rows.push_back(
        {std::string(rule.id), std::string(severity_name(rule.severity)), std::string(rule.checks)});
  print_table(rows);
  return 0;
}

int run(const CoachOptions& options) {
  if (options.rules) return print_rules();
  if (options.file.empty())
    throw CommandFailure{exit_usage,
                         {"There is no request to look at.", "tertius coach FILE, or - for standard input"}};
  const Letter letter = mail::read_letter(read_file(options.file));
  const auto request = make_request(letter, letter.text, {});
  if (!request) throw CommandFailure{exit_data, request.error()};
  const auto findings = coach(request.value(), facts_of(letter, request.value()));
  options.json ? print_json(web::findings_json(findings)) : print_findings(findings);
  return blocks(findings) ? exit_data : 0;
}

}  // namespace

void add_coach(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<CoachOptions>();
  auto* coaching = app.add_subcommand(
      "coach", "What to mend in a request, written as the mail that would be sent (From, Cc, Subject, text)");
  coaching->add_option("file", options->file, "The request as a mail, or - for standard input");
  coaching->add_flag("--rules", options->rules, "Print what is checked");
  coaching->add_flag("--json", options->json, "An array of findings");
  coaching->callback([&chosen, options] { chosen = [options] { return run(*options); }; });
}

}  // namespace tertius::daemon
