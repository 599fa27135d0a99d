#include "daemon/main/import_list.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <iostream>

#include "contacts/listed_csv.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/members.hpp"

namespace tertius::daemon {

namespace {

template <class Row>
Listed<Row> must_read(const std::string& file, Result<Listed<Row>> (*read)(std::string_view)) {
  auto listed = read(read_file(file));
  if (!listed) throw CommandFailure{exit_data, {file + ": " + listed.error().what, listed.error().hint}};
  return std::move(listed.value());
}

// The file is read before the transaction begins: standard input may take its time.
storage::ListReport bring(Workplace& place, const std::string& file, bool members) {
  storage::ListReport report;
  std::vector<SkippedRow> unread;
  if (members) {
    auto listed = must_read(file, contacts::read_listed_members);
    storage::Transaction transaction(place.db);
    report = storage::join_all(place.db, listed.rows, place.engine.settings.ids);
    if (report.added > 0)
      note(place, storage::AuditAct::member_added, std::to_string(report.added) + " of a list");
    transaction.commit();
    unread = std::move(listed.skipped);
  } else {
    auto listed = must_read(file, contacts::read_listed_ties);
    storage::Transaction transaction(place.db);
    report = storage::rate_all(place.db, listed.rows);
    transaction.commit();
    unread = std::move(listed.skipped);
  }
  report.skipped.insert(report.skipped.begin(), unread.begin(), unread.end());
  return report;
}

void print(const storage::ListReport& report) {
  std::cout << report.added << " new, " << report.changed << " changed, " << report.unchanged
            << " as they were, " << report.skipped.size() << " skipped.\n";
  for (const SkippedRow& row : report.skipped)
    std::cout << "  row " << row.row << " skipped: " << printable(row.why) << "\n";
}

void print_as_json(const storage::ListReport& report) {
  boost::json::array skipped;
  for (const SkippedRow& row : report.skipped)
    skipped.push_back(boost::json::object{{"row", row.row}, {"why", row.why}});
  print_json(boost::json::object{{"added", report.added},
                                 {"changed", report.changed},
                                 {"unchanged", report.unchanged},
                                 {"skipped", skipped}});
}

}  // namespace

int import_list(const std::string& config, const std::string& file, const std::string& format, bool json) {
  const bool members = format == "members";
  if (!members && format != "ties")
    throw CommandFailure{exit_usage, {"there is no format \"" + format + "\"", "members or ties"}};
  const auto place = open_workplace(config);
  const storage::ListReport report = bring(*place, file, members);
  json ? print_as_json(report) : print(report);
  return report.added + report.changed + report.unchanged == 0 && !report.skipped.empty() ? exit_data : 0;
}

}  // namespace tertius::daemon
