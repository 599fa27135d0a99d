#include "templates/vocabulary.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace tertius::templates {

namespace {

constexpr std::string_view page = "notice";

constexpr auto notice_rows = std::to_array<FieldRow>({
    {page, "", "COMMUNITY TO_NAME TO_FIRST ASK_ADDRESS REPLY_ADDRESS"},
    {page, "", "REQUESTER REQUESTER_FIRST REQUESTER_LABEL REQUESTER_ABOUT REQUESTER_ADDRESS"},
    {page, "", "TARGET TARGET_FIRST TARGET_LABEL TARGET_ABOUT TARGET_ADDRESS"},
    {page, "", "CONNECTOR CONNECTOR_FIRST CONNECTOR_LABEL CONNECTOR_ABOUT CONNECTOR_ADDRESS"},
    {page, "", "NEXT NEXT_FIRST NEXT_LABEL NEXT_ABOUT BEFORE BEFORE_FIRST BEFORE_LABEL BEFORE_ABOUT"},
    {page, "",
     "CONNECTOR_KNOWS_TARGET CONNECTOR_KNOWS_REQUESTER CONNECTOR_KNOWS_NEXT CONNECTOR_KNOWS_BEFORE"},
    {page, "", "SUBJECT COVER_NOTE PITCH ENDORSEMENT VOUCHING QUESTION REMARK"},
    {page, "", "DECISION DECISION_TEXT EFFECTIVE_AT EXPIRES_AT"},
    {page, "",
     "FORWARD_URL DECLINE_URL CHANGES_URL ACCEPT_URL UNDO_URL NOW_URL CONFIRM_URL SHOW_URL STOP_URL"},
    {page, "", "SIGN_IN_URL START_URL TOKENS_URL TOKEN_NAME TOKEN_SCOPES ALERT"},
    {page, "", "SPOKE_URL NOT_YET_URL FORWARD_MAILTO DECLINE_MAILTO ACCEPT_MAILTO"},
    {page, "TO_REQUESTER", ""},
    {page, "TO_CONNECTOR", ""},
    {page, "TO_TARGET", ""},
    {page, "CONNECTORS", "NAME LABEL TIER REASON CHOOSE_URL"},
    {page, "FINDINGS", "WHAT HINT FIELD"},
    {page, "BLOCKS", ""},
    {page, "CANDIDATES", "LABEL ADDRESS"},
    {page, "PITCH_LINES", "LINE"},
    {page, "COVER_NOTE_LINES", "LINE"},
    {page, "ENDORSEMENT_LINES", "LINE"},
    {page, "VOUCHING_LINES", "LINE"},
    {page, "QUESTION_LINES", "LINE"},
    {page, "REMARK_LINES", "LINE"},
});

constexpr std::string_view many_lines = "COVER_NOTE PITCH ENDORSEMENT VOUCHING QUESTION REMARK";

constexpr auto recipient_sections =
    std::to_array<std::string_view>({"TO_REQUESTER", "TO_CONNECTOR", "TO_TARGET"});

bool has_word(std::string_view words, std::string_view word) {
  while (!words.empty()) {
    const auto end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) == word) return true;
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return false;
}

using Rows = std::span<const FieldRow>;

struct Place {
  Rows rows;
  std::string_view page;
  std::vector<std::string_view> open{""};  // sections around, outermost first
};

bool is_value(const Place& place, std::string_view name) {
  return std::any_of(place.rows.begin(), place.rows.end(), [&](const FieldRow& row) {
    const auto around = std::find(place.open.begin(), place.open.end(), row.section) != place.open.end();
    return row.page == place.page && around && has_word(row.values, name);
  });
}

bool is_section(const Place& place, std::string_view name) {
  for (const std::string_view asks : {"HAS_", "WITHOUT_"}) {
    if (!name.starts_with(asks)) continue;
    const auto rest = name.substr(asks.size());
    return is_value(place, rest) || is_section(place, rest);
  }
  return std::any_of(place.rows.begin(), place.rows.end(),
                     [&](const FieldRow& row) { return row.page == place.page && row.section == name; });
}

std::optional<std::string> find_unknown_in(const Outline& outline, Place& place) {
  for (const auto& value : outline.values) {
    if (!is_value(place, value)) return "{{" + value + "}}";
  }
  for (const auto& section : outline.sections) {
    if (!is_section(place, section.section)) return "{{#" + section.section + "}}";
    place.open.push_back(section.section);
    auto unknown = find_unknown_in(section, place);
    place.open.pop_back();
    if (unknown) return unknown;
  }
  return std::nullopt;
}

}  // namespace

std::span<const FieldRow> notice_vocabulary() { return notice_rows; }

std::optional<std::string> find_unknown(const Outline& outline, Rows rows, std::string_view page_name) {
  Place place{rows, page_name};
  return find_unknown_in(outline, place);
}

bool says_recipient(const Fields& fields) {
  return std::any_of(recipient_sections.begin(), recipient_sections.end(),
                     [&](auto name) { return fields.sections.contains(std::string{name}); });
}

bool shows_recipient(const Outline& outline) {
  return std::any_of(outline.sections.begin(), outline.sections.end(), [](const Outline& section) {
    return std::find(recipient_sections.begin(), recipient_sections.end(), section.section) !=
           recipient_sections.end();
  });
}

bool has_many_lines(std::string_view value) { return has_word(many_lines, value); }

}  // namespace tertius::templates
