// /settings: what a person wants otherwise than the community has it, and whom they do not want to hear of.
// One form for the settings, one for the list; what was wrong is told beside its field, and what was typed is
// kept.
#include <algorithm>
#include <charconv>
#include <cstdio>

#include "storage/names.hpp"
#include "storage/people.hpp"
#include "storage/preferences.hpp"
#include "templates/render.hpp"
#include "web/parts.hpp"
#include "web/settings_choices.hpp"

namespace tertius::web {

namespace {

constexpr std::size_t most_unwanted = 100;  // each address may make a person that was not known

using Problems = std::multimap<std::string, std::string>;  // field, what is wrong

struct Settings {
  Person person;
  Preferences preferences;
};

std::string number_or_nothing(const std::optional<int>& number) {
  return number ? std::to_string(*number) : std::string();
}

// As the form has them.
Form form_of(const Settings& settings) {
  const Preferences& own = settings.preferences;
  return {{"language", settings.person.language},
          {"consent", std::string(storage::consent_name(settings.person.consent))},
          {"shown", std::string(shown_name(own.shown))},
          {"max_open_asks", number_or_nothing(own.max_open_asks)},
          {"quiet_from", number_or_nothing(own.quiet_from)},
          {"quiet_to", number_or_nothing(own.quiet_to)},
          {"click_policy", own.click_policy ? std::string(click_policy_name(*own.click_policy)) : ""}};
}

Settings load_settings(const Call& call) {
  const Person& person = call.member->person;
  return {person, storage::load_preferences(call.desk.db, person.id)};
}

// ---- reading the form ----

// Empty is no number, and no mistake.
std::optional<int> read_number(const Form& form, const std::string& name, int least, int most,
                               const std::string& mistake, Problems& problems) {
  std::string text = field(form, name);
  std::erase(text, ' ');
  if (text.empty()) return std::nullopt;
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error == std::errc{} && end == text.data() + text.size() && value >= least && value <= most)
    return value;
  problems.emplace(name, mistake);
  return std::nullopt;
}

template <class Enum>
void read_choice(const Form& form, const std::string& name, std::optional<Enum> (*find)(std::string_view),
                 Enum& out, Problems& problems) {
  if (const auto found = find(field(form, name)))
    out = *found;
  else
    problems.emplace(name, "Choose one of these.");
}

void read_language(const Form& form, std::string& out, Problems& problems) {
  const auto known = templates::languages();
  const std::string wanted = field(form, "language");
  if (std::ranges::find(known, wanted) == known.end())
    problems.emplace("language", "Choose one of these.");
  else
    out = wanted;
}

void read_quiet_hours(const Form& form, Preferences& out, Problems& problems) {
  const std::string mistake = "Choose a full hour.";
  out.quiet_from = read_number(form, "quiet_from", 0, 23, mistake, problems);
  out.quiet_to = read_number(form, "quiet_to", 0, 23, mistake, problems);
  if (!problems.contains("quiet_from") && !problems.contains("quiet_to") &&
      out.quiet_from.has_value() != out.quiet_to.has_value())
    problems.emplace(out.quiet_from ? "quiet_to" : "quiet_from", "Choose both hours, or neither.");
}

void read_click_policy(const Call& call, Preferences& out, Problems& problems) {
  const std::string wanted = field(call.form, "click_policy");
  out.click_policy = find_click_policy(wanted);
  if (wanted.empty()) return;
  if (!out.click_policy)
    problems.emplace("click_policy", "Choose one of these.");
  else if (*out.click_policy < call.desk.policy.click)
    problems.emplace("click_policy", "The community is stricter than that.");
}

Settings read_settings(const Call& call, const Settings& before, Problems& problems) {
  Settings out = before;
  read_language(call.form, out.person.language, problems);
  read_choice(call.form, "consent", storage::find_consent, out.person.consent, problems);
  read_choice(call.form, "shown", find_shown, out.preferences.shown, problems);
  out.preferences.max_open_asks = read_number(call.form, "max_open_asks", 1, most_open_asks,
                                              "Write a number from 1 to 99, or leave it empty.", problems);
  read_quiet_hours(call.form, out.preferences, problems);
  read_click_policy(call, out.preferences, problems);
  return out;
}

// ---- the page ----

std::string clock(int hour) {
  char text[16];
  std::snprintf(text, sizeof text, "%02d:00", hour);
  return text;
}

std::string zone_of(const QuietHours& quiet) {
  if (quiet.utc_offset == seconds{0}) return "UTC";
  const std::chrono::hh_mm_ss offset{std::chrono::abs(quiet.utc_offset)};
  char text[32];
  std::snprintf(text, sizeof text, "UTC%c%02d:%02d", quiet.utc_offset < seconds{0} ? '-' : '+',
                int(offset.hours().count()), int(offset.minutes().count()));
  return text;
}

std::string quiet_hint(const QuietHours& quiet) {
  const std::string usual = quiet.from == quiet.to ? "none" : clock(quiet.from) + " to " + clock(quiet.to);
  return "Reminders wait until they are over. The community has " + usual + " (" + zone_of(quiet) + ")" +
         (quiet.weekends ? ", and weekends." : ".") + " The same hour twice means none.";
}

bool is_offered(const SettingsChoice& choice, const Policy& policy) {
  if (choice.field != "click_policy" || choice.value.empty()) return true;
  return find_click_policy(choice.value).value_or(ClickPolicy::one_click) > policy.click;
}

void put_choice(Fields& fields, const std::string& section, const std::string& value,
                const std::string& label, const std::string& hint, bool chosen) {
  Fields entry = row({{"VALUE", value}, {"LABEL", label}, {"CHOICE_HINT", hint}});
  if (chosen) entry.sections["CHOSEN"] = {Fields{}};
  fields.sections[section].push_back(std::move(entry));
}

void put_choices(Fields& fields, const Form& values, const Policy& policy) {
  for (const SettingsChoice& choice : settings_choices()) {
    if (!is_offered(choice, policy)) continue;
    const auto known = std::ranges::find(settings_fields(), choice.field, &SettingsField::name);
    put_choice(fields, std::string(known->section), std::string(choice.value), std::string(choice.label),
               std::string(choice.hint), field(values, std::string(choice.field)) == choice.value);
  }
  for (const auto& [name, section] :
       {std::pair{"quiet_from", "QUIET_FROM"}, std::pair{"quiet_to", "QUIET_TO"}}) {
    const std::string chosen = field(values, name);
    put_choice(fields, section, "", "As the community", "", chosen.empty());
    for (int hour = 0; hour < 24; ++hour)
      put_choice(fields, section, std::to_string(hour), clock(hour), "", chosen == std::to_string(hour));
  }
}

void put_problems(Fields& fields, const Problems& problems) {
  for (const auto& [name, what] : problems) {
    const auto known = std::ranges::find(settings_fields(), name, &SettingsField::name);
    const std::string section = known == settings_fields().end() ? "ADDRESS" : std::string(known->section);
    fields.sections[section + "_ERRORS"].push_back(row({{"WHAT", what}}));
  }
  if (!problems.empty())
    fields.sections["BAD"] = {
        row({{"SENTENCE", "Nothing was saved yet: something has to be mended first."}})};
}

// By the address that was written, and by nothing else that is known of them.
void put_unwanted(Fields& fields, const Call& call) {
  for (const auto& one : storage::do_not_ask_addresses(call.desk.db, call.member->person.id)) {
    const std::string label =
        one.address.empty() ? storage::load_person(call.desk.db, one.other).name : one.address;
    fields.sections["UNWANTED"].push_back(row({{"LABEL", label.empty() ? "Somebody" : label},
                                               {"OTHER", std::to_string(number(one.other))},
                                               {"WRITTEN", one.address}}));
  }
}

HttpResponse settings_page(const Call& call, const Form& values, const Problems& problems,
                           const std::string& good = {}) {
  const Links& links = call.desk.links;
  const Token stop{number(call.member->person.id), Role::requester, TokenUse::stop, 0};
  Fields fields = row({{"ACTION_URL", "/settings"},
                       {"NONCE", member_nonce(call)},
                       {"MAX_OPEN_ASKS", field(values, "max_open_asks")},
                       {"QUIET_HINT", quiet_hint(call.desk.policy.quiet)},
                       {"ADDRESS", field(values, "address")},
                       {"SIGN_OUT_URL", "/sign-out"},
                       {"BROWSERS_URL", "/browsers"},
                       {"STOP_URL", token_url(links, "stop", stop)}});
  fields.sections[call.member->person.stopped ? "STOPPED" : "RUNNING"] = {Fields{}};
  put_choices(fields, values, call.desk.policy);
  put_unwanted(fields, call);
  put_problems(fields, problems);
  if (!good.empty()) fields.sections["GOOD"] = {row({{"SENTENCE", good}})};
  return page(call, "settings", "Your settings", std::move(fields), problems.empty() ? 200 : 422);
}

HttpResponse page_now(const Call& call, const std::string& good = {}) {
  return settings_page(call, form_of(load_settings(call)), {}, good);
}

// ---- what the forms do ----

std::string what_changed(const Form& before, const Form& after) {
  std::string out;
  for (const SettingsField& one : settings_fields()) {
    const std::string name(one.name);
    if (field(before, name) == field(after, name)) continue;
    out += (out.empty() ? "Saved: " : ", ") + std::string(one.words);
  }
  return out.empty() ? "Nothing has changed." : out + ".";
}

HttpResponse save(const Call& call) {
  const Settings before = load_settings(call);
  Problems problems;
  const Settings after = read_settings(call, before, problems);
  if (!problems.empty()) return settings_page(call, call.form, problems);
  if (after.person != before.person) storage::save_person(call.desk.db, after.person);
  if (!(after.preferences == before.preferences))
    storage::save_preferences(call.desk.db, after.person.id, after.preferences);
  return settings_page(call, form_of(after), {}, what_changed(form_of(before), form_of(after)));
}

HttpResponse turned_back(const Call& call, const std::string& what) {
  Form values = form_of(load_settings(call));
  values["address"] = field(call.form, "address");
  return settings_page(call, values, {{"address", what}});
}

// Whether the address is known here is not told: who is not gets a person without a name.
HttpResponse add_unwanted(const Call& call) {
  const PersonId person = call.member->person.id;
  const auto address = parse_address(field(call.form, "address"));
  if (!address) return turned_back(call, "That is no mail address.");
  if (storage::do_not_ask_addresses(call.desk.db, person).size() >= most_unwanted)
    return turned_back(call, "The list is full: take somebody off it first.");
  const auto mine = storage::addresses_of(call.desk.db, person);
  if (std::ranges::any_of(mine,
                          [&](const Address& a) { return address_key(a) == address_key(address.value()); }))
    return turned_back(call, "That is your own address.");
  storage::add_do_not_ask(call.desk.db, person, call.desk.person_of(address.value()), text(address.value()));
  return page_now(call, "Saved: " + text(address.value()) + " cannot ask you, nor ask to meet you.");
}

HttpResponse remove_unwanted(const Call& call) {
  const std::string other = field(call.form, "other"), written = field(call.form, "written");
  for (const auto& one : storage::do_not_ask_addresses(call.desk.db, call.member->person.id)) {
    if (std::to_string(number(one.other)) != other || one.address != written) continue;
    storage::remove_do_not_ask(call.desk.db, call.member->person.id, one.other, one.address);
    return page_now(call, "Saved: " + (written.empty() ? "that person" : written) + " is off the list.");
  }
  return page_now(call, "Nothing has changed.");
}

}  // namespace

HttpResponse show_settings(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  if (!call.kept) return page_now(call);
  Form values = field(call.form, "action") == "save" ? call.form : form_of(load_settings(call));
  values["address"] = field(call.form, "address");
  return settings_page(call, values, {});
}

HttpResponse post_settings(const Call& call) {
  if (!call.member) return wants_sign_in(call);
  const auto visit = take_visit(call, member_token(*call.member));
  // The answer to a POST is the page itself, with what has changed; reloaded, it is the page as it stands.
  if (const auto* why = std::get_if<Unfit>(&visit))
    return *why == Unfit::again ? see_other("/settings") : unfit(call, *why);
  const std::string action = field(call.form, "action");
  if (action == "save") return save(call);
  if (action == "add") return add_unwanted(call);
  if (action == "remove") return remove_unwanted(call);
  return no_such_page(call);
}

}  // namespace tertius::web
