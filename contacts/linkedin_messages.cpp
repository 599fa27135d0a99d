#include "contacts/linkedin_messages.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <set>

#include "broker/name_words.hpp"
#include "broker/words.hpp"
#include "contacts/csv_table.hpp"
#include "contacts/dates.hpp"
#include "contacts/interactions.hpp"
#include "contacts/profile_url.hpp"

namespace tertius::contacts {
namespace {

std::vector<std::string_view> parts_of(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const auto comma = list.find(',');
    parts.push_back(trim(list.substr(0, comma)));
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
  }
  return parts;
}

// A name may hold a comma ("Jane Smith, PhD"); only where there are as many as profiles do they belong
// together.
std::vector<LinkedinPerson> people_in(std::string_view names, std::string_view urls) {
  const auto profiles = parts_of(urls);
  auto called = parts_of(names);
  if (profiles.size() == 1) called = {names};
  std::vector<LinkedinPerson> people;
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    std::string url = make_profile_url(profiles[i]);
    if (url.empty()) continue;
    const bool has_name = called.size() == profiles.size();
    people.push_back({std::move(url), has_name ? bare_name(std::string(called[i])) : std::string()});
  }
  return people;
}

std::optional<LinkedinMessage> make_message(std::string_view from, std::string_view from_url,
                                            std::string_view to, std::string_view to_urls,
                                            std::optional<Time> sent) {
  auto sender = people_in(from, from_url);
  if (sender.size() != 1 || !sent) return std::nullopt;
  LinkedinMessage message{std::move(sender.front()), people_in(to, to_urls), *sent};
  return message.to.empty() ? std::nullopt : std::optional(std::move(message));
}

// Invitations.csv has dates as the reader's country writes them.
DateOrder order_in(const CsvTable& table, std::string_view column) {
  for (std::size_t row = 0; row < table.rows(); ++row)
    if (needs_day_first(table.cell(row, column))) return DateOrder::day_first;
  return DateOrder::month_first;
}

double decay(Time at, Time now) {
  const double age = std::chrono::duration<double>(now - at).count();
  return std::exp2(-age / std::chrono::duration<double>(half_life).count());
}

Time newest_of(const std::vector<LinkedinMessage>& messages) {
  Time newest{};
  for (const auto& message : messages) newest = std::max(newest, message.sent);
  return newest;
}

using Exchanges = std::map<std::string, LinkedinExchange>;

void tally(Exchanges& exchanges, const LinkedinPerson& person, bool sent, double weight, Time at) {
  LinkedinExchange& one = exchanges[person.profile_url];
  if (one.sent + one.received == 0) one.first = at;
  ++(sent ? one.sent : one.received);
  one.score += (sent ? weight_of_sent : 1) * weight;
  one.first = std::min(one.first, at);
  if (!person.name.empty()) one.name = person.name;
}

void count(Exchanges& exchanges, const LinkedinMessage& message, const std::string& owner, Time now) {
  const bool sent = message.from.profile_url == owner;
  std::vector<const LinkedinPerson*> others;
  bool to_owner = false;
  for (const auto& person : message.to) {
    if (person.profile_url == owner)
      to_owner = true;
    else
      others.push_back(&person);
  }
  if (sent == to_owner) return;  // neither, or a note to oneself
  const std::size_t around = others.size() + (sent ? 0 : 1);
  if (around >= too_many_participants || around == 0) return;
  const double weight = decay(message.sent, now) / static_cast<double>(around);
  if (!sent) return tally(exchanges, message.from, false, weight, message.sent);
  for (const auto* person : others) tally(exchanges, *person, true, weight, message.sent);
}

}  // namespace

Result<std::vector<LinkedinMessage>> read_linkedin_messages(std::string_view csv) {
  const auto table = CsvTable::read(csv, {"from", "sender profile url", "recipient profile urls", "date"});
  if (!table) return table.error();
  std::vector<LinkedinMessage> messages;
  const auto& rows = table.value();
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (!rows.is_good(row) || fold(rows.cell(row, "is message draft")) == "yes") continue;
    auto message = make_message(rows.cell(row, "from"), rows.cell(row, "sender profile url"),
                                rows.cell(row, "to"), rows.cell(row, "recipient profile urls"),
                                find_date(rows.cell(row, "date"), DateOrder::month_first));
    if (message) messages.push_back(std::move(*message));
  }
  return messages;
}

Result<std::vector<LinkedinMessage>> read_linkedin_invitations(std::string_view csv) {
  const auto table =
      CsvTable::read(csv, {"from", "to", "sent at", "message", "inviterprofileurl", "inviteeprofileurl"});
  if (!table) return table.error();
  std::vector<LinkedinMessage> messages;
  const auto& rows = table.value();
  const DateOrder order = order_in(rows, "sent at");
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (!rows.is_good(row) || rows.cell(row, "message").empty()) continue;
    auto message =
        make_message(rows.cell(row, "from"), rows.cell(row, "inviterprofileurl"), rows.cell(row, "to"),
                     rows.cell(row, "inviteeprofileurl"), find_date(rows.cell(row, "sent at"), order));
    if (message) messages.push_back(std::move(*message));
  }
  return messages;
}

std::string owner_of_messages(const std::vector<LinkedinMessage>& messages, const std::string& name) {
  std::map<std::string, std::size_t> in;
  std::set<std::string> of_that_name;
  for (const auto& message : messages) {
    std::set<std::string> here{message.from.profile_url};
    for (const auto& person : message.to) here.insert(person.profile_url);
    for (const auto& url : here) ++in[url];
    const bool is_named = !name.empty() && spaced(message.from.name) == spaced(name);
    if (is_named) of_that_name.insert(message.from.profile_url);
  }
  std::size_t most = 0;
  for (const auto& [url, count] : in) most = std::max(most, count);
  // A few of a changed address, or to an advertiser without one, are no reason to doubt the others.
  if (10 * most < 9 * messages.size()) return {};
  std::erase_if(in, [&](const auto& one) { return one.second != most; });
  if (in.size() > 1) std::erase_if(in, [&](const auto& one) { return !of_that_name.contains(one.first); });
  return in.size() == 1 ? in.begin()->first : std::string();
}

Exchanges exchanges_of(const std::vector<LinkedinMessage>& messages, const std::string& owner) {
  const Time now = newest_of(messages);
  Exchanges exchanges;
  for (const auto& message : messages) count(exchanges, message, owner, now);
  std::erase_if(exchanges, [](const auto& one) { return one.second.sent == 0 || one.second.received == 0; });
  return exchanges;
}

}  // namespace tertius::contacts
