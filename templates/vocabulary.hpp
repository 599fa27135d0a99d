#pragma once
// The names that a notice or page may show, as tables, and the check of a template against them: a misspelt
// name in an operator's file is found when the daemon starts, not in somebody's mail. Pure.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "broker/notice.hpp"
#include "templates/outline.hpp"

namespace tertius::templates {

// The values to be had in one section (empty: anywhere) of one page; names separated by spaces. Inside a
// section stand its own values and all those outside it. HAS_<NAME> is a section wherever <NAME> is a value
// or a section.
struct FieldRow {
  std::string_view page;
  std::string_view section;
  std::string_view values;
};

// Page "notice": what broker/notice_fields.hpp promises.
std::span<const FieldRow> notice_vocabulary();

// A name of the outline that no row of this page has: "{{NAME}}" or "{{#SECTION}}".
std::optional<std::string> find_unknown(const Outline& outline, std::span<const FieldRow> rows,
                                        std::string_view page);

// Some notices differ by who gets them: one of TO_REQUESTER, TO_CONNECTOR and TO_TARGET says so.
bool shows_recipient(const Outline& outline);
bool says_recipient(const Fields& fields);

// Values of several lines; all others are printed on one.
bool has_many_lines(std::string_view value);

}  // namespace tertius::templates
