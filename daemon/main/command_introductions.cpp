// request, show, list
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <charconv>
#include <iostream>

#include "daemon/asking.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/introductions.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

struct RequestOptions {
  std::string config, member, target, subject, cover_note, pitch, purpose;
  std::vector<std::string> connectors;
  bool send_anyway = false, json = false;
};

Request request_of(const RequestOptions& options) {
  Request out;
  out.requester = must_parse_address(options.member);
  out.target = options.target;
  for (const auto& connector : options.connectors) out.connectors.push_back(must_parse_address(connector));
  out.subject = options.subject;
  out.cover_note = options.cover_note.empty() ? "" : read_file(options.cover_note);
  out.pitch = read_file(options.pitch);
  out.purpose = options.purpose;
  out.send_anyway = options.send_anyway;
  return out;
}

[[noreturn]] void refuse(const Turned& turned) {
  std::string what = say(turned.what);
  for (const auto& finding : turned.findings) {
    what += "\n  " + finding.rule + (finding.severity == Severity::blocks ? " " : " (advice) ") +
            printable(say(finding.what));
    if (!finding.hint.english.empty()) what += "\n     " + printable(say(finding.hint));
  }
  for (const Person& candidate : turned.candidates) what += "\n  " + printable(person_label(candidate));
  throw CommandFailure{exit_data, {what, say(turned.hint)}};
}

int request(const RequestOptions& options) {
  const Request wanted = request_of(options);
  const auto place = open_workplace(options.config);
  storage::Transaction transaction(place->db);
  const SubmitResult result = submit(place->engine, wanted, true);
  if (const auto* turned = std::get_if<Turned>(&result)) refuse(*turned);
  transaction.commit();
  const auto& introduction = std::get<Introduction>(result);
  if (options.json)
    print_json(to_json(introduction));
  else
    std::cout << "introduction " << number(introduction.id) << " is " << state_name(introduction.state)
              << "\n";
  return 0;
}

struct ShowOptions {
  std::string config, id, member;
  bool json = false;
  int limit = 50;
};

Introduction must_find(storage::Database& db, const std::string& text) {
  std::int64_t id = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), id);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  const auto introduction = whole ? storage::find_introduction(db, IntroductionId{id}) : std::nullopt;
  if (!introduction)
    throw CommandFailure{exit_data, {"there is no introduction " + text, "tertius list shows them"}};
  return *introduction;
}

int show(const ShowOptions& options) {
  const auto place = open_workplace(options.config);
  const Introduction introduction = must_find(place->db, options.id);
  const Cast cast = load_cast(place->db, introduction);
  const auto history = storage::load_history(place->db, introduction.id);
  if (options.json) {
    boost::json::value out = to_json(introduction);
    boost::json::array rows;
    for (const auto& row : history)
      rows.push_back(boost::json::object{{"at", iso_time(row.at)},
                                         {"trigger", row.trigger},
                                         {"from", state_name(row.from)},
                                         {"to", state_name(row.to)},
                                         {"remark", row.remark}});
    out.as_object()["history"] = rows;
    print_json(out);
    return 0;
  }
  std::cout << printable(person_label(cast.requester)) << " to " << printable(person_label(cast.target));
  if (!introduction.asks.empty()) std::cout << ", through " << printable(person_label(cast.connector));
  std::cout << "\nstate: " << state_name(introduction.state) << " since "
            << time_text(introduction.state_since) << "\n";
  if (const auto& held = introduction.held)
    std::cout << "held: " << decision_name(held->decision.kind) << " by the " << role_name(held->by)
              << " until " << time_text(held->effective_at) << "\n";
  if (const auto next = next_deadline(introduction, place->config.policy))
    std::cout << "next: " << time_text(*next) << "\n";
  std::vector<std::vector<std::string>> rows{{"WHEN", "WHAT", "STATE", "REMARK"}};
  for (const auto& row : history)
    rows.push_back({time_text(row.at), row.trigger, std::string(state_name(row.to)), row.remark});
  print_table(rows);
  return 0;
}

int list(const ShowOptions& options) {
  const auto place = open_workplace(options.config);
  const auto all = options.member.empty() ? storage::recent_introductions(place->db, options.limit)
                                          : storage::find_introductions_of(
                                                place->db, must_find_member(place->db, options.member).id);
  boost::json::array json;
  std::vector<std::vector<std::string>> rows{{"ID", "STATE", "SINCE", "REQUESTER", "CONNECTOR", "TARGET"}};
  for (const auto& introduction : all) {
    const Cast cast = load_cast(place->db, introduction);
    json.push_back(to_json(introduction));
    const std::string state =
        std::string(state_name(introduction.state)) + (introduction.held ? " (held)" : "");
    rows.push_back({std::to_string(number(introduction.id)), state, time_text(introduction.state_since),
                    cast.requester.name, cast.connector.name, cast.target.name});
  }
  options.json ? print_json(json) : print_table(rows);
  return 0;
}

}  // namespace

void add_introductions(CLI::App& app, Chosen& chosen) {
  auto asked = std::make_shared<RequestOptions>();
  auto* requesting = app.add_subcommand("request", "Ask for an introduction in a member's name");
  add_config_option(*requesting, asked->config);
  requesting->add_option("--member", asked->member, "Who asks")->required();
  requesting
      ->add_option("--target", asked->target, "Whom they want to meet: \"Gail Goodman, Constant Contact\"")
      ->required();
  requesting->add_option("--connector", asked->connectors,
                         "Whom to ask for it, in order; without one the member is mailed the choices");
  requesting->add_option("--pitch", asked->pitch, "A file with the words to the target, or -")->required();
  requesting->add_option("--cover-note", asked->cover_note, "A file with the private words to the connector");
  requesting->add_option("--subject", asked->subject, "Of the mail to the target");
  requesting->add_option("--purpose", asked->purpose, "advice, job, hire, customer, invest, partner, other");
  requesting->add_flag("--send-anyway", asked->send_anyway,
                       "In spite of the coach's advice; what blocks still blocks");
  requesting->add_flag("--json", asked->json);
  requesting->callback([&chosen, asked] { chosen = [asked] { return request(*asked); }; });

  auto shown = std::make_shared<ShowOptions>();
  auto* showing = app.add_subcommand("show", "One introduction: its state, what comes next, its history");
  add_config_option(*showing, shown->config);
  showing->add_option("id", shown->id)->required();
  showing->add_flag("--json", shown->json);
  showing->callback([&chosen, shown] { chosen = [shown] { return show(*shown); }; });
  auto* listing = app.add_subcommand("list", "The newest introductions");
  add_config_option(*listing, shown->config);
  listing->add_option("--member", shown->member, "Only those this member has a part in");
  listing->add_option("--limit", shown->limit)->check(CLI::Range(1, 100'000));
  listing->add_flag("--json", shown->json);
  listing->callback([&chosen, shown] { chosen = [shown] { return list(*shown); }; });
}

}  // namespace tertius::daemon
