// Whom a member may meet: a search as one types, and each person's page with the ways to them. Only those
// whom this member may see are here (storage/visible_people.hpp); of anybody else the answer is the same as
// of nobody.
#include "storage/people.hpp"
#include "storage/visible_people.hpp"
#include "web/ask_form.hpp"
#include "web/path_picture.hpp"
#include "web/people_shown.hpp"

namespace tertius::web {

namespace {

constexpr int most_shown = 20;

void put_people(Fields& fields, const storage::PeopleFound& found) {
  for (const Person& person : found.people) {
    fields.sections["PERSONS"].push_back(
        row({{"URL", person_path(person)}, {"NAME", shown_name(person)}, {"ABOUT", shown_about(person)}}));
  }
}

std::string sentence_of(const storage::PeopleFound& found, const std::string& words) {
  if (found.people.empty() && found.more) return "Very many people match: write some more of the name.";
  if (found.people.empty()) return "Nobody whom you could meet here is called \"" + words + "\".";
  if (!found.as_typed) return "Nobody is called exactly that. Did you mean:";
  if (found.more) return "These and more: write some more of the name.";
  return "";
}

HttpResponse search_page(const Call& call) {
  const std::string words = field(call.form, "q");
  Fields fields = row({{"QUERY", words}, {"SENTENCE", ""}});
  if (!words.empty()) {
    const auto found = storage::search_visible(call.desk.db, call.member->person.id, words, most_shown);
    put_people(fields, found);
    fields.values["SENTENCE"] = sentence_of(found, words);
  }
  return with_own_scripts(page(call, "people", "People", std::move(fields)));
}

std::string connector_label(const Choice& choice, const Person& target) {
  if (choice.named) return shown_label(choice.person);
  return (choice.long_way ? "Somebody who knows somebody who knows " : "Somebody who knows ") +
         shown_name(target);
}

void put_connectors(Fields& fields, const Person& target, const std::vector<Choice>& choices) {
  for (const Choice& choice : choices) {
    Fields entry = row({{"LABEL", connector_label(choice, target)},
                        {"TIER", std::string(tier_name(choice.ranked.tier))},
                        {"TIER_KIND", choice.ranked.tier == Tier::weak ? "wait" : "good"}});
    for (const Wording& reason : choice.ranked.reasons)
      entry.sections["REASONS"].push_back(row({{"REASON", say(reason)}}));
    if (!choice.named) entry.sections["UNNAMED"] = {Fields{}};
    fields.sections["CONNECTORS"].push_back(std::move(entry));
  }
}

bool know_each_other(const Call& call, const Person& target) {
  const PersonId member = call.member->person.id;
  for (const Tie& tie : storage::ties_of(call.desk.db, member)) {
    if (tie.contact == target.id) return true;
  }
  return false;
}

HttpResponse person_page(const Call& call, const Person& person) {
  const bool closed = is_closed(person);
  const auto choices =
      closed ? std::vector<Choice>{} : call.desk.connectors(call.member->person.id, person.id);
  const bool knows = know_each_other(call, person);
  Fields fields = row({{"ABOUT", shown_about(person)},
                       {"PICTURE_TEXT", ""},
                       {"PICTURE_HEIGHT", ""},
                       {"ASK_URL", closed ? "" : "/ask?to=" + std::to_string(number(person.id))}});
  put_path_picture(fields, person, knows, choices);
  put_connectors(fields, person, choices);
  if (knows) fields.sections["KNOWN"] = {Fields{}};
  if (closed) fields.sections["CLOSED"] = {Fields{}};
  if (!closed && !knows && choices.empty()) fields.sections["NO_WAY"] = {Fields{}};
  return page(call, "person", shown_name(person), std::move(fields));
}

}  // namespace

HttpResponse show_people(const Call& call) {
  if (!call.member || !call.member->person.member) return wants_sign_in(call);
  if (call.parts.size() < 2) return search_page(call);
  if (const auto person = find_shown(call, call.parts[1])) return person_page(call, *person);
  return message(call, 404, "There is nobody here", "Nobody whom you could meet has this page.", "");
}

}  // namespace tertius::web
