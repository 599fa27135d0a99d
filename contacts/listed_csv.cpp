#include "contacts/listed_csv.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <span>

#include "broker/name_words.hpp"
#include "broker/words.hpp"
#include "contacts/csv.hpp"
#include "contacts/decode_text.hpp"

namespace tertius::contacts {
namespace {

constexpr CsvLimits limits{.bytes = 1'000'000'000, .rows = 4'000'000};

constexpr auto member_columns = std::to_array<std::string_view>({"email", "name", "organisation", "title"});
constexpr std::size_t needed_of_member = 2;
constexpr auto tie_columns = std::to_array<std::string_view>({"owner", "contact", "rating"});

// Where each column stands in the file; empty for one that is not there.
using Places = std::vector<std::optional<std::size_t>>;

std::optional<Places> find_places(const CsvRecord& header, std::span<const std::string_view> columns,
                                  std::size_t needed) {
  Places places(columns.size());
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const auto column = std::ranges::find(columns, fold(header.fields[i]));
    if (column != columns.end()) places[static_cast<std::size_t>(column - columns.begin())] = i;
  }
  const auto first = std::span(places).first(needed);
  const bool whole = std::ranges::all_of(first, [](const auto& place) { return place.has_value(); });
  return whole ? std::optional(std::move(places)) : std::nullopt;
}

std::string value_at(const CsvRecord& record, const std::optional<std::size_t>& place) {
  return place && *place < record.fields.size() ? record.fields[*place] : std::string();
}

Result<ListedMember> read_member(const CsvRecord& record, const Places& places) {
  auto address = parse_address(value_at(record, places[0]));
  if (!address) return address.error();
  ListedMember member{0, std::move(address.value()), bare_name(value_at(record, places[1])),
                      value_at(record, places[2]), value_at(record, places[3])};
  if (member.name.empty()) return Failure{"the row has no name", ""};
  return member;
}

Result<ListedTie> read_tie(const CsvRecord& record, const Places& places) {
  auto owner = parse_address(value_at(record, places[0]));
  if (!owner) return owner.error();
  auto contact = parse_address(value_at(record, places[1]));
  if (!contact) return contact.error();
  const std::string text = value_at(record, places[2]);
  double rating = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), rating);
  if (error != std::errc{} || end != text.data() + text.size() || !(rating > 0 && rating <= 1))
    return Failure{"the rating \"" + text + "\" is no number above 0 and up to 1", ""};
  if (address_key(owner.value()) == address_key(contact.value())) return Failure{"the two are the same", ""};
  return ListedTie{0, std::move(owner.value()), std::move(contact.value()), rating};
}

std::string joined(std::span<const std::string_view> columns) {
  std::string out;
  for (const auto column : columns) out.append(out.empty() ? "" : ",").append(column);
  return out;
}

template <class Row>
Result<Listed<Row>> read_listed(std::string_view bytes, std::span<const std::string_view> columns,
                                std::size_t needed, Result<Row> (*read)(const CsvRecord&, const Places&)) {
  const std::string text = decode_text(bytes);
  const bool by_semicolon = text.find(';') < text.find(',');
  const auto records = read_csv(text, by_semicolon ? ';' : ',', limits);
  if (!records) return records.error();
  const auto places =
      records.value().empty() ? std::nullopt : find_places(records.value().front(), columns, needed);
  if (!places)
    return Failure{"The first line does not name the columns.",
                   "Begin the file with " + joined(columns) + "."};
  Listed<Row> out;
  for (std::size_t i = 1; i < records.value().size(); ++i) {
    const CsvRecord& record = records.value()[i];
    auto row = record.trouble.empty() ? read(record, *places) : Result<Row>(Failure{record.trouble, ""});
    if (!row) {
      out.skipped.push_back({i, row.error().what});
      continue;
    }
    row.value().row = i;
    out.rows.push_back(std::move(row.value()));
  }
  return out;
}

}  // namespace

Result<Listed<ListedMember>> read_listed_members(std::string_view bytes) {
  return read_listed<ListedMember>(bytes, member_columns, needed_of_member, read_member);
}

Result<Listed<ListedTie>> read_listed_ties(std::string_view bytes) {
  return read_listed<ListedTie>(bytes, tie_columns, tie_columns.size(), read_tie);
}

}  // namespace tertius::contacts
