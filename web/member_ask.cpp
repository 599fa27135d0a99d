// A member's request. Being signed in proves whose it is: what is wrong with it, who is meant and both mails
// as they would go are shown at once, and sending asks nobody to confirm.
#include "web/member_ask.hpp"

#include "web/ask_form.hpp"
#include "web/mail_frames.hpp"
#include "web/member_request.hpp"
#include "web/people_shown.hpp"

namespace tertius::web {

namespace {

constexpr std::string_view page_name = "ask_member";

struct Turn {
  std::string_view name, label, none;
};
constexpr std::array<Turn, turns.size()> turn_rows = {{
    {turns[0], "Ask first", "We suggest somebody"},
    {turns[1], "If that leads nowhere", "Nobody else"},
    {turns[2], "And then", "Nobody else"},
}};

std::string choice_label(const Choice& choice, const Person& target) {
  const std::string who =
      choice.named ? shown_label(choice.person) : "Somebody who knows " + shown_name(target);
  if (choice.long_way)
    return (choice.named ? shown_label(choice.person) : "Somebody you know") +
           ", who knows somebody who knows " + shown_name(target) + ": two people have to agree";
  return who + ", a " + std::string(tier_name(choice.ranked.tier)) + " connection";
}

void put_turns(Fields& fields, const Call& call, const Person& target) {
  const auto choices = call.desk.connectors(call.member->person.id, target.id);
  if (choices.empty()) return;
  for (const Turn& turn : turn_rows) {
    Fields select = row({{"TURN", std::string(turn.name)},
                         {"TURN_LABEL", std::string(turn.label)},
                         {"NONE_LABEL", std::string(turn.none)}});
    for (const Choice& choice : choices) {
      Fields option = row({{"VALUE", choice.handle}, {"LABEL", choice_label(choice, target)}});
      if (field(call.form, std::string(turn.name)) == choice.handle) option.sections["SELECTED"] = {Fields{}};
      select.sections["CHOICES"].push_back(std::move(option));
    }
    fields.sections["TURNS"].push_back(std::move(select));
  }
}

Fields form_of(const Call& call, const std::optional<Person>& target) {
  Fields fields = row({{"ACTION_URL", "/ask"},
                       {"NONCE", member_nonce(call)},
                       {"DEADLINE", field(call.form, "deadline")},
                       {"DEADLINE_REASON", field(call.form, "deadline_reason")}});
  put_form(fields, call.form);
  fields.values["REQUESTER"] = shown_label(call.member->person);
  if (!target) {
    fields.sections["TARGET_OPEN"] = {Fields{}};
    return fields;
  }
  fields.sections["TARGET_FIXED"] = {row({{"TARGET_ID", std::to_string(number(target->id))},
                                          {"TARGET_NAME", shown_name(*target)},
                                          {"TARGET_ABOUT", shown_about(*target)},
                                          {"TARGET_URL", person_path(*target)}})};
  put_turns(fields, call, *target);
  return fields;
}

HttpResponse mended_first(const Call& call, Fields fields) {
  return with_own_scripts(not_yet(call, page_name, std::move(fields)));
}

HttpResponse with_problems(const Call& call, const MemberRequest& read) {
  Fields fields = form_of(call, read.target);
  for (const Problem& problem : read.problems) {
    if (problem.about == "deadline")
      fields.sections["DEADLINE_FINDINGS"].push_back(row({{"WHAT", problem.what}, {"HINT", problem.hint}}));
    else
      put_finding(fields, problem.about, problem.what, problem.hint);
  }
  return mended_first(call, std::move(fields));
}

HttpResponse turned_back(const Call& call, const MemberRequest& read, const Rejected& rejected) {
  Fields fields = form_of(call, read.target);
  put_rejection(fields, rejected);
  for (const Person& candidate : rejected.candidates) {
    fields.sections["CANDIDATES"].push_back(row({{"VALUE", std::to_string(number(candidate.id))},
                                                 {"LABEL", shown_name(candidate)},
                                                 {"ABOUT", shown_about(candidate)}}));
  }
  return mended_first(call, std::move(fields));
}

HttpResponse checked(const Call& call, const MemberRequest& read) {
  const auto preview = call.desk.preview(read.request);
  if (const auto* rejected = std::get_if<Rejected>(&preview)) return turned_back(call, read, *rejected);
  Fields fields = form_of(call, read.target);
  put_findings(fields, call.desk.coach(read.request, read.known));
  put_mail_frames(fields, std::get<std::vector<PreviewMail>>(preview));
  fields.sections["SEND"] = {Fields{}};
  return with_mail_frames(
      with_own_scripts(page(call, page_name, "This is what they will read", std::move(fields))));
}

HttpResponse sent(const Call& call, const MemberRequest& read) {
  const auto asked = call.desk.ask(read.request);
  if (const auto* rejected = std::get_if<Rejected>(&asked)) return turned_back(call, read, *rejected);
  const Introduction& introduction = std::get<Introduction>(asked);
  return see_other(
      token_url(call.desk.links, "show", {number(introduction.id), Role::requester, TokenUse::show, 0}));
}

}  // namespace

bool is_members_request(const Call& call) {
  return call.member && call.member->person.member && call.member->person.address;
}

// From a person's page: whoever is most likely to introduce them stands first.
HttpResponse show_member_ask(const Call& call) {
  const auto target = find_shown(call, field(call.form, "to"));
  Fields fields = form_of(call, target);
  if (auto& select = fields.sections["TURNS"]; !select.empty() && !call.kept)
    select.front().sections["CHOICES"].front().sections["SELECTED"] = {Fields{}};
  return with_own_scripts(page(call, page_name, "Ask for an introduction", std::move(fields)));
}

HttpResponse post_member_ask(const Call& call) {
  const auto visit = take_visit(call, member_token(*call.member));
  if (const auto* why = std::get_if<Unfit>(&visit)) return unfit(call, *why);
  if (field(call.form, "do") == "other")
    return with_own_scripts(page(call, page_name, "Ask for an introduction", form_of(call, std::nullopt)));
  const MemberRequest read = read_member_request(call, call.form);
  if (!read.problems.empty()) return with_problems(call, read);
  return field(call.form, "do") == "send" ? sent(call, read) : checked(call, read);
}

}  // namespace tertius::web
