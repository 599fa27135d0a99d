#pragma once
// A person: anybody known by at least one address or profile URL. A member may ask and import contacts.

#include <optional>
#include <string>
#include <vector>

#include "broker/address.hpp"
#include "broker/ids.hpp"
#include "broker/time.hpp"

namespace tertius {

enum class Consent {
  ask_first,  // T is asked before the introduction
  straight,   // a forward introduces at once
  never,      // nobody is introduced to T
};

struct Person {
  PersonId id{};
  std::string name;
  std::string organisation;
  std::string title;
  std::string profile_url;         // "https://www.linkedin.com/in/..." or empty
  std::optional<Address> address;  // where mail goes; none for people known by profile alone
  std::string language{"en"};
  bool member = false;
  bool stopped = false;  // has stopped all mail
  Consent consent = Consent::ask_first;

  friend bool operator==(const Person&, const Person&) = default;
};

// "Alice Chen (Acme)", or the name alone; the address where no name is known.
std::string person_label(const Person& person);
// "Alice"
std::string first_name(const Person& person);

enum class TieSource { linkedin, address_book, mail, rating };

// "owner knows contact", with its evidence. One row per source; the strongest counts (ranking.hpp).
struct Tie {
  PersonId owner{};
  PersonId contact{};
  TieSource source{};
  double strength = 0;        // (0,1]
  std::optional<Time> since;  // connected on, or last contact
  std::string evidence;       // in words: "connected on LinkedIn since 2019"

  friend bool operator==(const Tie&, const Tie&) = default;
};

// Whether the way from `asker` over this tie's other end may be shown to the asker. Anybody can write anybody
// into a file of contacts, mined mail included: were one's own word enough, it would open the address book of
// whoever it names. It takes the other's.
inline bool opens_way(const Tie& tie, PersonId asker) { return tie.strength > 0 && tie.owner != asker; }

// Asked to meet nobody: a request for them would be refused.
inline bool is_closed(const Person& person) { return person.stopped || person.consent == Consent::never; }

}  // namespace tertius
