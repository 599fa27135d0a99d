#include "contacts/vcard.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "broker/name_words.hpp"
#include "broker/words.hpp"
#include "contacts/profile_url.hpp"
#include "contacts/text_file.hpp"
#include "contacts/vcard_lines.hpp"

namespace tertius::contacts {

namespace {

constexpr std::size_t most_bytes = 64'000'000;
constexpr std::size_t most_cards = 500'000;
constexpr std::size_t most_mails = 32;  // of a card; each is compared with all before it
constexpr double card_strength = 0.35;

// RELATED (RFC 6350 6.6.6): how the member says to know this person. First row that a card has wins.
struct Relation {
  std::string_view type;
  double strength;
  std::string_view evidence;
};
constexpr auto relations = std::to_array<Relation>({
    {"FRIEND", 0.8, "a friend in the address book"},
    {"COLLEAGUE", 0.6, "a colleague in the address book"},
    {"CO-WORKER", 0.6, "a colleague in the address book"},
    {"ACQUAINTANCE", 0.3, "an acquaintance in the address book"},
    {"MET", 0.3, "an acquaintance in the address book"},
});

struct Mail {
  Address address;
  int preference;  // 1 is the most preferred (RFC 6350 5.3)
};

struct Card {
  std::string formatted_name, structured_name, organisation, title, role, profile_url;
  std::vector<Mail> mails;
  const Relation* relation = nullptr;
  std::string skip;  // why this card is no person
};

constexpr int no_preference = 101;

// 4.0 says PREF=1 to PREF=100, 3.0 TYPE=PREF among other types, 2.1 a bare PREF.
int preference_of(const CardProperty& property) {
  for (const auto& parameter : property.parameters) {
    if (parameter.starts_with("PREF=")) {
      int value = no_preference;
      std::from_chars(parameter.data() + 5, parameter.data() + parameter.size(), value);
      return std::clamp(value, 1, no_preference);
    }
    if (has_phrase(spaced(parameter), "pref")) return 1;
  }
  return no_preference;
}

bool has_type(const CardProperty& property, std::string_view type) {
  return std::ranges::any_of(property.parameters, [&](std::string_view parameter) {
    if (parameter.starts_with("TYPE=")) parameter.remove_prefix(5);
    while (!parameter.empty()) {
      const auto comma = parameter.find(',');
      if (parameter.substr(0, comma) == type) return true;
      parameter.remove_prefix(comma == std::string_view::npos ? parameter.size() : comma + 1);
    }
    return false;
  });
}

void read_mail(const CardProperty& property, Card& card) {
  if (card.mails.size() >= most_mails) return;
  auto text = unescape(property.value);
  if (fold(text).starts_with("mailto:")) text.erase(0, 7);
  const auto address = parse_address(text);
  if (!address) return;
  const auto known = [&](const Mail& mail) {
    return address_key(mail.address) == address_key(address.value());
  };
  if (std::ranges::none_of(card.mails, known))
    card.mails.push_back({address.value(), preference_of(property)});
}

void read_relation(const CardProperty& property, Card& card) {
  const auto* row =
      std::ranges::find_if(relations, [&](const Relation& r) { return has_type(property, r.type); });
  if (row != relations.end() && (card.relation == nullptr || row < card.relation)) card.relation = row;
}

void read_kind(const CardProperty& property, Card& card) {
  const auto kind = fold(trim(property.value));
  if (property.name == "X-ABSHOWAS" ? kind == "company" : kind != "individual" && !kind.empty())
    card.skip = "not a person's card: " + kind;
}

void read_organisation(const CardProperty& property, Card& card) {
  if (card.organisation.empty()) card.organisation = one_line(split_value(property.value).front());
}

// "Family;Given;Additional;Prefixes;Suffixes" -> "Given Family".
void read_structured_name(const CardProperty& property, Card& card) {
  const auto parts = split_value(property.value);
  card.structured_name = one_line((parts.size() > 1 ? parts[1] : std::string{}) + " " + parts[0]);
}

void keep_first(const CardProperty& property, std::string& place) {
  if (place.empty()) place = one_line(unescape(property.value));
}

void read_profile(const CardProperty& property, Card& card) {
  if (card.profile_url.empty()) card.profile_url = make_profile_url(unescape(property.value));
}

using ReadProperty = void (*)(const CardProperty&, Card&);
struct Reading {
  std::string_view name;
  ReadProperty read;
};
constexpr auto readings = std::to_array<Reading>({
    {"FN", [](const CardProperty& p, Card& c) { keep_first(p, c.formatted_name); }},
    {"N", read_structured_name},
    {"ORG", read_organisation},
    {"TITLE", [](const CardProperty& p, Card& c) { keep_first(p, c.title); }},
    {"ROLE", [](const CardProperty& p, Card& c) { keep_first(p, c.role); }},
    {"EMAIL", read_mail},
    {"URL", read_profile},
    {"X-SOCIALPROFILE", read_profile},
    {"SOCIALPROFILE", read_profile},
    {"RELATED", read_relation},
    {"KIND", read_kind},
    {"X-ABSHOWAS", read_kind},
    {"X-ADDRESSBOOKSERVER-KIND", read_kind},
});

// "Goodman, Gail" is how Outlook formats a name; the structured one knows which is which.
std::string name_of(const Card& card) {
  const bool reversed = card.formatted_name.find(',') != std::string::npos && !card.structured_name.empty();
  const auto name = bare_name(reversed ? card.structured_name : card.formatted_name);
  return name.empty() ? bare_name(card.structured_name) : name;
}

Contact make_contact(Card card) {
  Contact contact;
  contact.name = name_of(card);
  contact.organisation = std::move(card.organisation);
  contact.title = card.title.empty() ? std::move(card.role) : std::move(card.title);
  contact.profile_url = std::move(card.profile_url);
  std::ranges::stable_sort(card.mails, {}, &Mail::preference);
  for (auto& mail : card.mails) contact.addresses.push_back(std::move(mail.address));
  contact.source = TieSource::address_book;
  contact.strength = card.relation != nullptr ? card.relation->strength : card_strength;
  contact.evidence = card.relation != nullptr ? card.relation->evidence : "in the address book";
  return contact;
}

void finish(Card card, ContactFile& file, std::size_t row) {
  if (card.skip.empty() && name_of(card).empty()) card.skip = "the card has no name";
  if (!card.skip.empty()) {
    file.skipped.push_back({row, card.skip});
  } else {
    file.contacts.push_back(make_contact(std::move(card)));
  }
}

bool is_marker(const CardProperty& property, std::string_view name) {
  return property.name == name && fold(trim(property.value)) == "vcard";
}

// Cards follow each other; 2.1's AGENT may hold a whole card inside another.
class CardCollector {
 public:
  void take(const CardProperty& property) {
    if (is_marker(property, "BEGIN")) return begin();
    if (is_marker(property, "END")) return end();
    in_agent_ = property.name == "AGENT" && trim(property.value).empty();
    if (!card_ || depth_ > 1 || !property.readable) return;
    const auto* row = std::ranges::find(readings, property.name, &Reading::name);
    if (row != readings.end()) row->read(property, *card_);
  }

  void close() {
    if (card_) skip_unended();
  }

  ContactFile file;
  std::size_t cards = 0;

 private:
  void begin() {
    if (card_ && in_agent_) {
      ++depth_;
      return;
    }
    if (card_) skip_unended();
    card_.emplace();
    depth_ = 1;
    ++cards;
  }

  void end() {
    if (!card_ || --depth_ > 0) return;
    finish(std::move(*card_), file, cards);
    card_.reset();
  }

  void skip_unended() {
    file.skipped.push_back({cards, "the card has no END:VCARD"});
    card_.reset();
  }

  std::optional<Card> card_;
  int depth_ = 0;
  bool in_agent_ = false;
};

}  // namespace

bool is_vcard(std::string_view text) { return fold(trim(text.substr(0, 64))).starts_with("begin:vcard"); }

Result<ContactFile> read_vcard(std::string_view bytes) {
  if (bytes.size() > most_bytes)
    return Failure{"The file has more than " + std::to_string(most_bytes) + " octets.",
                   "Part it into smaller files."};
  const auto text = text_of_file(bytes);
  if (!text) return text.error();
  if (!is_vcard(text.value())) return Failure{"The file does not begin with BEGIN:VCARD.", ""};

  CardCollector collector;
  collector.file.format = "vCard";
  CardReader reader(text.value());
  CardProperty property;
  while (reader.next(property)) {
    collector.take(property);
    if (collector.cards > most_cards)
      return Failure{"The file has more than " + std::to_string(most_cards) + " cards.",
                     "Part it into smaller files."};
  }
  collector.close();
  return std::move(collector.file);
}

}  // namespace tertius::contacts
