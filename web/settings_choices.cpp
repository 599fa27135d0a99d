#include "web/settings_choices.hpp"

#include <array>

namespace tertius::web {

namespace {

constexpr auto fields = std::to_array<SettingsField>({
    {"language", "LANGUAGE", "language"},
    {"consent", "CONSENT", "being introduced"},
    {"shown", "SHOWN", "introducing others"},
    {"max_open_asks", "MAX_OPEN_ASKS", "requests at once"},
    {"quiet_from", "QUIET_FROM", "beginning of the quiet hours"},
    {"quiet_to", "QUIET_TO", "end of the quiet hours"},
    {"click_policy", "CLICK", "buttons in mails"},
});

constexpr auto choices = std::to_array<SettingsChoice>({
    {"language", "de", "Deutsch", ""},
    {"language", "en", "English", ""},
    {"language", "es", "Español", ""},
    {"language", "fr", "Français", ""},
    {"language", "pt", "Português", ""},

    {"consent", "ask_first", "Ask me first", "You read their words, and say yes or no."},
    {"consent", "straight", "Introduce me at once", "When somebody who knows you passes a request on."},
    {"consent", "never", "Never introduce me", "Nobody can ask to meet you."},

    {"shown", "named", "Yes, by name", "Members see that you could introduce them to somebody you know."},
    {"shown", "anonymous", "Yes, without my name",
     "They see only that somebody knows her, until you pass it on."},
    {"shown", "no", "No", "You are never offered, and never asked."},

    {"click_policy", "", "As the community has it", ""},
    {"click_policy", "bound", "Press a button on browsers that are new to us",
     "On those you have used before, one click is enough."},
    {"click_policy", "strict", "Always press a button", "A click in a mail opens a page and does no more."},
    {"click_policy", "reply_only", "Only answers by mail count",
     "Pages show what is asked, and have no buttons."},
});

}  // namespace

std::span<const SettingsField> settings_fields() { return fields; }
std::span<const SettingsChoice> settings_choices() { return choices; }

}  // namespace tertius::web
