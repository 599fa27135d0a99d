#include "web/told_history.hpp"

#include "storage/introductions.hpp"
#include "web/standing_words.hpp"

namespace tertius::web {

namespace {

bool begins_round(const storage::HistoryRow& entry) {
  return entry.to == State::asked &&
         (entry.trigger == "ask" || entry.trigger == "resubmit" || entry.trigger == "decline" ||
          entry.trigger == "expire" || entry.trigger == "bounce" || entry.trigger == "pass_on");
}

// R's and C's pages have the target's silent no as the wait it looks like.
State from_shown(Role viewer, const storage::HistoryRow& entry, bool forwarded) {
  const bool hidden = entry.from == State::declined_silently && forwarded && viewer != Role::target;
  return hidden ? State::forwarded : entry.from;
}

}  // namespace

std::vector<Told> told_history(storage::Database& db, const Introduction& introduction, PersonId person) {
  const auto role = role_of(introduction, person);
  if (!role) return {};
  const Role viewer = *role;
  const auto& asks = introduction.asks;
  std::vector<Told> out;
  std::size_t round = 0;
  bool forwarded = false;
  const auto is_theirs = [&] {
    if (viewer == Role::connector)
      return round > 0 && round <= asks.size() && asks[round - 1].connector == person;
    return viewer == Role::requester || forwarded;
  };
  for (const auto& entry : storage::load_history(db, introduction.id)) {
    forwarded = forwarded || entry.trigger == "forward";
    const auto words =
        is_theirs() ? history_words(viewer, entry.trigger, from_shown(viewer, entry, forwarded), entry.to)
                    : std::string_view{};
    // A draft has a row for its arrival and one for the question whether it is R's: to R that is one thing.
    const bool again = !out.empty() && entry.trigger == "draft" && out.back().words == words;
    if (!words.empty() && !again) out.push_back({entry.at, std::string(words)});
    if (!begins_round(entry)) continue;
    ++round;
    if (viewer == Role::connector && is_theirs())
      out.push_back({entry.at, entry.trigger == "resubmit" ? "A new version came" : "You were asked"});
  }
  return out;
}

}  // namespace tertius::web
