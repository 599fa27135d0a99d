// The tie graph in memory, for network.py. Usage:
//   bench_network memory PEOPLE TIES      builds it, searches it, changes it; prints what that took
//   bench_network database FILE PEOPLE TIES   an SQLite database of them, read into memory and followed
//   bench_network rows FILE PEOPLE TIES   the ties as rows of a table, both directions
//   bench_network edges FILE PEOPLE TIES  the ties as 32-bit numbers "owner contact" and 64-bit strengths
#include <algorithm>
#include <chrono>
#include <fstream>
#include <iostream>

#include "broker/network_builder.hpp"
#include "storage/migrate.hpp"
#include "storage/network_rows.hpp"
#include "storage/people.hpp"
#include "tests/bench/acquaintances.hpp"
#include "tests/bench/process.hpp"

namespace tertius::bench {
namespace {

using Steady = std::chrono::steady_clock;
constexpr std::size_t second_degrees = 100'000, third_degrees = 20'000, compared = 2'000;
constexpr std::uint32_t imported = 1'000;

double seconds_since(Steady::time_point begin) {
  return std::chrono::duration<double>(Steady::now() - begin).count();
}

PersonId id_of(std::uint32_t person) { return PersonId{1'000'000 + std::int64_t{person} * 7}; }

std::vector<NetworkPerson> everybody(std::uint32_t people) {
  std::vector<NetworkPerson> all;
  all.reserve(people);
  for (std::uint32_t i = 0; i < people; ++i)
    all.push_back({.id = id_of(i), .member = true, .has_address = true});
  return all;
}

Network build(std::uint32_t people, const std::vector<Acquaintance>& ties) {
  NetworkBuilder builder(everybody(people));
  for (std::size_t i = 0; i < ties.size(); ++i)
    builder.add_tie(id_of(ties[i].owner), id_of(ties[i].contact),
                    tie_code(TieSource::mail, strength_of_tie(i)));
  return std::move(builder).build();
}

struct Spread {
  double p50 = 0, p99 = 0, sum = 0;  // microseconds; what was found, together
};

template <class Search>
Spread measure(const std::vector<Pair>& pairs, std::size_t count, Search search) {
  std::vector<double> times;
  times.reserve(count);
  Spread spread;
  for (std::size_t i = 0; i < count; ++i) {
    const auto begin = Steady::now();
    spread.sum += search(id_of(pairs[i].requester), id_of(pairs[i].target));
    times.push_back(seconds_since(begin) * 1e6);
  }
  std::ranges::sort(times);
  spread.p50 = times[count / 2];
  spread.p99 = times[count * 99 / 100];
  return spread;
}

void print(const char* name, const Spread& spread) {
  std::cout << ", \"" << name << "\": {\"p50\": " << spread.p50 << ", \"p99\": " << spread.p99
            << ", \"sum\": " << spread.sum << "}";
}

Spread measure_second(const Network& network, const std::vector<Pair>& pairs, std::size_t count) {
  return measure(pairs, count, [&](PersonId a, PersonId b) {
    return static_cast<double>(network.connectors(a, b).size());
  });
}

Spread measure_third(const Network& network, const std::vector<Pair>& pairs, std::size_t count) {
  return measure(pairs, count,
                 [&](PersonId a, PersonId b) { return network.find_long_way(a, b) ? 1.0 : 0.0; });
}

// An owner who had few imports a thousand contacts, half of them new here.
PersonChange made_import(std::uint32_t people, std::vector<PersonChange>& changes) {
  PersonChange owner;
  owner.person = {.id = id_of(people / 2), .member = true, .has_address = true};
  for (std::uint32_t i = 0; i < imported; ++i) {
    const bool is_new = i % 2 == 0;
    const PersonId contact = is_new ? id_of(people + i) : id_of(i * (people / imported));
    if (is_new) changes.push_back({{.id = contact, .has_address = true}, false, {}, {}});
    owner.ties.push_back({contact, tie_code(TieSource::linkedin, 0.35)});
  }
  return owner;
}

void measure_memory(std::uint32_t people, std::size_t count) {
  const auto pairs = make_pairs(people, second_degrees);
  Network network;
  double building = 0;
  {
    const auto ties = make_acquaintances(people, count);
    const auto begin = Steady::now();
    network = build(people, ties);
    building = seconds_since(begin);
  }
  const double person_bytes = 40.0 * people;
  std::cout << "{\"people\": " << network.people() << ", \"ties\": " << network.ties()
            << ", \"build\": " << building << ", \"bytes_of_end\": "
            << (static_cast<double>(network.bytes()) - person_bytes) /
                   (2.0 * static_cast<double>(network.ties()))
            << ", \"resident\": " << resident_bytes();
  print("second", measure_second(network, pairs, second_degrees));
  print("third", measure_third(network, pairs, third_degrees));
  print("second_compared", measure_second(network, pairs, compared));
  print("third_compared", measure_third(network, pairs, compared));
  std::vector<PersonChange> changes;
  changes.push_back(made_import(people, changes));
  auto begin = Steady::now();
  const Network changed = network.changed(changes);
  std::cout << ", \"delta\": " << seconds_since(begin);
  print("second_beside", measure_second(changed, pairs, second_degrees));
  begin = Steady::now();
  const Network again = changed.rebuilt();
  std::cout << ", \"rebuild\": " << seconds_since(begin) << ", \"rebuilt_ties\": " << again.ties() << "}"
            << std::endl;
}

void write_edges(const std::string& file, std::uint32_t people, std::size_t count) {
  const auto ties = make_acquaintances(people, count);
  std::ofstream out(file, std::ios::binary);
  for (std::size_t i = 0; i < ties.size(); ++i) {
    const double strength = strength_of_tie(i);
    out.write(reinterpret_cast<const char*>(&ties[i]), sizeof(ties[i]));
    out.write(reinterpret_cast<const char*>(&strength), sizeof(strength));
  }
}

struct Row {
  std::uint64_t ends = 0;  // owner, contact
  double strength = 0;
  bool opens = false;  // opens_way(): it is the contact who says so
};

// For SQL: "owner<TAB>contact<TAB>strength<TAB>opens", both directions of each tie, sorted, each once.
void write_rows(const std::string& file, std::uint32_t people, std::size_t count) {
  const auto ties = make_acquaintances(people, count);
  std::vector<Row> rows;
  rows.reserve(2 * count);
  for (std::size_t i = 0; i < ties.size(); ++i) {
    const auto& [a, b] = ties[i];
    rows.push_back({std::uint64_t{a} << 32 | b, strength_of_tie(i), false});
    rows.push_back({std::uint64_t{b} << 32 | a, strength_of_tie(i), true});
  }
  std::ranges::sort(rows, {}, &Row::ends);
  std::ofstream out(file);
  for (auto row = rows.begin(); row != rows.end();) {
    Row all = *row;
    for (; row != rows.end() && row->ends == all.ends; ++row)
      all.strength = std::max(all.strength, row->strength), all.opens |= row->opens;
    out << (all.ends >> 32) << '\t' << (all.ends & 0xffffffff) << '\t' << all.strength << '\t' << all.opens
        << '\n';
  }
}

storage::Database new_database(const std::string& file) {
  for (const char* beside : {"", "-wal", "-shm", ".lock"}) std::remove((file + beside).c_str());
  auto db = storage::open_database("sqlite:" + file);
  storage::migrate(db);
  return db;
}

void fill(storage::Database& db, std::uint32_t people, const std::vector<Acquaintance>& ties) {
  storage::Transaction transaction(db);
  for (std::uint32_t i = 0; i < people; ++i)
    db.run(
        "INSERT INTO people (id, name, organisation, title, profile_url, language, member, stopped, consent, "
        "folded_name, folded, address) VALUES ($1, '', '', '', '', 'en', 1, 0, 'ask_first', '', '', "
        "'a@example.org')",
        {std::int64_t{number(id_of(i))}});
  for (std::size_t i = 0; i < ties.size(); ++i)
    db.run(
        "INSERT INTO ties (owner, contact, source, strength, evidence) VALUES ($1, $2, 'mail', $3, 'wrote to "
        "each other 7 times since March') ON CONFLICT DO NOTHING",
        {std::int64_t{number(id_of(ties[i].owner))}, std::int64_t{number(id_of(ties[i].contact))},
         strength_of_tie(i)});
  transaction.commit();
}

void measure_database(const std::string& file, std::uint32_t people, std::size_t count) {
  auto db = new_database(file);
  auto begin = Steady::now();
  {
    auto ties = make_acquaintances(people, count);
    std::ranges::sort(ties, {}, [](const Acquaintance& tie) { return std::pair(tie.owner, tie.contact); });
    fill(db, people, ties);
  }
  std::cout << "{\"fill\": " << seconds_since(begin);
  const Usage before = usage();
  const auto loaded = storage::load_network(db);
  std::cout << ", \"load\": " << (usage() - before).cpu << ", \"ties\": " << loaded.network.ties();
  ContactFile contacts;
  for (std::uint32_t i = 0; i < imported; ++i) {
    Contact contact;
    contact.name = "New Contact " + std::to_string(i);
    contact.addresses = {parse_address("new" + std::to_string(i) + "@example.org").value()};
    contact.strength = 0.35;
    contacts.contacts.push_back(std::move(contact));
  }
  begin = Steady::now();
  {
    storage::Transaction transaction(db);
    storage::import_contacts(db, id_of(people / 2), contacts, {},
                             [next = std::int64_t{1'000'000'000}]() mutable { return ++next; });
    transaction.commit();
  }
  std::cout << ", \"import\": " << seconds_since(begin);
  begin = Steady::now();
  const auto news = storage::load_network_news(db, loaded.place);
  const Network changed = loaded.network.changed(news.changes);
  std::cout << ", \"follow\": " << seconds_since(begin) << ", \"changed\": " << news.changes.size();
  begin = Steady::now();
  constexpr int looks = 1'000;
  for (int i = 0; i < looks; ++i) storage::load_network_news(db, news.place);
  std::cout << ", \"look\": " << seconds_since(begin) / looks * 1e6 << ", \"all\": " << changed.people()
            << "}" << std::endl;
}

int run(const std::vector<std::string>& arguments) {
  const std::string job = arguments.empty() ? "" : arguments[0];
  const auto people = [&](std::size_t at) { return static_cast<std::uint32_t>(std::stoul(arguments[at])); };
  if (job == "memory" && arguments.size() == 3) return measure_memory(people(1), std::stoul(arguments[2])), 0;
  if (job == "edges" && arguments.size() == 4)
    return write_edges(arguments[1], people(2), std::stoul(arguments[3])), 0;
  if (job == "rows" && arguments.size() == 4)
    return write_rows(arguments[1], people(2), std::stoul(arguments[3])), 0;
  if (job == "database" && arguments.size() == 4)
    return measure_database(arguments[1], people(2), std::stoul(arguments[3])), 0;
  return std::cerr << "usage: see network.cpp\n", 64;
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) { return tertius::bench::run({argv + 1, argv + argc}); }
