// A member's contacts: whom they know and how we know that; their own word on it; taking any of it back.
#include "storage/my_contacts.hpp"

#include <algorithm>
#include <array>
#include <boost/url/encode.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <charconv>

#include "contacts/dates.hpp"
#include "storage/imports.hpp"
#include "storage/people.hpp"
#include "web/contacts_parts.hpp"
#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr int contacts_on_a_page = 50;

struct Source {
  TieSource source;
  std::string_view word, label;
};
constexpr auto sources = std::to_array<Source>({
    {TieSource::linkedin, "linkedin", "LinkedIn"},
    {TieSource::address_book, "address-book", "Address book"},
    {TieSource::mail, "mail", "Mail"},
    {TieSource::rating, "rating", "Your word"},
});

struct Rating {
  std::string_view word, label, evidence;
  double strength;
};
// broker's table of strengths: a friend's card has 0.8, a connection alone 0.35.
constexpr auto ratings = std::to_array<Rating>({
    {"well", "I know them well", "knows them well", 0.9},
    {"know", "I know them", "knows them", 0.6},
    {"hardly", "I hardly know them", "hardly knows them", 0.15},
});

const Source& row_of(TieSource source) { return *std::ranges::find(sources, source, &Source::source); }

std::string about(const Person& person) {
  if (person.title.empty() || person.organisation.empty()) return person.title + person.organisation;
  return person.title + ", " + person.organisation;
}

std::string name_of(const Person& person) {
  if (!person.name.empty()) return person.name;
  return person.address ? text(*person.address) : "Somebody without a name";
}

std::string people_text(std::int64_t count) {
  return std::to_string(count) + (count == 1 ? " person" : " people");
}

std::string list_url(const std::string& words, std::int64_t page) {
  std::string url = "/contacts?page=" + std::to_string(page);
  if (!words.empty()) url += "&q=" + boost::urls::encode(words, boost::urls::unreserved_chars);
  return url;
}

std::int64_t page_number(const Call& call, std::int64_t pages) {
  return std::clamp(number_in(field(call.form, "page")).value_or(1), std::int64_t{1},
                    std::max(pages, std::int64_t{1}));
}

std::string since_text(const std::vector<Tie>& ties) {
  std::optional<Time> first;
  for (const Tie& tie : ties)
    if (tie.since && (!first || *tie.since < *first)) first = tie.since;
  return first ? contacts::month_text(*first) : "";
}

Fields contact_row(const storage::KnownContact& contact) {
  Fields out = row({{"URL", "/contacts/" + std::to_string(number(contact.person.id))},
                    {"NAME", name_of(contact.person)},
                    {"ABOUT", about(contact.person)},
                    {"SINCE", since_text(contact.ties)}});
  for (const Tie& tie : contact.ties)
    out.sections["KNOWN_BY"].push_back(row({{"LABEL", std::string(row_of(tie.source).label)}}));
  return out;
}

void put_sources(Fields& fields, const Call& call) {
  for (const auto& [source, ties] : storage::count_ties_by_source(call.desk.db, call.member->person.id))
    fields.sections["FROM"].push_back(row({{"LABEL", std::string(row_of(source).label)},
                                           {"COUNT", people_text(ties)},
                                           {"URL", "/contacts/from/" + std::string(row_of(source).word)}}));
}

void put_pages(Fields& fields, const std::string& words, std::int64_t page, std::int64_t pages) {
  if (page > 1) fields.sections["PREVIOUS"] = {row({{"URL", list_url(words, page - 1)}})};
  if (page < pages) fields.sections["NEXT"] = {row({{"URL", list_url(words, page + 1)}})};
  if (pages > 1)
    fields.sections["WHERE"] = {row({{"PAGE", std::to_string(page)}, {"PAGES", std::to_string(pages)}})};
}

std::string nobody_text(const std::string& words) {
  return words.empty() ? "Nobody yet. Add a file, and they will stand here."
                       : "Nobody of that name is among your contacts.";
}

HttpResponse no_such_contact(const Call& call) {
  return message(call, 404, "This is none of your contacts", "Perhaps you have removed them.", "");
}

std::optional<storage::KnownContact> find_contact(const Call& call) {
  const auto id = number_in(call.parts[1]);
  if (!id) return std::nullopt;
  return storage::find_contact(call.desk.db, call.member->person.id, PersonId{*id});
}

void put_ratings(Fields& fields, const std::vector<Tie>& ties) {
  const auto given = std::ranges::find(ties, TieSource::rating, &Tie::source);
  for (const Rating& rating : ratings) {
    Fields option = row({{"VALUE", std::string(rating.word)}, {"LABEL", std::string(rating.label)}});
    if (given != ties.end() && given->evidence == rating.evidence) option.sections["CHECKED"] = {Fields{}};
    fields.sections["RATINGS"].push_back(std::move(option));
  }
}

HttpResponse show_one(const Call& call) {
  const auto contact = find_contact(call);
  if (!contact) return no_such_contact(call);
  Fields fields = row({{"ABOUT", about(contact->person)},
                       {"ACTION_URL", "/contacts/" + call.parts[1]},
                       {"NONCE", member_nonce(call)}});
  for (const Tie& tie : contact->ties) {
    const Source& source = row_of(tie.source);
    fields.sections["TIES"].push_back(row({{"LABEL", std::string(source.label)},
                                           {"SOURCE", std::string(source.word)},
                                           {"EVIDENCE", tie.evidence},
                                           {"SINCE", tie.since ? contacts::month_text(*tie.since) : ""}}));
  }
  put_ratings(fields, contact->ties);
  put_merged(fields, call, contact->person.id);
  return page(call, "contact", name_of(contact->person), std::move(fields));
}

HttpResponse rate(const Call& call, const storage::KnownContact& contact) {
  const auto* rating = std::ranges::find(ratings, field(call.form, "rating"), &Rating::word);
  if (rating == ratings.end())
    return message(call, 422, "Nothing was changed", "Choose how well you know them.",
                   "Go back and choose one.");
  storage::put_tie(call.desk.db, {call.member->person.id, contact.person.id, TieSource::rating,
                                  rating->strength, std::nullopt, std::string(rating->evidence)});
  return see_other("/contacts/" + call.parts[1]);
}

HttpResponse forget(const Call& call, const storage::KnownContact& contact) {
  const auto* source = std::ranges::find(sources, field(call.form, "source"), &Source::word);
  if (source == sources.end()) return no_such_contact(call);
  const PersonId me = call.member->person.id;
  storage::forget_tie(call.desk.db, me, contact.person.id, source->source);
  call.desk.wake();
  const bool known = storage::find_contact(call.desk.db, me, contact.person.id).has_value();
  return see_other(known ? "/contacts/" + call.parts[1] : "/contacts");
}

HttpResponse post_one(const Call& call) {
  const auto contact = find_contact(call);
  if (!contact) return no_such_contact(call);
  return field(call.form, "action") == "rate" ? rate(call, *contact) : forget(call, *contact);
}

const Source* find_source(const Call& call) {
  if (call.parts.size() != 3) return nullptr;
  const auto* found = std::ranges::find(sources, call.parts[2], &Source::word);
  return found == sources.end() ? nullptr : found;
}

HttpResponse ask_about_source(const Call& call) {
  const Source* source = find_source(call);
  if (source == nullptr) return no_such_contact(call);
  return page(
      call, "sure", "Remove everything from " + std::string(source->label) + "?",
      row({{"MESSAGE",
            "What you brought in from there goes, with its evidence. Whom you also know by another way stays "
            "among your contacts."},
           {"ACTION_URL", "/contacts/from/" + std::string(source->word)},
           {"NONCE", member_nonce(call)},
           {"BUTTON", "Remove all of it"},
           {"BACK_URL", "/contacts"}}));
}

HttpResponse forget_source(const Call& call) {
  const Source* source = find_source(call);
  if (source == nullptr) return no_such_contact(call);
  storage::forget_source(call.desk.db, call.member->person.id, source->source);
  call.desk.wake();
  return see_other("/contacts");
}

bool is_at(const Call& call, std::string_view second) {
  return call.parts.size() > 1 && call.parts[1] == second;
}

HttpResponse members_only(const Call& call) {
  return message(call, 403, "This is for members", "Only members keep contacts here.", "");
}

}  // namespace

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return value;
}

HttpResponse contact_list(const Call& call, const Failure& wrong) {
  const PersonId me = call.member->person.id;
  const std::string words = field(call.form, "q");
  const auto counted = storage::list_contacts(call.desk.db, me, words, 0, 0).total;
  const std::int64_t pages = (counted + contacts_on_a_page - 1) / contacts_on_a_page;
  const std::int64_t page_now = page_number(call, pages);
  const auto list = storage::list_contacts(
      call.desk.db, me, words, static_cast<int>((page_now - 1) * contacts_on_a_page), contacts_on_a_page);
  Fields fields = row({{"NONCE", member_nonce(call)},
                       {"SEARCH", words},
                       {"COUNT", people_text(list.total)},
                       {"MOST", std::to_string(most_upload_bytes / 1'000'000)}});
  for (const auto& contact : list.contacts) fields.sections["CONTACTS"].push_back(contact_row(contact));
  if (list.contacts.empty()) fields.sections["NOBODY"] = {row({{"SENTENCE", nobody_text(words)}})};
  put_sources(fields, call);
  put_pages(fields, words, page_now, pages);
  if (!storage::imports_of(call.desk.db, me, 1).empty()) fields.sections["IMPORTED"] = {Fields{}};
  if (words.empty() && page_now == 1) put_alike(fields, call);
  const bool under_way = put_books(fields, call, wrong);
  auto out = with_own_scripts(
      page(call, "contacts", "My contacts", std::move(fields), wrong.what.empty() ? 200 : 422));
  // Works without a script; not under somebody's typing.
  if (under_way && words.empty() && page_now == 1 && wrong.what.empty() && !call.kept)
    out.headers.emplace_back("Refresh", "5");
  return out;
}

std::string_view source_label(TieSource source) { return row_of(source).label; }

HttpResponse show_contacts(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (!call.member->person.member) return members_only(call);
  if (call.parts.size() < 2) return contact_list(call);
  if (is_at(call, "imports")) return show_imports(call);
  if (is_at(call, "books") || is_at(call, "alike")) return contact_list(call);
  return is_at(call, "from") ? ask_about_source(call) : show_one(call);
}

HttpResponse post_contacts(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (!call.member->person.member) return members_only(call);
  if (const auto refusal = refuse_member_post(call)) return *refusal;
  if (is_at(call, "imports")) return post_imports(call);
  if (is_at(call, "books") && call.parts.size() == 2) return post_books(call);
  if (is_at(call, "alike") && call.parts.size() == 2) return post_alike(call);
  if (is_at(call, "from")) return forget_source(call);
  return call.parts.size() == 2 ? post_one(call) : no_such_contact(call);
}

}  // namespace tertius::web
