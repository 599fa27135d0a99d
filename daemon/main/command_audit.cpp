// audit: what was done here, by whom, and whether that is still as it was written
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdio>
#include <iostream>

#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/audit.hpp"

namespace tertius::daemon {

namespace {

struct AuditOptions {
  std::string config, since, head;
  int limit = 100;
  bool json = false;
};

Time must_parse_day(const std::string& text) {
  int year = 0, length = 0;
  unsigned month = 0, day = 0;
  const int read = std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &length);
  const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{month},
                                         std::chrono::day{day}};
  if (read != 3 || static_cast<std::size_t>(length) != text.size() || !date.ok())
    throw CommandFailure{exit_usage, {"\"" + text + "\" is no day", "--since 2026-03-09, in UTC"}};
  return std::chrono::sys_days{date};
}

int list_audit(const AuditOptions& options) {
  const Time since = options.since.empty() ? Time::min() : must_parse_day(options.since);
  const auto place = open_workplace(options.config);
  boost::json::array json;
  std::vector<std::vector<std::string>> rows{{"SEQ", "AT", "WHO", "WHAT", "SUBJECT"}};
  for (const auto& entry : storage::recent_audit(place->db, since, options.limit)) {
    json.push_back(boost::json::object{{"seq", entry.seq},
                                       {"at", iso_time(entry.at)},
                                       {"who", entry.who},
                                       {"what", entry.what},
                                       {"subject", entry.subject},
                                       {"hash", entry.hash}});
    rows.push_back({std::to_string(entry.seq), time_text(entry.at), entry.who, entry.what, entry.subject});
  }
  options.json ? print_json(json) : print_table(rows);
  return 0;
}

// What is wrong with the chain, or with the head that was noted; empty where nothing is.
std::string verdict(const storage::AuditCheck& check, const std::string& noted) {
  if (!check.wrong.empty()) return check.wrong;
  if (noted.empty() || check.has_noted) return {};
  return "the head that was noted is none of its entries': its end was cut off, or all of it made anew";
}

void print_check(const storage::AuditCheck& check, const std::string& wrong) {
  std::cout << check.entries << " entries are as they were written.\nhead " << check.head << "\n";
  if (wrong.empty())
    std::cerr << "Keep the head elsewhere: tertius audit verify --head HASH then tells whether the end was "
                 "cut off.\n";
  else
    std::cerr << "The audit log is not whole: " << wrong << "\n";
}

int verify_audit(const AuditOptions& options) {
  const auto place = open_workplace(options.config);
  const auto check = storage::check_audit(place->db, options.head);
  const std::string wrong = verdict(check, options.head);
  if (options.json)
    print_json(boost::json::object{
        {"whole", wrong.empty()}, {"entries", check.entries}, {"head", check.head}, {"wrong", wrong}});
  else
    print_check(check, wrong);
  return wrong.empty() ? 0 : exit_data;
}

}  // namespace

void add_audit_command(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<AuditOptions>();
  auto* audit = app.add_subcommand("audit", "What was done here and by whom, the newest first")
                    ->require_subcommand(0, 1);
  add_config_option(*audit, options->config);
  audit->add_option("--since", options->since, "From this day on: 2026-03-09");
  audit->add_option("--limit", options->limit)->check(CLI::Range(1, 1'000'000));
  audit->add_flag("--json", options->json);

  auto* verifying = audit->add_subcommand(
      "verify", "Whether every entry is as it was written and none is missing; exit 65 where not");
  add_config_option(*verifying, options->config);
  verifying
      ->add_option("--head", options->head, "A head that was noted earlier: is it still one of the entries'?")
      ->check(CLI::Validator(
          [](std::string& text) {
            const bool is_hash = text.size() == 64 && text.find_first_not_of("0123456789abcdef") == text.npos;
            return is_hash ? std::string() : "a head has 64 digits, 0 to 9 and a to f";
          },
          "HASH"));
  verifying->add_flag("--json", options->json);
  audit->callback([&chosen, options, verifying] {
    const auto run = verifying->parsed() ? verify_audit : list_audit;
    chosen = [options, run] { return run(*options); };
  });
}

}  // namespace tertius::daemon
