#include "contacts/mail_evidence.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <optional>

#include "contacts/csv.hpp"
#include "contacts/dates.hpp"
#include "contacts/text_file.hpp"

namespace tertius::contacts {
namespace {

enum Column { address, name, sent, received, first, last, interaction };
constexpr std::array<std::string_view, 7> column_names = {"Address", "Name", "Sent",       "Received",
                                                          "First",   "Last", "Interaction"};

// RFC 4180 2.7; and no cell of a stranger's begins a formula in the spreadsheet of whoever looks it over.
std::string cell(std::string_view text) {
  std::string out = "\"";
  for (const char c : one_line(text)) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  if (out.size() > 1 && std::string_view("=+-@").find(out[1]) != std::string_view::npos) out.insert(1, "'");
  return out + "\"";
}

std::string day_text(Time time) {
  const std::chrono::year_month_day day{std::chrono::floor<std::chrono::days>(time)};
  std::array<char, 16> out{};
  std::snprintf(out.data(), out.size(), "%04d-%02u-%02u", int(day.year()), unsigned(day.month()),
                unsigned(day.day()));
  return out.data();
}

template <class Number>
std::optional<Number> number_in(const std::string& text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string evidence_text(std::size_t messages, Time since) {
  return "wrote to each other " + std::to_string(messages) + " times since " + month_text(since);
}

// A row, or why it is none. Whoever made the file counted both directions; a hand may have changed it.
Result<Contact> read_row(const CsvRecord& record) {
  if (!record.trouble.empty()) return Failure{record.trouble, ""};
  if (record.fields.size() != column_names.size()) return Failure{"the row has not seven cells", ""};
  auto written_to = parse_address(record.fields[address]);
  if (!written_to) return Failure{"\"" + record.fields[address] + "\" is no mail address", ""};
  const auto times_sent = number_in<std::uint32_t>(record.fields[sent]);
  const auto times_received = number_in<std::uint32_t>(record.fields[received]);
  const auto score = number_in<double>(record.fields[interaction]);
  const auto since = find_date(record.fields[first], DateOrder::day_first);
  const auto until = find_date(record.fields[last], DateOrder::day_first);
  if (!times_sent || !times_received || !score || !since || !until || !std::isfinite(*score) || *score <= 0)
    return Failure{"a number or a date in the row cannot be read", ""};
  if (*times_sent == 0 || *times_received == 0) return Failure{"only one of the two wrote", ""};
  Contact contact;
  contact.name = record.fields[name];
  contact.addresses.push_back(std::move(written_to.value()));
  contact.since = until;
  contact.source = TieSource::mail;
  contact.strength = 1 - std::exp(-*score / interactions_of_a_tie);
  contact.evidence = evidence_text(std::size_t{*times_sent} + *times_received, *since);
  return contact;
}

}  // namespace

std::string write_mail_evidence(std::span<const Interaction> interactions) {
  std::string out;
  for (const auto& column : column_names) out.append(out.empty() ? "" : ",").append(column);
  out += "\r\n";
  for (const Interaction& one : interactions) {
    std::array<char, 32> score{};
    std::snprintf(score.data(), score.size(), "%.4f", one.score);
    out += cell(text(one.address)) + "," + cell(one.name) + "," + std::to_string(one.sent) + "," +
           std::to_string(one.received) + "," + day_text(one.first) + "," + day_text(one.last) + "," +
           score.data() + "\r\n";
  }
  return out;
}

bool is_mail_evidence(std::string_view text) {
  const auto beginning = read_csv_beginning(text, ',', 1);
  return !beginning.empty() && std::ranges::equal(beginning.front().fields, column_names);
}

Result<ContactFile> read_mail_evidence(std::string_view text) {
  const auto records = read_csv(text, ',');
  if (!records) return records.error();
  ContactFile file;
  file.format = "Mail evidence of tertius mine-mail";
  for (std::size_t row = 1; row < records.value().size(); ++row) {
    auto contact = read_row(records.value()[row]);
    if (contact)
      file.contacts.push_back(std::move(contact.value()));
    else
      file.skipped.push_back({row, contact.error().what});
  }
  return file;
}

}  // namespace tertius::contacts
