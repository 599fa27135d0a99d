#include "web/people_shown.hpp"

#include <charconv>

#include "storage/own_words.hpp"
#include "storage/people.hpp"
#include "storage/visible_people.hpp"

namespace tertius::web {

std::string shown_name(const Person& person) {
  if (!person.name.empty()) return person.name;
  return person.organisation.empty() ? "Somebody without a name" : "Somebody at " + person.organisation;
}

std::string shown_about(const Person& person) {
  if (person.title.empty()) return person.organisation;
  return person.organisation.empty() ? person.title : person.title + ", " + person.organisation;
}

std::string shown_label(const Person& person) {
  if (person.name.empty() || person.organisation.empty()) return shown_name(person);
  return person.name + " (" + person.organisation + ")";
}

std::optional<Person> find_shown(const Call& call, const std::string& id) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc{} || end != id.data() + id.size()) return std::nullopt;
  const PersonId person{number}, member = call.member->person.id;
  if (person == member || !may_see(call.desk, member, person)) return std::nullopt;
  return storage::as_seen_by(call.desk.db, member, storage::load_person(call.desk.db, person));
}

std::string person_path(const Person& person) { return "/people/" + std::to_string(number(person.id)); }

}  // namespace tertius::web
