#include "contacts/linkedin_archive.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "broker/name_words.hpp"
#include "broker/words.hpp"
#include "contacts/csv_table.hpp"
#include "contacts/dates.hpp"
#include "contacts/linkedin.hpp"
#include "contacts/linkedin_messages.hpp"
#include "contacts/mail_evidence.hpp"
#include "contacts/profile_url.hpp"

namespace tertius::contacts {
namespace {

// A recommendation is a page of one's own words, as a colleague's card (0.6); a press on "endorse" is little
// more than the connection itself (0.35).
constexpr double recommendation_strength = 0.6;
constexpr double endorsement_strength = 0.4, mutual_endorsement_strength = 0.45;

struct Evidence {
  double strength = 0;
  std::string words;
};
void strengthen(Contact& contact, const Evidence& evidence) {
  if (evidence.strength <= contact.strength) return;
  contact.strength = evidence.strength;
  contact.evidence = evidence.words;
}

Evidence evidence_of(const LinkedinExchange& one) {
  return {1 - std::exp(-one.score / interactions_of_a_tie),
          "wrote to each other " + std::to_string(one.sent + one.received) + " times on LinkedIn since " +
              month_text(one.first)};
}

std::string full_name(const CsvTable& table, std::size_t row, const std::string& first,
                      const std::string& last) {
  return bare_name(std::string(table.cell(row, first)) + " " + std::string(table.cell(row, last)));
}

class Archive {
 public:
  Archive(const LinkedinArchive& texts, ContactFile& file) : texts_(texts), file_(file) {}
  void add_exchanges();
  void add_recommendations(const std::string& text, const char* name);
  void add_endorsements();

 private:
  std::string own_name() const;
  template <class T>
  T or_skipped(Result<T> read, const char* name);
  std::set<std::string> endorsed(const std::string& text, const char* name, const char* column);

  const LinkedinArchive& texts_;
  ContactFile& file_;
};

template <class T>
T Archive::or_skipped(Result<T> read, const char* name) {
  if (read) return std::move(read.value());
  file_.skipped.push_back({0, std::string(name) + ": " + read.error().what});
  return T{};
}

std::string Archive::own_name() const {
  const auto table = CsvTable::read(texts_.profile, {"first name", "last name"});
  return table && table.value().rows() > 0 ? full_name(table.value(), 0, "first name", "last name")
                                           : std::string();
}

void Archive::add_exchanges() {
  std::vector<LinkedinMessage> messages;
  if (!texts_.messages.empty())
    messages = or_skipped(read_linkedin_messages(texts_.messages), "messages.csv");
  if (!texts_.invitations.empty())
    for (auto& one : or_skipped(read_linkedin_invitations(texts_.invitations), "Invitations.csv"))
      messages.push_back(std::move(one));
  if (messages.empty()) return;
  const std::string owner = owner_of_messages(messages, own_name());
  if (owner.empty())
    return file_.skipped.push_back({0, "messages.csv: it is not clear whose messages these are"});
  auto exchanges = exchanges_of(messages, owner);
  for (Contact& contact : file_.contacts) {
    const auto found = exchanges.find(contact.profile_url);
    if (found == exchanges.end()) continue;
    strengthen(contact, evidence_of(found->second));
    exchanges.erase(found);
  }
  for (const auto& [url, exchange] : exchanges) {
    if (exchange.name.empty()) continue;
    Contact contact;
    contact.name = exchange.name;
    contact.profile_url = url;
    contact.source = TieSource::linkedin;
    strengthen(contact, evidence_of(exchange));
    file_.contacts.push_back(std::move(contact));
  }
}

// They have a name alone; only connections recommend each other, so that a name that one connection alone has
// is theirs.
void Archive::add_recommendations(const std::string& text, const char* name) {
  if (text.empty()) return;
  const CsvTable table = or_skipped(CsvTable::read(text, {"first name", "last name"}), name);
  std::set<std::string> recommended;
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (table.is_good(row)) recommended.insert(spaced(full_name(table, row, "first name", "last name")));
  std::map<std::string, std::size_t> bearers;
  for (const Contact& contact : file_.contacts) ++bearers[spaced(contact.name)];
  for (Contact& contact : file_.contacts) {
    const std::string called = spaced(contact.name);
    if (recommended.contains(called) && bearers[called] == 1)
      strengthen(contact, {recommendation_strength, "one recommended the other on LinkedIn"});
  }
}

std::set<std::string> Archive::endorsed(const std::string& text, const char* name, const char* column) {
  std::set<std::string> urls;
  if (text.empty()) return urls;
  const CsvTable table = or_skipped(CsvTable::read(text, {column}), name);
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const bool counts = table.is_good(row) && fold(table.cell(row, "endorsement status")) != "rejected";
    if (counts) urls.insert(make_profile_url(table.cell(row, column)));
  }
  urls.erase("");
  return urls;
}

void Archive::add_endorsements() {
  const auto given = endorsed(texts_.endorsements_given, "Endorsement_Given_Info.csv", "endorsee public url");
  const auto received =
      endorsed(texts_.endorsements_received, "Endorsement_Received_Info.csv", "endorser public url");
  for (Contact& contact : file_.contacts) {
    const bool gave = given.contains(contact.profile_url), got = received.contains(contact.profile_url);
    if (gave && got)
      strengthen(contact, {mutual_endorsement_strength, "endorsed each other's skills on LinkedIn"});
    else if (gave || got)
      strengthen(contact, {endorsement_strength, "one endorsed the other's skills on LinkedIn"});
  }
}

}  // namespace

Result<ContactFile> read_linkedin_archive(const LinkedinArchive& texts) {
  auto file = read_linkedin(texts.connections);
  if (!file) return file;
  Archive archive(texts, file.value());
  archive.add_recommendations(texts.recommendations_given, "Recommendations_Given.csv");
  archive.add_recommendations(texts.recommendations_received, "Recommendations_Received.csv");
  archive.add_endorsements();
  archive.add_exchanges();
  return file;
}

}  // namespace tertius::contacts
