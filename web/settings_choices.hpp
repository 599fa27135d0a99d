#pragma once
// What can be chosen on the settings page: one row for each choice, in the order of the page. Names are those
// of the form and of the database.

#include <span>
#include <string_view>

namespace tertius::web {

struct SettingsField {
  std::string_view name;     // of the form's field
  std::string_view section;  // of the page's choices and errors
  std::string_view words;    // "Saved: quiet hours."
};
std::span<const SettingsField> settings_fields();

struct SettingsChoice {
  std::string_view field, value, label, hint;
};
std::span<const SettingsChoice> settings_choices();

}  // namespace tertius::web
