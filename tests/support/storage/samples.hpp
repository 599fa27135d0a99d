#pragma once
// People, introductions and notices for storage tests: plain ones, and ones whose every field is drawn at
// random.

#include <random>
#include <string>

#include "broker/contact.hpp"
#include "storage/introductions.hpp"
#include "storage/outbox.hpp"
#include "storage/people.hpp"

namespace tertius::storage {

inline constexpr Time noon{std::chrono::sys_days{std::chrono::year{2026} / 3 / 9} + std::chrono::hours{12}};

Address make_address(const std::string& text);

// Persons 1 to `count`: "Person 1" at p1@example.org, ...
void add_people(Database& db, int count);

// Drafted by person 1 for person 3, with connector 2.
Introduction sample_introduction(std::int64_t id);
// The same after C has been asked.
Introduction asked_introduction(std::int64_t id, Time asked_at);

OutboxRow sample_notice(std::int64_t id);

Contact sample_contact(const std::string& name, const std::string& address);

IdSource ids_from(std::int64_t first);

// Draws every field, empty ones and difficult text among them.
class Draw {
 public:
  explicit Draw(unsigned seed) : random_(seed) {}
  std::int64_t number(std::int64_t least, std::int64_t most);
  bool coin() { return number(0, 1) == 1; }
  std::string text();
  Time time() { return from_unix_seconds(number(0, 4'000'000'000)); }
  std::optional<Time> maybe_time();
  PersonId person() { return PersonId{number(1, 4)}; }  // of add_people(db, 4)

  Introduction introduction(std::int64_t id);
  OutboxRow notice(std::int64_t id);
  Person whole_person(std::int64_t id);

 private:
  Ask ask(int round);
  Held held();
  Fields fields(int depth);

  std::mt19937 random_;
};

}  // namespace tertius::storage
