// Contacts who may be one person: asked about on the page of all contacts, answered there, and taken back on
// the contact's own page.
#include "storage/merging.hpp"
#include "web/api_json.hpp"
#include "web/audited.hpp"
#include "web/contacts_parts.hpp"
#include "web/parts.hpp"

namespace tertius::web {
namespace {

constexpr std::size_t most_asked = 5;

std::string shown_address(const std::optional<Address>& address) {
  return address ? text(*address) : std::string();
}

std::string known_by(const storage::KnownContact& contact) {
  std::string all;
  for (const Tie& tie : contact.ties)
    all += (all.empty() ? "" : ", ") + std::string(source_label(tie.source));
  return all;
}

// What tells two of one name apart: where they are reached, and whence they are known.
std::string marks_of(const storage::KnownContact& contact) {
  const Person& person = contact.person;
  std::string marks = shown_address(person.address);
  for (const std::string& more : {person.profile_url, person.title, known_by(contact)})
    if (!more.empty()) marks += (marks.empty() ? "" : "; ") + more;
  return marks;
}

}  // namespace

void put_alike(Fields& fields, const Call& call) {
  for (const auto& [one, other] : storage::find_alike(call.desk.db, call.member->person.id, most_asked))
    fields.sections["ALIKE"].push_back(row({{"NAME", one.person.name},
                                            {"ORGANISATION", one.person.organisation},
                                            {"ONE", id_text(one.person.id)},
                                            {"OTHER", id_text(other.person.id)},
                                            {"ONE_MARKS", marks_of(one)},
                                            {"OTHER_MARKS", marks_of(other)}}));
}

void put_merged(Fields& fields, const Call& call, PersonId contact) {
  for (const auto& merged : storage::merged_into(call.desk.db, call.member->person.id, contact)) {
    const std::string place = shown_address(merged.address);
    fields.sections["MERGED"].push_back(
        row({{"NAME", merged.words.name + (place.empty() ? "" : " <" + place + ">")},
             {"VALUE", id_text(merged.gone)}}));
  }
}

HttpResponse post_alike(const Call& call) {
  const PersonId me = call.member->person.id;
  const auto one = find_id<PersonId>(field(call.form, "one"));
  const auto other = find_id<PersonId>(field(call.form, "other"));
  const std::string action = field(call.form, "action");
  if (action == "unmerge" && one && storage::unmerge_contact(call.desk.db, me, *one)) {
    note(call, AuditAct::parted, storage::by_person(*one));
    call.desk.wake();
    return see_other("/contacts/" + id_text(*one));
  }
  const bool are_theirs = one && other && storage::find_contact(call.desk.db, me, *one) &&
                          storage::find_contact(call.desk.db, me, *other);
  if (action == "two" && are_theirs) {
    storage::tell_apart(call.desk.db, me, *one, *other);
    return see_other("/contacts#alike");
  }
  const auto kept = action == "same" && are_theirs
                        ? storage::merge_contacts(call.desk.db, me, *one, *other, call.desk.now)
                        : std::nullopt;
  if (!kept)
    return message(call, 404, "Nothing was changed", "They are not both among your contacts any more.", "");
  const PersonId gone = *kept == *one ? *other : *one;
  note(call, AuditAct::merged, storage::by_person(gone) + " into " + storage::by_person(*kept));
  call.desk.wake();
  return see_other("/contacts/" + id_text(*kept));
}

}  // namespace tertius::web
