#include "storage/merging.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "broker/words.hpp"
#include "storage/columns.hpp"
#include "storage/names.hpp"
#include "storage/person_rows.hpp"

namespace tertius::storage {
namespace {

constexpr int longest_chain = 16;

bool are_told_apart(Database& db, PersonId owner, PersonId one, PersonId other) {
  return db
      .row("SELECT 1 FROM told_apart WHERE owner = $1 AND one = $2 AND other = $3",
           {value_of(owner), value_of(std::min(one, other)), value_of(std::max(one, other))})
      .has_value();
}

bool is_known_to_others(Database& db, PersonId owner, PersonId person) {
  return db
      .row("SELECT 1 FROM ties WHERE contact = $1 AND owner <> $2 LIMIT 1",
           {value_of(person), value_of(owner)})
      .has_value();
}

// The greater is kept; of equals the one that was here first.
auto worth(Database& db, PersonId owner, const Person& person) {
  return std::tuple(person.member, person.address.has_value(), is_known_to_others(db, owner, person.id),
                    -number(person.id));
}

OwnWords filled(OwnWords words, const OwnWords& more) {
  if (words.name.empty()) words.name = more.name;
  if (words.organisation.empty()) words.organisation = more.organisation;
  if (words.title.empty()) words.title = more.title;
  return words;
}

struct Pair {
  PersonId owner{}, gone{}, kept{};
};

void note_merged(Database& db, const Pair& pair, const OwnWords& gone, const OwnWords& kept, Time now) {
  db.run(
      "INSERT INTO merged (owner, gone, kept, gone_name, gone_organisation, gone_title, kept_name, "
      "kept_organisation, kept_title, merged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {value_of(pair.owner), value_of(pair.gone), value_of(pair.kept), gone.name, gone.organisation,
       gone.title, kept.name, kept.organisation, kept.title, value_of(now)});
}

void drop_tie(Database& db, PersonId owner, PersonId contact, TieSource source) {
  db.run("INSERT INTO perhaps_forgotten (person) VALUES ($1) ON CONFLICT DO NOTHING", {value_of(contact)});
  db.run("DELETE FROM ties WHERE owner = $1 AND contact = $2 AND source = $3",
         {value_of(owner), value_of(contact), value_of(tie_source_name(source))});
}

void move_tie(Database& db, const Pair& pair, Tie tie) {
  const auto had = find_tie(db, pair.owner, pair.kept, tie.source);
  db.run(
      "INSERT INTO merged_ties (owner, gone, source, strength, since, evidence, had, kept_strength, "
      "kept_since, "
      "kept_evidence) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
      {value_of(pair.owner), value_of(pair.gone), value_of(tie_source_name(tie.source)), tie.strength,
       value_of(tie.since), tie.evidence, value_of(had.has_value()), had ? had->strength : 0.0,
       had ? value_of(had->since) : Value(nullptr), had ? had->evidence : ""});
  drop_tie(db, pair.owner, pair.gone, tie.source);
  if (had && had->strength >= tie.strength) return;
  tie.contact = pair.kept;
  put_tie(db, tie);
}

// What an owner's import says of one of the two.
struct Said {
  std::int64_t import = 0;
  PersonId contact{};
  std::string source;
  bool had = false, is_gone = false;
};

std::vector<Said> said_of_both(Database& db, const Pair& pair) {
  std::vector<Said> all;
  for (const Row& found :
       db.rows("SELECT import, contact, source, had, gone_at FROM import_ties WHERE contact IN ($1, $2) AND "
               "(SELECT owner FROM imports WHERE id = import_ties.import) = $3 ORDER BY import",
               {value_of(pair.gone), value_of(pair.kept), value_of(pair.owner)}))
    all.push_back({found.integer(0), PersonId{found.integer(1)}, found.text(2), found.integer(3) != 0,
                   !found.is_null(4)});
  return all;
}

// The second to speak of them has found what the first had brought.
void make_had(Database& db, const Pair& pair, const Said& said) {
  const PersonId first = said.contact == pair.gone ? pair.kept : pair.gone;
  db.run(
      "UPDATE import_ties SET had = 1, strength = tie.strength, since = tie.since, evidence = tie.evidence "
      "FROM "
      "ties tie WHERE tie.owner = $1 AND tie.contact = $2 AND tie.source = $3 AND import_ties.import = $4 "
      "AND "
      "import_ties.contact = $5 AND import_ties.source = $3",
      {value_of(pair.owner), value_of(first), said.source, said.import, value_of(said.contact)});
}

void note_import(Database& db, const Pair& pair, const Said& said, bool moved, bool made) {
  db.run(
      "INSERT INTO merged_imports (owner, gone, import, source, moved, made_had) VALUES ($1, $2, $3, $4, $5, "
      "$6) "
      "ON CONFLICT DO NOTHING",
      {value_of(pair.owner), value_of(pair.gone), said.import, said.source, value_of(moved), value_of(made)});
}

// Before the ties move. An import that names both keeps its two rows: it goes on speaking of the kept one.
void move_imports(Database& db, const Pair& pair) {
  const auto all = said_of_both(db, pair);
  std::set<std::pair<std::int64_t, std::string>> of_kept;
  for (const Said& said : all)
    if (said.contact == pair.kept) of_kept.emplace(said.import, said.source);
  std::set<std::string> spoken_of;
  for (const Said& said : all) {
    const bool moves = said.contact == pair.gone && !of_kept.contains({said.import, said.source});
    if (said.contact == pair.gone && !moves) continue;
    const bool makes = !said.had && !said.is_gone && spoken_of.contains(said.source);
    if (makes) make_had(db, pair, said);
    if (moves)
      db.run("UPDATE import_ties SET contact = $4 WHERE import = $1 AND contact = $2 AND source = $3",
             {said.import, value_of(pair.gone), said.source, value_of(pair.kept)});
    if (moves || makes) note_import(db, pair, said, moves, makes);
    spoken_of.insert(said.source);
  }
}

void return_imports(Database& db, const Pair& pair) {
  for (const Row& row :
       db.rows("SELECT import, source, moved, made_had FROM merged_imports WHERE owner = $1 AND "
               "gone = $2 ORDER BY import, source",
               {value_of(pair.owner), value_of(pair.gone)})) {
    const std::vector<Value> which{row.integer(0), row.text(1), value_of(pair.kept)};
    if (row.integer(3) != 0)
      db.run("UPDATE import_ties SET had = 0 WHERE import = $1 AND source = $2 AND contact = $3", which);
    if (row.integer(2) != 0)
      db.run("UPDATE import_ties SET contact = $4 WHERE import = $1 AND source = $2 AND contact = $3",
             {which[0], which[1], which[2], value_of(pair.gone)});
  }
}

void return_ties(Database& db, const Pair& pair) {
  for (const Row& found :
       db.rows("SELECT source, strength, since, evidence, had, kept_strength, kept_since, kept_evidence FROM "
               "merged_ties WHERE owner = $1 AND gone = $2 ORDER BY source",
               {value_of(pair.owner), value_of(pair.gone)})) {
    RowReader row(found);
    const TieSource source = row.named(find_tie_source);
    Tie gone{pair.owner, pair.gone, source, row.real(), row.optional_time(), {}};
    gone.evidence = row.text();
    const bool had = row.flag();
    Tie kept{pair.owner, pair.kept, source, row.real(), row.optional_time(), {}};
    kept.evidence = row.text();
    // What was removed by hand since stays removed.
    if (!find_tie(db, pair.owner, pair.kept, source)) continue;
    put_tie(db, gone);
    had ? put_tie(db, kept) : drop_tie(db, pair.owner, pair.kept, source);
  }
}

std::optional<Row> find_merge(Database& db, PersonId owner, PersonId gone) {
  return db.row(
      "SELECT kept, gone_name, gone_organisation, gone_title, kept_name, kept_organisation, kept_title FROM "
      "merged WHERE owner = $1 AND gone = $2",
      {value_of(owner), value_of(gone)});
}

void say_if_known(Database& db, PersonId owner, PersonId contact, const OwnWords& words) {
  if (!ties_between(db, owner, contact).empty()) say(db, owner, load_person(db, contact), words);
}

}  // namespace

std::vector<Alike> find_alike(Database& db, PersonId owner, std::size_t most) {
  std::map<std::pair<std::string, std::string>, std::vector<PersonId>> called;
  for (const Row& row : db.rows(
           "SELECT people.id, CASE WHEN member = 1 THEN people.name ELSE COALESCE(own.name, people.name) "
           "END, "
           "CASE WHEN member = 1 THEN people.organisation ELSE COALESCE(own.organisation, "
           "people.organisation) END FROM people LEFT JOIN own_words own ON own.owner = $1 AND own.contact = "
           "people.id WHERE people.id IN (SELECT contact FROM ties WHERE owner = $1) ORDER BY people.id",
           {value_of(owner)})) {
    const std::string name = spaced(row.text(1)), organisation = spaced(row.text(2));
    if (split_words(name).empty() || split_words(organisation).empty()) continue;
    called[{name, organisation}].push_back(PersonId{row.integer(0)});
  }
  std::vector<Alike> alike;
  for (const auto& [words, people] : called)
    for (std::size_t i = 1; i < people.size() && alike.size() < most; ++i) {
      if (are_told_apart(db, owner, people[0], people[i])) continue;
      auto one = find_contact(db, owner, people[0]), other = find_contact(db, owner, people[i]);
      if (!one || !other || (one->person.member && other->person.member)) continue;
      alike.push_back({std::move(*one), std::move(*other)});
    }
  return alike;
}

std::optional<PersonId> merge_contacts(Database& db, PersonId owner, PersonId one, PersonId other, Time now) {
  if (one == other || one == owner || other == owner) return std::nullopt;
  const auto first = find_contact(db, owner, one), second = find_contact(db, owner, other);
  if (!first || !second) return std::nullopt;
  const Person a = load_person(db, one), b = load_person(db, other);
  if (a.member && b.member) return std::nullopt;
  const bool keeps_first = worth(db, owner, a) > worth(db, owner, b);
  const Person &kept = keeps_first ? a : b, &gone = keeps_first ? b : a;
  const Pair pair{owner, gone.id, kept.id};
  const OwnWords of_gone = said_by(db, owner, gone), of_kept = said_by(db, owner, kept);
  note_merged(db, pair, of_gone, of_kept, now);
  move_imports(db, pair);
  for (const Tie& tie : keeps_first ? second->ties : first->ties) move_tie(db, pair, tie);
  say(db, owner, kept, filled(of_kept, of_gone));
  return kept.id;
}

bool unmerge_contact(Database& db, PersonId owner, PersonId gone) {
  const auto row = find_merge(db, owner, gone);
  if (!row) return false;
  const Pair pair{owner, gone, PersonId{row->integer(0)}};
  if (find_merge(db, owner, pair.kept)) return false;
  return_ties(db, pair);
  return_imports(db, pair);
  say_if_known(db, owner, gone, {row->text(1), row->text(2), row->text(3)});
  say_if_known(db, owner, pair.kept, {row->text(4), row->text(5), row->text(6)});
  db.run("DELETE FROM merged WHERE owner = $1 AND gone = $2", {value_of(owner), value_of(gone)});
  tell_apart(db, owner, gone, pair.kept);
  return true;
}

void tell_apart(Database& db, PersonId owner, PersonId one, PersonId other) {
  db.run("INSERT INTO told_apart (owner, one, other) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
         {value_of(owner), value_of(std::min(one, other)), value_of(std::max(one, other))});
}

std::vector<MergedContact> merged_into(Database& db, PersonId owner, PersonId kept) {
  std::vector<MergedContact> all;
  for (const Row& row :
       db.rows("SELECT gone, gone_name, gone_organisation, gone_title FROM merged WHERE kept = $2 "
               "AND owner = $1 ORDER BY merged_at, gone",
               {value_of(owner), value_of(kept)})) {
    const PersonId gone{row.integer(0)};
    all.push_back({gone, {row.text(1), row.text(2), row.text(3)}, load_person(db, gone).address});
  }
  return all;
}

PersonId merged_as(Database& db, PersonId owner, PersonId person) {
  for (int i = 0; i < longest_chain; ++i) {
    const auto row = find_merge(db, owner, person);
    if (!row) return person;
    person = PersonId{row->integer(0)};
  }
  return person;
}

void release_merged(Database& db, PersonId person) {
  db.run(
      "INSERT INTO perhaps_forgotten (person) SELECT DISTINCT gone FROM merged WHERE kept = $1 OR owner = $1 "
      "ON "
      "CONFLICT DO NOTHING",
      {value_of(person)});
}

}  // namespace tertius::storage
