#include "tests/support/templates/sample.hpp"

#include <sstream>
#include <string>

#include "templates/page_fields.hpp"

namespace tertius::sample {

namespace {

const std::string cover_note =
    "Hello Christine,\n\nyou and Gail worked together when she started Constant Contact, and we spoke last "
    "at the "
    "alumni dinner in March. I would be grateful if you passed on the note below. If this is not a good "
    "time, or you "
    "would rather not, a no is perfectly fine.\n\nAlice";
const std::string pitch =
    "Dear Gail,\n\nyou took Constant Contact from six people to a thousand with small businesses as your "
    "only "
    "customers. At Acme we build bookkeeping for florists and bakers, and have 1,400 of them after two "
    "years: "
    "https://acme.example/numbers\n\nWould you have twenty minutes in the next three weeks to tell me what "
    "you would "
    "not do again? In return I can share what we have learnt about how such shops choose software.\n\nThank "
    "you\nAlice "
    "Chen";
const std::string endorsement =
    "Gail, Alice is one of the most thoughtful founders I have met this year. Twenty minutes well spent.";

const std::string token = "mfrggzdfmztwq2lknnwg23tpoaydcmrtgq2t";

void put_lines(Fields& fields, const std::string& name) {
  std::istringstream lines{fields.values[name]};
  auto& section = fields.sections[name + "_LINES"];
  for (std::string line; std::getline(lines, line);) section.push_back({{{"LINE", line}}, {}});
}

void put_people(Fields& fields) {
  fields.values.insert({{"REQUESTER", "Alice Chen"},
                        {"REQUESTER_FIRST", "Alice"},
                        {"REQUESTER_LABEL", "Alice Chen (Acme)"},
                        {"REQUESTER_ABOUT", "Founder, Acme"},
                        {"REQUESTER_ADDRESS", "alice@acme.example"},
                        {"TARGET", "Gail Goodman"},
                        {"TARGET_FIRST", "Gail"},
                        {"TARGET_LABEL", "Gail Goodman (Constant Contact)"},
                        {"TARGET_ABOUT", "former CEO, Constant Contact"},
                        {"TARGET_ADDRESS", "gail@constantcontact.example"},
                        {"CONNECTOR", "Christine Herron"},
                        {"CONNECTOR_FIRST", "Christine"},
                        {"CONNECTOR_LABEL", "Christine Herron (First Round)"},
                        {"CONNECTOR_ABOUT", "Partner, First Round"},
                        {"CONNECTOR_ADDRESS", "christine@firstround.example"},
                        {"CONNECTOR_KNOWS_TARGET", "wrote to each other 14 times since March"},
                        {"CONNECTOR_KNOWS_REQUESTER", "connected on LinkedIn since 2019"}});
}

void put_links(Fields& fields) {
  const std::string site = "https://intro.rowan.example/";
  const std::string reply = "intro+" + token + "@intro.rowan.example";
  for (const std::string word : {"FORWARD", "DECLINE", "CHANGES", "ACCEPT", "SPOKE", "NOT_YET"}) {
    std::string path = word;
    for (auto& c : path) c = c == '_' ? c : static_cast<char>(c + 32);
    fields.values[word + "_URL"] = site + "d/" + token + "/" + path;
    fields.values[word + "_MAILTO"] = "mailto:" + reply + "?subject=" + path;
  }
  for (const std::string word : {"UNDO", "NOW", "CONFIRM", "SHOW", "STOP"}) {
    std::string page = word;
    for (auto& c : page) c = static_cast<char>(c + 32);
    fields.values[word + "_URL"] = site + page + "/" + token;
  }
  fields.values["SIGN_IN_URL"] = site + "sign-in/" + token;
  fields.values["TOKENS_URL"] = site + "tokens";
  fields.values["START_URL"] = site + "stop/" + token;
  fields.values["REPLY_ADDRESS"] = reply;
  fields.values["ASK_ADDRESS"] = "intro@intro.rowan.example";
}

void put_words(Fields& fields) {
  fields.values.insert({{"COMMUNITY", "Rowan Alumni"},
                        {"SUBJECT", "Introduction: Alice Chen (Acme) and Gail Goodman (Constant Contact)"},
                        {"COVER_NOTE", cover_note},
                        {"PITCH", pitch},
                        {"ENDORSEMENT", endorsement},
                        {"QUESTION", "Could you make it half as long, and say what you would ask her?"},
                        {"ALERT", "The mail relay refuses our password"},
                        {"TOKEN_NAME", "Reporting script"},
                        {"TOKEN_SCOPES", "introductions:read find"},
                        {"REMARK", "There was no answer within fourteen days."},
                        {"DECISION", "forward"},
                        {"DECISION_TEXT", "forward this request to Gail Goodman (Constant Contact)"},
                        {"EFFECTIVE_AT", "9 March 2026, 14:05 UTC"},
                        {"EXPIRES_AT", "23 March 2026, 09:00 UTC"}});
  for (const char* name : {"COVER_NOTE", "PITCH", "ENDORSEMENT", "QUESTION", "REMARK"})
    put_lines(fields, name);
}

Fields connector(const std::string& name, const std::string& label, const std::string& tier,
                 const std::string& reason) {
  return {{{"NAME", name},
           {"LABEL", label},
           {"TIER", tier},
           {"REASON", reason},
           {"CHOOSE_URL", "https://intro.rowan.example/c/" + token}},
          {}};
}

void put_lists(Fields& fields) {
  fields.sections["CONNECTORS"] = {
      connector("Christine", "Christine Herron (First Round)", "a strong connection",
                "wrote to each other 14 times since March; forwarded 4 of the last 5"),
      connector("Bob", "Bob Baker (Baker & Sons)", "a weak connection", "connected on LinkedIn since 2021")};
  const Fields blocking{{{"WHAT", "The pitch does not say why you want to meet Gail."},
                         {"HINT",
                          "Add a sentence such as: \"You took Constant Contact from six people to a "
                          "thousand, and I would like to know how.\""},
                         {"FIELD", "pitch"}},
                        {{"BLOCKS", {Fields{}}}}};
  const Fields warning{{{"WHAT", "The cover note leaves no easy way to say no."},
                        {"HINT", "Add: \"If this is not a good time, a no is perfectly fine.\""},
                        {"FIELD", "cover_note"}},
                       {}};
  fields.sections["FINDINGS"] = {blocking, warning};
  fields.sections["CANDIDATES"] = {
      {{{"LABEL", "Gail Goodman (Constant Contact)"}, {"ADDRESS", "gail@constantcontact.example"}}, {}},
      {{{"LABEL", "Gail Goodwin (Acme)"}, {"ADDRESS", "gail@acme.example"}}, {}}};
}

std::string recipient_section(Role to) {
  switch (to) {
    case Role::requester: return "TO_REQUESTER";
    case Role::connector: return "TO_CONNECTOR";
    case Role::target: return "TO_TARGET";
  }
  return {};
}

// What a page's value looks like; the rest stand under their own name.
const std::map<std::string, std::string, std::less<>>& page_values() {
  static const std::map<std::string, std::string, std::less<>> values{
      {"COMMUNITY", "Rowan Alumni"},
      {"SENTENCE", "Saved. Christine sees the new words."},
      {"ASK_ADDRESS", "intro@intro.rowan.example"},
      {"EFFECT", "Nothing leaves at once: the mail waits ten minutes, and until then you can undo it."},
      {"ACTION", "forward"},
      {"BUTTON", "Forward to Gail"},
      {"NOTE_NAME", "endorsement"},
      {"NOTE_LABEL", "Your own words to Gail"},
      {"NOTE_HINT", "Optional. They stand above Alice's note."},
      {"NOTE_TEXT", endorsement},
      {"SILENT_LABEL", "Do not tell Alice"},
      {"MAIL_TITLE", "What Gail will see"},
      {"MAIL_TO", "Gail Goodman"},
      {"MAIL_CC", "christine@firstround.example"},
      {"MAIL_SUBJECT", "Introduction: Alice Chen (Acme) and Gail Goodman (Constant Contact)"},
      {"MAIL_TEXT", "Christine Herron thought you two should talk.\n\nAlice writes:\n\n  " + pitch},
      {"STATE", "waiting for Christine"},
      {"STATE_KIND", "wait"},
      {"TIER", "strong"},
      {"TIER_KIND", "good"},
      {"NEXT",
       "Christine has your request since 9 March. We remind on 12 March, and stop waiting on 23 March."},
      {"MESSAGE", "This link has run out. Nothing was changed by it."},
      {"HINT", "Answer the newest mail of this introduction, or ask for a new link."},
      {"WHAT", "The pitch does not say why you want to meet Gail."},
      {"REQUESTER", "alice@acme.example"},
      {"TARGET", "Gail Goodman, Constant Contact"},
      {"CONNECTOR", "Christine Herron"},
      {"SUBJECT", "Introduction: Alice Chen (Acme) and Gail Goodman (Constant Contact)"},
      {"COVER_NOTE", cover_note},
      {"PITCH", pitch},
      {"ENDORSEMENT", endorsement},
      {"LABEL", "Christine Herron (First Round)"},
      {"NAME", "Christine Herron"},
      {"REASON", "wrote to each other 14 times since March; forwarded 4 of the last 5"},
      {"WHEN", "9 March 2026, 14:05"},
      {"FROM", "Alice Chen via Rowan Alumni"},
      {"TO", "Christine Herron <christine@firstround.example>"},
      {"CC", "alice@acme.example"},
      {"ADDRESS", "christine@firstround.example"},
      {"SNIPPET", "Alice Chen asks: will you forward a short note to Gail Goodman?"},
      {"UNREAD", "2"},
      {"NOW", "Monday 9 March 2026, 14:05 UTC"},
      {"TEXT", "Alice Chen asks: will you forward a short note?\n\n" + cover_note},
      {"HTML", "<!doctype html><p>Alice asks: <a href=\"/d/x/forward\">Forward</a></p>"},
      {"SOURCE", "From: Alice <intro@intro.rowan.example>\nSubject: Introduce Alice?\n\nbody"},
      {"REPLY_TO", "intro+" + token + "@intro.rowan.example"},
  };
  return values;
}

const std::map<std::string, std::string, std::less<>>& titles() {
  static const std::map<std::string, std::string, std::less<>> values{
      {"index", "Meet people through people you know"},
      {"decision", "Forward Alice's note to Gail?"},
      {"decision_result", "You forward Alice's note to Gail"},
      {"decision_by_mail", "Forward Alice's note to Gail?"},
      {"browsers", "Browsers that know you"},
      {"tokens", "Tokens for programs"},
      {"webhooks", "Webhooks"},
      {"message", "This link has run out"},
      {"ask", "Ask for an introduction"},
      {"confirm", "Was it you?"},
      {"choose", "Who shall introduce you to Gail Goodman?"},
      {"introduction", "Alice Chen to Gail Goodman"},
      {"stop", "No more mail from Rowan Alumni?"},
      {"sign_in", "Sign in"},
      {"dashboard", "Dashboard"},
      {"dashboard_list", "Letters"},
      {"dashboard_letter", "A letter"},
      {"dashboard_notice", "A notice"},
      {"dashboard_introduction", "Alice Chen to Gail Goodman"},
      {"try_home", "The sandbox"},
      {"try_mailbox", "Mailbox"},
      {"try_mail", "Mail"},
  };
  return values;
}

void put_values(Fields& fields, std::string_view names) {
  std::istringstream words{std::string{names}};
  for (std::string name; words >> name;) {
    const auto known = page_values().find(name);
    fields.values[name] = name.ends_with("URL")          ? "/" + token
                          : known != page_values().end() ? known->second
                                                         : name;
  }
}

}  // namespace

Fields notice(Role to) {
  Fields fields;
  put_people(fields);
  put_links(fields);
  put_words(fields);
  put_lists(fields);
  const std::string role = to == Role::requester   ? "REQUESTER"
                           : to == Role::connector ? "CONNECTOR"
                                                   : "TARGET";
  fields.values["TO_NAME"] = fields.values[role];
  fields.values["TO_FIRST"] = fields.values[role + "_FIRST"];
  fields.sections[recipient_section(to)] = {Fields{}};
  return fields;
}

Fields page(std::string_view name) {
  Fields fields;
  for (const auto& row : templates::page_fields) {
    if (row.page != name && row.page != templates::layout_page) continue;
    if (row.section.empty()) {
      put_values(fields, row.values);
      continue;
    }
    Fields element;
    put_values(element, row.values);
    const bool list = row.section.ends_with('S');
    fields.sections[std::string{row.section}] = std::vector<Fields>(list ? 2 : 1, element);
  }
  const auto title = titles().find(name);
  fields.values["TITLE"] = title == titles().end() ? std::string(name) : title->second;
  return fields;
}

}  // namespace tertius::sample
