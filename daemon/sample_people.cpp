// The sample community of `tertius try`. Everybody in it is invented; .example domains exist nowhere (RFC
// 2606).
#include <array>

#include "daemon/sandbox.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

struct Sample {
  std::string_view name, title, organisation, address;
  bool member;
};

constexpr auto people = std::to_array<Sample>({
    {"Alice Chen", "Founder", "Harbour Ledger", "alice@harbourledger.example", true},
    {"Christine Weaver", "Partner", "Rowan Ventures", "christine@rowanventures.example", true},
    {"Gail Okafor", "Head of Partnerships", "Steady Mail", "gail@steadymail.example", false},
    {"Bob Lindqvist", "Engineer", "Harbour Ledger", "bob@harbourledger.example", true},
    {"Dana Ruiz", "Chief Product Officer", "Tidewater Health", "dana@tidewater.example", true},
    {"Emeka Obi", "Professor of Economics", "Northfield University", "emeka@northfield.example", true},
    {"Farah Aziz", "Founder", "Lantern Schools", "farah@lantern.example", true},
    {"Georg Baumann", "Managing Director", "Baumann Werkzeuge", "georg@baumann.example", true},
    {"Hanna Virtanen", "Editor", "The Harbour Post", "hanna@harbourpost.example", true},
    {"Ivo Petrov", "Data Scientist", "Steady Mail", "ivo@steadymail.example", false},
    {"Jun Sato", "Director of Research", "Aster Robotics", "jun@aster.example", false},
    {"Kofi Mensah", "Head of Finance", "Tidewater Health", "kofi@tidewater.example", false},
    {"Lena Fischer", "Lawyer", "Fischer & Roth", "lena@fischerroth.example", true},
    {"Marco Bianchi", "Restaurateur", "Osteria Bianchi", "marco@bianchi.example", false},
    {"Nora Haddad", "Investor", "Cedar Angels", "nora@cedarangels.example", false},
    {"Oscar Nilsen", "Architect", "Nilsen Studio", "oscar@nilsen.example", false},
    {"Priya Raman", "Vice President Engineering", "Aster Robotics", "priya@aster.example", false},
    {"Quentin Moreau", "Curator", "Musee du Port", "quentin@museeduport.example", false},
    {"Rosa Delgado", "Head of Sales", "Steady Mail", "rosa@steadymail.example", false},
    {"Samir Nasser", "Founder", "Copper Kettle", "samir@copperkettle.example", true},
    {"Tess Morgan", "Recruiter", "Morgan Search", "tess@morgansearch.example", true},
    {"Umar Sheikh", "Physician", "Tidewater Health", "umar@tidewater.example", false},
    {"Vera Novak", "Designer", "Nilsen Studio", "vera@nilsen.example", false},
    {"Wei Zhang", "Chief Executive", "Aster Robotics", "wei@aster.example", false},
    {"Xenia Papadaki", "Shipping Agent", "Papadaki Lines", "xenia@papadaki.example", false},
    {"Yusuf Demir", "Head of Logistics", "Papadaki Lines", "yusuf@papadaki.example", false},
    {"Zoe Campbell", "Journalist", "The Harbour Post", "zoe@harbourpost.example", false},
    {"Anton Berg", "Partner", "Cedar Angels", "anton@cedarangels.example", false},
    {"Beatriz Costa", "Head of Marketing", "Copper Kettle", "beatriz@copperkettle.example", false},
    {"Carl Ohlsson", "Chief Financial Officer", "Baumann Werkzeuge", "carl@baumann.example", false},
    {"Divya Nair", "Policy Adviser", "City of Northfield", "divya@cityofnorthfield.example", false},
    {"Elias Hoffmann", "Teacher", "Lantern Schools", "elias@lantern.example", false},
    {"Freya Lund", "Marine Biologist", "Northfield University", "freya@northfield.example", false},
    {"Grace Adeyemi", "Chief Operating Officer", "Lantern Schools", "grace@lantern.example", false},
    {"Hugo Lefevre", "Baker", "Lefevre et Filles", "hugo@lefevre.example", false},
    {"Ingrid Dahl", "Mayor", "City of Northfield", "ingrid@cityofnorthfield.example", false},
    {"Jack O'Neill", "Brewer", "Copper Kettle", "jack@copperkettle.example", false},
    {"Katya Morozova", "Translator", "Freelance", "katya@morozova.example", false},
    {"Liam Walsh", "Security Engineer", "Steady Mail", "liam@steadymail.example", false},
    {"Maya Goldberg", "Chair", "Rowan Alumni Association", "maya@rowanalumni.example", true},
});

struct SampleTie {
  std::string_view owner, contact;  // first names, which are all different
  double strength;
  TieSource source;
  std::string_view evidence;
};

constexpr auto mail = TieSource::mail;
constexpr auto card = TieSource::address_book;
constexpr auto linked = TieSource::linkedin;

constexpr auto ties = std::to_array<SampleTie>({
    {"Alice", "Christine", 0.72, mail, "wrote to each other 14 times since March"},
    {"Christine", "Gail", 0.81, mail, "wrote to each other 31 times since January"},
    {"Alice", "Bob", 0.90, mail, "worked together at Harbour Ledger since 2021"},
    {"Bob", "Gail", 0.30, linked, "connected on LinkedIn since 2019"},
    {"Alice", "Dana", 0.55, mail, "wrote to each other 6 times since May"},
    {"Dana", "Kofi", 0.88, mail, "worked together at Tidewater Health"},
    {"Dana", "Umar", 0.64, mail, "worked together at Tidewater Health"},
    {"Dana", "Gail", 0.22, linked, "connected on LinkedIn since 2022"},
    {"Alice", "Emeka", 0.35, card, "in the address book"},
    {"Emeka", "Freya", 0.78, mail, "colleagues at Northfield University"},
    {"Emeka", "Ingrid", 0.41, mail, "wrote to each other 5 times since June"},
    {"Alice", "Farah", 0.48, mail, "wrote to each other 4 times since July"},
    {"Farah", "Grace", 0.92, mail, "worked together at Lantern Schools"},
    {"Farah", "Elias", 0.70, mail, "worked together at Lantern Schools"},
    {"Farah", "Nora", 0.66, mail, "wrote to each other 12 times since April"},
    {"Christine", "Nora", 0.75, mail, "invested together in 2023"},
    {"Christine", "Anton", 0.58, mail, "wrote to each other 7 times since May"},
    {"Christine", "Wei", 0.52, mail, "board of Aster Robotics"},
    {"Christine", "Rosa", 0.33, linked, "connected on LinkedIn since 2018"},
    {"Georg", "Carl", 0.86, mail, "worked together at Baumann Werkzeuge"},
    {"Georg", "Jun", 0.44, mail, "wrote to each other 5 times since February"},
    {"Alice", "Georg", 0.30, linked, "connected on LinkedIn since 2020"},
    {"Hanna", "Zoe", 0.83, mail, "worked together at The Harbour Post"},
    {"Hanna", "Ingrid", 0.59, mail, "wrote to each other 9 times since March"},
    {"Hanna", "Gail", 0.39, mail, "wrote to each other 3 times since August"},
    {"Alice", "Hanna", 0.35, card, "in the address book"},
    {"Emeka", "Alice", 0.35, card, "in the address book"},
    {"Georg", "Alice", 0.30, linked, "connected on LinkedIn since 2020"},
    {"Hanna", "Alice", 0.35, card, "in the address book"},
    {"Maya", "Bob", 0.35, card, "in the address book"},
    {"Lena", "Nora", 0.47, mail, "wrote to each other 6 times since January"},
    {"Lena", "Oscar", 0.53, mail, "wrote to each other 8 times since February"},
    {"Alice", "Lena", 0.61, mail, "wrote to each other 10 times since April"},
    {"Samir", "Beatriz", 0.89, mail, "worked together at Copper Kettle"},
    {"Samir", "Jack", 0.77, mail, "worked together at Copper Kettle"},
    {"Samir", "Marco", 0.50, mail, "wrote to each other 6 times since May"},
    {"Samir", "Hugo", 0.46, card, "a friend in the address book"},
    {"Alice", "Samir", 0.43, mail, "wrote to each other 4 times since June"},
    {"Tess", "Priya", 0.57, mail, "placed her at Aster Robotics"},
    {"Tess", "Liam", 0.49, mail, "placed him at Steady Mail"},
    {"Tess", "Ivo", 0.45, mail, "placed him at Steady Mail"},
    {"Bob", "Tess", 0.51, mail, "wrote to each other 5 times since May"},
    {"Maya", "Divya", 0.60, mail, "alumni board since 2020"},
    {"Maya", "Quentin", 0.38, card, "in the address book"},
    {"Maya", "Christine", 0.69, mail, "alumni board since 2020"},
    {"Alice", "Maya", 0.40, mail, "wrote to each other 3 times since May"},
    {"Bob", "Maya", 0.35, card, "in the address book"},
    {"Georg", "Xenia", 0.42, mail, "ships with Papadaki Lines"},
    {"Georg", "Yusuf", 0.37, mail, "ships with Papadaki Lines"},
    {"Hanna", "Katya", 0.56, mail, "translates for The Harbour Post"},
    {"Lena", "Vera", 0.36, card, "in the address book"},
});

// They wrote to each other: either of them has it in their mailbox.
Tie turned_round(Tie tie) {
  std::swap(tie.owner, tie.contact);
  return tie;
}

Person person_of(const Sample& sample, PersonId id) {
  Person out;
  out.id = id;
  out.name = sample.name;
  out.title = sample.title;
  out.organisation = sample.organisation;
  out.address = parse_address(sample.address).value();
  out.member = sample.member;
  return out;
}

}  // namespace

SampleCommunity add_sample_people(Engine& engine) {
  std::map<std::string, PersonId> by_first_name;
  for (const Sample& sample : people) {
    const Person person = person_of(sample, PersonId{engine.settings.ids()});
    storage::add_person(engine.db, person);
    by_first_name[first_name(person)] = person.id;
  }
  for (const SampleTie& tie : ties) {
    const Tie known{by_first_name.at(std::string(tie.owner)),
                    by_first_name.at(std::string(tie.contact)),
                    tie.source,
                    tie.strength,
                    engine.now() - std::chrono::days{200},
                    std::string(tie.evidence)};
    storage::put_tie(engine.db, known);
    if (tie.source == mail && storage::load_person(engine.db, known.contact).member)
      storage::put_tie(engine.db, turned_round(known));
  }
  const auto address = [](std::size_t i) { return parse_address(people[i].address).value(); };
  return {address(0), address(1), address(2)};
}

}  // namespace tertius::daemon
