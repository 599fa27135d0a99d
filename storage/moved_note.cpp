#include "storage/moved_note.hpp"

#include "storage/sending_stop.hpp"

namespace tertius::storage {
namespace {

constexpr std::string_view between = "; ";

std::string note(const std::string& to_name) { return "this database was moved to " + to_name; }

std::string without_note(const std::string& why, const std::string& to_name) {
  const std::string words = note(to_name);
  if (why == words) return {};
  const std::string ending = std::string(between) + words;
  return why.ends_with(ending) ? why.substr(0, why.size() - ending.size()) : why;
}

}  // namespace

void note_moved(Database& from, const std::string& to_name, Time now) {
  if (stop_sending(from, note(to_name), now)) return;
  const std::string before = without_note(find_sending_stop(from)->why, to_name);
  from.run("UPDATE sending_stop SET why = $1 WHERE id = 1",
           {before.empty() ? note(to_name) : before + std::string(between) + note(to_name)});
}

bool copy_stop(Database& from, Database& to, const std::string& to_name) {
  const auto stop = find_sending_stop(from);
  const std::string why = stop ? without_note(stop->why, to_name) : "";
  Transaction transaction(to);
  resume_sending(to);
  if (!why.empty()) stop_sending(to, why, stop->since);
  transaction.commit();
  return !why.empty();
}

}  // namespace tertius::storage
