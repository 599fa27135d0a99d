#include <array>

#include "storage/columns.hpp"
#include "storage/introductions.hpp"

namespace tertius::storage {

// Several steps fall into one second, so their order is counted. Two daemons that write about one
// introduction at once would count alike and the later one is told `conflict`; save_introduction, done first,
// already stops that one.
void append_history(Database& db, IntroductionId id, const HistoryRow& row) {
  db.run(
      "INSERT INTO history (introduction, position, at, trigger, from_state, to_state, remark) VALUES ($1, "
      "(SELECT COALESCE(MAX(position), 0) + 1 FROM history WHERE introduction = $1), $2, $3, $4, $5, $6)",
      {value_of(id), value_of(row.at), row.trigger, value_of(state_name(row.from)),
       value_of(state_name(row.to)), row.remark});
}

std::vector<HistoryRow> load_history(Database& db, IntroductionId id) {
  std::vector<HistoryRow> history;
  for (const Row& found : db.rows("SELECT at, trigger, from_state, to_state, remark FROM history "
                                  "WHERE introduction = $1 ORDER BY position",
                                  {value_of(id)})) {
    RowReader row(found);
    HistoryRow step;
    step.at = row.time();
    step.trigger = row.text();
    step.from = row.named(find_state);
    step.to = row.named(find_state);
    step.remark = row.text();
    history.push_back(std::move(step));
  }
  return history;
}

}  // namespace tertius::storage
