#pragma once
// A World with a word of its own in every field that only some may read, and an introduction that goes
// through its whole life in steps: Alice asks for Gail through Dora, who declines silently, and then through
// Christine, who wants changes, and forwards; Gail accepts. Beside it stand an introduction of Mallory's and
// one of Alice's own through Bob, who would rather not be named.

#include <array>
#include <string>
#include <vector>

#include "tests/support/flow/guest.hpp"

namespace tertius::flow {

enum class Stage {
  drafted,
  asked,
  refusal_held,  // Dora's, silent
  refused,
  asked_next,  // Christine
  changes_wanted,
  asked_again,
  forward_held,
  forwarded,
  acceptance_held,
  introduced,
};
inline constexpr auto stage_names = std::to_array<std::string_view>(
    {"drafted", "asked", "refusal held", "refused silently", "asked next", "changes wanted", "asked again",
     "forward held", "forwarded", "acceptance held", "introduced"});

enum class Who { nobody, requester, earlier, connector, target, unnamed, other, overseer };
inline constexpr auto who_names = std::to_array<std::string_view>(
    {"nobody", "alice", "dora", "christine", "gail", "bob", "mallory", "olga"});

struct CanaryWorld {
  explicit CanaryWorld(storage::Database& db);

  // One stage further than before; the first call makes it drafted.
  void go_on();
  Guest& guest(Who who) { return guests[static_cast<std::size_t>(who)]; }
  PersonId id_of(const std::string& address);
  // Where the links of a person's mails lead, of all that has come so far.
  std::vector<std::string> mailed_paths(Who who) const;
  std::string address_of(Who who) const;

  World world;
  std::vector<Guest> guests;  // in the order of Who
  Stage stage{};
  int steps = 0;
  IntroductionId first{}, mallorys{}, unnamed{};

 private:
  void add_people();
  void add_belongings();
  void ask_for(const std::string& writer, const std::string& cc, const std::string& subject,
               const std::string& body);
  void live();
  void see_guests();
  void choose_unnamed();
  void press(const std::string& writer, const std::string& ends, const std::string& more);
};

}  // namespace tertius::flow
