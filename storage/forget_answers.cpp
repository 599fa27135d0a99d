#include "storage/forget_answers.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <functional>

#include "broker/utf8.hpp"
#include "broker/words.hpp"
#include "storage/fields_json.hpp"

namespace tertius::storage {
namespace {

using IsNamed = std::function<bool(const std::string& value)>;

// For LIKE, as `words` stand in the JSON of a mail's fields.
std::string pattern_of(const std::string& words) {
  constexpr std::size_t enough = 1'000;  // SQLite throws at a pattern of 50,000 octets
  const std::string quoted =
      boost::json::serialize(boost::json::value(std::string(utf8_prefix(words, enough))));
  std::string pattern = "%";
  for (const char c : quoted.substr(1, quoted.size() - 2)) {
    if (c == '%' || c == '_' || c == '!') pattern += '!';
    pattern += c;
  }
  return pattern + "%";
}

bool are_named(const Fields& fields, const IsNamed& is_named) {
  const auto any = [&](const std::vector<Fields>& section) {
    return std::ranges::any_of(section, [&](const Fields& row) { return are_named(row, is_named); });
  };
  return std::ranges::any_of(fields.values, [&](const auto& value) { return is_named(value.second); }) ||
         std::ranges::any_of(fields.sections, [&](const auto& section) { return any(section.second); });
}

// What cannot be read cannot be sent again either.
bool are_named(const std::string& json, const IsNamed& is_named) {
  try {
    return are_named(read_fields(json), is_named);
  } catch (const StorageError&) {
    return true;
  }
}

// LIKE finds "al@x.org" in "val@x.org" as well, and "Al Li" in "manual list": it only picks out.
void forget_answers(Database& db, const std::string& words, const IsNamed& is_named) {
  for (const Row& row : db.rows(
           "SELECT notice, fields FROM outbox_fields WHERE LOWER(fields) LIKE LOWER(CAST($1 AS TEXT)) ESCAPE "
           "'!' AND notice IN (SELECT id FROM outbox WHERE introduction IS NULL AND state IN ('sent', "
           "'failed', 'cancelled'))",
           {pattern_of(words)}))
    if (are_named(row.text(1), is_named))
      db.run("UPDATE outbox_fields SET fields = '{}' WHERE notice = $1", {row.integer(0)});
}

// Of fold()ed text. Punctuation is none, and neither are signs of scripts that are written without spaces.
bool is_letter(char32_t c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 0xC0 && c < 0x2000);
}

char32_t code_point_before(std::string_view text, std::size_t at) {
  std::size_t begin = at - 1;
  while (begin > 0 && (text[begin] & 0xC0) == 0x80) --begin;
  std::string_view one = text.substr(begin);
  return take_code_point(one);
}

char32_t code_point_at(std::string_view text, std::size_t at) {
  std::string_view rest = text.substr(at);
  return rest.empty() ? U' ' : take_code_point(rest);
}

bool stands_alone(std::string_view text, std::size_t begin, std::size_t end) {
  return (begin == 0 || !is_letter(code_point_before(text, begin))) && !is_letter(code_point_at(text, end));
}

// Nor beside what may be of an address. A dot ends a sentence, or goes on.
bool stands_alone_as_address(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::string_view within = "-_+.";
  if (begin > 0 && within.find(text[begin - 1]) != within.npos) return false;
  if (end < text.size() && text[end] == '.') ++end;
  return stands_alone(text, begin, end) && (end >= text.size() || within.find(text[end]) == within.npos);
}

bool has_alone(std::string_view text, std::string_view wanted, auto stands) {
  for (auto at = text.find(wanted); at != text.npos; at = text.find(wanted, at + 1))
    if (stands(text, at, at + wanted.size())) return true;
  return false;
}

}  // namespace

void forget_answers_naming(Database& db, const std::string& name) {
  const std::string wanted = fold(name);
  if (wanted.empty()) return;
  forget_answers(db, name,
                 [&](const std::string& value) { return has_alone(fold(value), wanted, stands_alone); });
}

void forget_answers_with_address(Database& db, const Address& address) {
  const std::string wanted = fold(text(address));
  forget_answers(db, text(address), [&](const std::string& value) {
    return has_alone(fold(value), wanted, stands_alone_as_address);
  });
}

}  // namespace tertius::storage
