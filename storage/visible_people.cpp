#include "storage/visible_people.hpp"

#include <algorithm>
#include <set>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/keys.hpp"
#include "storage/near_words.hpp"
#include "storage/own_words.hpp"
#include "storage/person_rows.hpp"
#include "storage/word_bearers.hpp"

namespace tertius::storage {
namespace {

constexpr std::size_t max_words = 6;  // each number of words is one prepared statement

// $1's way over the owner of the tie `hop` to the row of `people`; how the first hop counts is opens_way()'s.
constexpr std::string_view way =
    "hop.contact = people.id AND hop.strength > 0 "
    "AND EXISTS (SELECT 1 FROM ties theirs WHERE theirs.owner = hop.owner AND theirs.contact = $1 AND "
    "theirs.strength > 0) "
    "AND NOT EXISTS (SELECT 1 FROM preferences hidden WHERE hidden.person = hop.owner AND "
    "hidden.shown_as_connector = 'no') "
    "AND hop.owner NOT IN (SELECT blocked.person FROM do_not_ask blocked WHERE blocked.other = $1)";

// Whether $1 may see the row of `people`. Whom `people` does not want to be introduced to sees no path there,
// as if there were none; to those who want to meet nobody there is none at all.
const std::string& visible() {
  static const std::string sql =
      "(people.member = 1 "
      "OR EXISTS (SELECT 1 FROM ties own WHERE own.owner = $1 AND own.contact = people.id) "
      "OR (people.consent <> 'never' AND people.stopped = 0 "
      "AND NOT EXISTS (SELECT 1 FROM do_not_ask refusal WHERE refusal.person = people.id AND refusal.other = "
      "$1) AND EXISTS (SELECT 1 FROM ties hop WHERE " +
      std::string(way) + ")))";
  return sql;
}

// One letter begins half a million words of a million people. Only so many are looked at, 8 microseconds
// each (100,000 people, 200,000 ties); more letters leave fewer.
constexpr std::int64_t most_looked_at = 1'000;
// ... and so many of one word of several: for each the others are looked up. Guesses share them.
constexpr std::int64_t most_walked = 3'000, most_walked_for_guesses = 10'000;

// Who bears the words, and only then who may be seen.
std::string search_sql(const Database& db, const WordWalk& walk) {
  std::string sql = people_who_bear_sql(db, walk, 4) + " WHERE people.id <> $1";
  const std::size_t patterns = 5 + walk_arguments(walk).size();
  for (std::size_t i = 1; i < walk.words.size(); ++i)
    sql += " AND " + called_like("$" + std::to_string(patterns + i - 1));
  sql += " AND " + visible();
  return sql + " ORDER BY CASE WHEN folded_name = $2 THEN 0 ELSE 1 END, folded_name, id LIMIT $3";
}

using Words = std::vector<std::string>;

// Others' words for the person find the row; what the viewer is not shown must not be guessed at.
bool is_found_by(const Person& person, const Words& words) {
  const std::string folded = folded_words(person);
  return std::ranges::all_of(words,
                             [&](const std::string& w) { return folded.find(" " + w) != folded.npos; });
}

std::string folded_as_typed(const Words& words) {
  std::string folded = " ";
  for (const std::string& word : words) folded += word + " ";
  return folded;
}

// Of the people walked through; whether that was all is the walk's to say.
std::vector<Person> search(Database& db, PersonId viewer, const Words& typed, int limit,
                           const WordWalk& walk) {
  std::vector<Value> arguments{value_of(viewer), folded_as_typed(typed), value_of(limit), most_looked_at};
  for (Value& value : walk_arguments(walk)) arguments.push_back(std::move(value));
  // A word holds no % or _: spaced() leaves letters, digits and apostrophes.
  for (std::size_t i = 1; i < walk.words.size(); ++i) arguments.push_back("% " + walk.words[i] + "%");
  // Rows that only somebody else's words find are dropped again; whoever stands behind them is not.
  constexpr std::int64_t most_read = 640;
  for (std::int64_t reads = limit;; reads *= 4) {
    arguments[2] = reads;
    std::vector<Person> people = select_people(db, search_sql(db, walk), arguments);
    const bool is_all = static_cast<std::int64_t>(people.size()) < reads || reads >= most_read;
    for (Person& person : people) person = as_seen_by(db, viewer, person);
    std::erase_if(people, [&](const Person& person) { return !is_found_by(person, typed); });
    if (!is_all && static_cast<int>(people.size()) < limit) continue;
    if (static_cast<int>(people.size()) > limit) people.resize(static_cast<std::size_t>(limit));
    return people;
  }
}

// The words with one of them set right, each way in turn. Two slips in one name are not guessed at: that
// would show whoever is there.
std::vector<Words> corrections(Database& db, const Words& typed) {
  constexpr std::size_t enough = 12;
  std::vector<Words> out;
  for (std::size_t i = 0; i < typed.size(); ++i) {
    for (std::string& near : find_near_words(db, typed[i])) {
      Words words = typed;
      words[i] = std::move(near);
      out.push_back(std::move(words));
    }
  }
  out.resize(std::min(out.size(), enough));
  return out;
}

PeopleFound search_near(Database& db, PersonId viewer, const Words& typed, int limit) {
  PeopleFound out{.people = {}, .as_typed = false};
  std::set<PersonId> seen;
  const std::vector<Words> guesses = corrections(db, typed);
  for (const Words& words : guesses) {
    const std::int64_t all = words.size() == 1 ? most_walked : most_walked_for_guesses;
    const auto share = all / static_cast<std::int64_t>(guesses.size());
    for (Person& person : search(db, viewer, words, limit, plan_walk(db, words, share, false))) {
      if (static_cast<int>(out.people.size()) < limit && seen.insert(person.id).second)
        out.people.push_back(std::move(person));
    }
  }
  return out;
}

}  // namespace

bool may_see(Database& db, PersonId viewer, PersonId person) {
  static const std::string tail = "FROM people WHERE people.id = $2 AND " + visible();
  return !select_people(db, tail, {value_of(viewer), value_of(person)}).empty();
}

std::optional<PersonId> find_way(Database& db, PersonId viewer, PersonId person) {
  static const std::string sql = "SELECT hop.owner FROM people JOIN ties hop ON " + std::string(way) +
                                 " WHERE people.id = $2 ORDER BY hop.strength DESC, hop.owner LIMIT 1";
  const auto row = db.row(sql, {value_of(viewer), value_of(person)});
  return row ? std::optional(PersonId{row->integer(0)}) : std::nullopt;
}

PeopleFound search_visible(Database& db, PersonId viewer, const std::string& words, int limit) {
  const std::string folded = spaced(words);
  const std::vector<std::string_view> split = split_words(folded);
  if (split.empty()) return {};
  Words typed(split.begin(), split.begin() + static_cast<std::ptrdiff_t>(std::min(split.size(), max_words)));
  const WordWalk walk = plan_walk(db, typed, typed.size() == 1 ? most_looked_at : most_walked, true);
  PeopleFound out{.people = search(db, viewer, typed, limit + 1, walk), .more = walk.is_cut};
  if (static_cast<int>(out.people.size()) > limit) {
    out.more = true;
    out.people.pop_back();
  }
  if (!out.people.empty() || out.more) return out;
  out.more = count_bearers(db, walk, most_looked_at) == most_looked_at;
  return out.more ? out : search_near(db, viewer, typed, limit);
}

}  // namespace tertius::storage
