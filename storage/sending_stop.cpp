#include "storage/sending_stop.hpp"

#include "storage/columns.hpp"

namespace tertius::storage {

std::optional<SendingStop> find_sending_stop(Database& db) {
  const auto found = db.row("SELECT since, why FROM sending_stop WHERE id = 1");
  if (!found) return std::nullopt;
  RowReader row(*found);
  SendingStop stop;
  stop.since = row.time();
  stop.why = row.text();
  return stop;
}

bool stop_sending(Database& db, const std::string& why, Time now) {
  return db.run("INSERT INTO sending_stop (id, since, why) VALUES (1, $1, $2) ON CONFLICT DO NOTHING",
                {value_of(now), why}) > 0;
}

bool resume_sending(Database& db) { return db.run("DELETE FROM sending_stop WHERE id = 1") > 0; }

}  // namespace tertius::storage
