#include "broker/notice_fields.hpp"

#include <array>
#include <sstream>

#include "broker/coach.hpp"
#include "broker/ranking_reasons.hpp"
#include "broker/step.hpp"

namespace tertius {

namespace {

bool is_nobody(const Person& person) { return person.id == PersonId{} && person.name.empty(); }

std::string about(const Person& person) {
  if (person.title.empty()) return person.organisation;
  return person.organisation.empty() ? person.title : person.title + ", " + person.organisation;
}

void put_person(Fields& fields, const std::string& role, const Person& person, bool with_address) {
  fields.values[role] = person.name.empty() ? person_label(person) : person.name;
  fields.values[role + "_FIRST"] = first_name(person);
  fields.values[role + "_LABEL"] = person_label(person);
  fields.values[role + "_ABOUT"] = about(person);
  fields.values[role + "_ADDRESS"] = with_address && person.address ? text(*person.address) : "";
}

// On a long way. T need not know over whom it came, nor R who is next.
void put_way(Fields& fields, Role to, const Introduction& introduction, const Cast& cast,
             const Sentences& sentences) {
  const auto put = [&](const std::string& role, const Person& person, bool is_told) {
    put_person(fields, role, person, false);
    const bool is_there = is_told && !is_nobody(person);
    if (is_there) return;
    for (const char* part : {"", "_FIRST", "_LABEL", "_ABOUT"}) fields.values[role + part].clear();
  };
  put("NEXT", cast.next, to != Role::target);
  put("BEFORE", cast.before, to != Role::target);
  fields.values["VOUCHING"] =
      to == Role::connector && passed_on_by(introduction) ? introduction.vouching : "";
  fields.values["CONNECTOR_KNOWS_NEXT"] = say(evidence_wording(cast.connector_knows_next), sentences);
  fields.values["CONNECTOR_KNOWS_BEFORE"] = say(evidence_wording(cast.connector_knows_before), sentences);
}

const Person& recipient_of(const Cast& cast, Role role) {
  switch (role) {
    case Role::requester: return cast.requester;
    case Role::connector: return cast.connector;
    case Role::target: return cast.target;
  }
  return cast.requester;
}

std::string moment(std::optional<Time> time, const Sentences& sentences) {
  return time ? say(moment_wording(*time), sentences) : std::string();
}

Wording decision_wording(const Decision& decision, const Cast& cast) {
  switch (decision.kind) {
    case DecisionKind::forward: return wording("forward this request to {}", person_label(receiver(cast)));
    case DecisionKind::accept: return wording("meet {}", person_label(cast.requester));
    case DecisionKind::decline:
      return decision.silent ? wording("decline, without saying so") : wording("decline");
    case DecisionKind::revise: return wording("ask {} for changes", first_name(cast.requester));
    case DecisionKind::redirect: return wording("suggest asking {} instead", decision.redirect_to);
    case DecisionKind::later:
      return wording("be asked again on {}", date_wording(decision.until.value_or(Time{})));
  }
  return {};
}

std::string mailto(const std::string& address, std::string_view word) {
  return "mailto:" + address + "?subject=" + std::string(word);
}

void put_links(Fields& fields, Role role, const Introduction& introduction, const Links& links) {
  const auto round = static_cast<std::uint8_t>(introduction.asks.size());
  const auto token = [&](TokenUse use) { return Token{number(introduction.id), role, use, round}; };
  const Token decision = token(TokenUse::decision);
  const std::string reply = reply_address(links, token(TokenUse::reply));
  auto& values = fields.values;
  values["REPLY_ADDRESS"] = reply;
  values["ASK_ADDRESS"] = ask_address(links);
  values["FORWARD_URL"] = token_url(links, "d", decision, "forward");
  values["DECLINE_URL"] = token_url(links, "d", decision, "decline");
  values["CHANGES_URL"] = token_url(links, "d", decision, "changes");
  values["ACCEPT_URL"] = token_url(links, "d", decision, "accept");
  values["SPOKE_URL"] = token_url(links, "d", decision, "spoke");
  values["NOT_YET_URL"] = token_url(links, "d", decision, "not_yet");
  values["UNDO_URL"] = token_url(links, "undo", token(TokenUse::undo));
  values["NOW_URL"] = token_url(links, "now", token(TokenUse::undo));
  values["CONFIRM_URL"] = token_url(links, "confirm", token(TokenUse::confirm));
  values["SIGN_IN_URL"] = values["START_URL"] = values["TOKENS_URL"] = "";
  values["SHOW_URL"] = token_url(links, "show", token(TokenUse::show));
  values["FORWARD_MAILTO"] = mailto(reply, "forward");
  values["DECLINE_MAILTO"] = mailto(reply, "decline");
  values["ACCEPT_MAILTO"] = mailto(reply, "accept");
}

void put_words(Fields& fields, const NoticeOrder& order, const Introduction& introduction, const Cast& cast,
               const Policy& policy, const Sentences& sentences) {
  auto& values = fields.values;
  values["SUBJECT"] = introduction.subject.empty() ? pitch_subject(cast.requester, cast.target, sentences)
                                                   : introduction.subject;
  values["COVER_NOTE"] = note_to_connector(introduction);
  values["PITCH"] = introduction.pitch;
  values["ENDORSEMENT"] = introduction.endorsement;
  values["QUESTION"] = introduction.question;
  values["REMARK"] = say_lines(order.remark, sentences);
  values["ALERT"] = values["TOKEN_NAME"] = values["TOKEN_SCOPES"] = "";
  const auto& held = introduction.held;
  values["DECISION"] = held ? std::string(decision_name(held->decision.kind)) : "";
  values["DECISION_TEXT"] = held ? say(decision_wording(held->decision, cast), sentences) : "";
  values["EFFECTIVE_AT"] = held ? moment(held->effective_at, sentences) : "";
  Introduction unheld = introduction;
  unheld.held.reset();
  unheld.reminders = static_cast<int>(policy.connector_reminders.size());  // the end, not the next reminder
  values["EXPIRES_AT"] = moment(next_deadline(unheld, policy), sentences);
}

void put_lines(Fields& fields, const std::string& name) {
  auto& lines = fields.sections[name + "_LINES"];
  std::istringstream text(fields.values[name]);
  for (std::string line; std::getline(text, line);) lines.push_back({{{"LINE", line}}, {}});
}

}  // namespace

Cast passed_on(Cast cast) {
  cast.before = std::move(cast.connector);
  cast.connector = std::move(cast.next);
  cast.next = {};
  cast.connector_knows_target = cast.connector_knows_requester = "";
  cast.connector_knows_next = cast.connector_knows_before = "";
  return cast;
}

const Person& receiver(const Cast& cast) { return is_nobody(cast.next) ? cast.target : cast.next; }

void finish_fields(Fields& fields) {
  for (const char* name : {"COVER_NOTE", "PITCH", "ENDORSEMENT", "VOUCHING", "QUESTION", "REMARK"})
    put_lines(fields, name);
}

Fields notice_fields(const NoticeOrder& order, const Introduction& introduction, const Cast& cast,
                     const Links& links, const std::string& community, const Policy& policy,
                     const Sentences& sentences) {
  Fields fields;
  const Person& recipient = recipient_of(cast, order.to);
  const bool with_addresses = order.kind == NoticeKind::introduction;
  constexpr std::array to_role = {"TO_REQUESTER", "TO_CONNECTOR", "TO_TARGET"};
  fields.sections[to_role[static_cast<std::size_t>(order.to)]] = {Fields{}};
  fields.values["COMMUNITY"] = community;
  fields.values["TO_NAME"] = recipient.name;
  fields.values["TO_FIRST"] = first_name(recipient);
  put_person(fields, "REQUESTER", cast.requester, with_addresses);
  put_person(fields, "CONNECTOR", cast.connector, with_addresses);
  put_person(fields, "TARGET", cast.target, with_addresses);
  fields.values["CONNECTOR_KNOWS_TARGET"] = say(evidence_wording(cast.connector_knows_target), sentences);
  fields.values["CONNECTOR_KNOWS_REQUESTER"] =
      say(evidence_wording(cast.connector_knows_requester), sentences);
  put_way(fields, order.to, introduction, cast, sentences);
  put_words(fields, order, introduction, cast, policy, sentences);
  put_links(fields, order.to, introduction, links);
  const Token stop{number(recipient.id), order.to, TokenUse::stop, 0};
  // The introduction is answered to all, with its quote: whoever reads it could stop the others' mail.
  fields.values["STOP_URL"] = order.kind == NoticeKind::introduction ? "" : token_url(links, "stop", stop);
  finish_fields(fields);
  return fields;
}

}  // namespace tertius
