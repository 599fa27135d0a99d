// The request form: check shows the coach's findings on the words (in the sandbox both mails as they would
// go); send submits. Whoever sends it is not known to be the member it names, so that the draft waits for the
// link in a mail to the member's own address, and what is wrong with the request is told there too.
#include <algorithm>
#include <array>

#include "web/parts.hpp"

namespace tertius::web {

namespace {

constexpr std::string_view form_token = "ask";  // what the form's nonce is bound to

constexpr auto purposes =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"", "Not said"},
                                                                  {"advice", "Advice"},
                                                                  {"job", "A job"},
                                                                  {"hire", "Hiring"},
                                                                  {"customer", "A customer"},
                                                                  {"invest", "Investment"},
                                                                  {"partner", "A partner"},
                                                                  {"other", "Something else"}});

// The form's fields, and under which section the coach's findings on each are shown.
constexpr auto form_fields =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"requester", "REQUESTER"},
                                                                  {"target", "TARGET"},
                                                                  {"connector", "CONNECTOR"},
                                                                  {"subject", "SUBJECT"},
                                                                  {"cover_note", "COVER_NOTE"},
                                                                  {"pitch", "PITCH"}});

Fields form_values(const Call& call) {
  Fields fields = row({{"ACTION_URL", call.desk.links.public_url + "/ask"},
                       {"NONCE", new_nonce(call, std::string(form_token))}});
  for (const auto& [name, section] : form_fields)
    fields.values[std::string(section)] = field(call.form, std::string(name));
  for (const auto& [value, label] : purposes) {
    Fields purpose = row({{"VALUE", std::string(value)}, {"LABEL", std::string(label)}});
    if (value == field(call.form, "purpose")) purpose.sections["SELECTED"] = {Fields{}};
    fields.sections["PURPOSES"].push_back(std::move(purpose));
  }
  fields.sections["REQUESTER_OPEN"] = {Fields{}};
  return fields;
}

void put_finding(Fields& fields, const std::string& about, const std::string& what, const std::string& hint,
                 bool blocks = true) {
  const auto known =
      std::find_if(form_fields.begin(), form_fields.end(), [&](const auto& f) { return f.first == about; });
  const std::string section = known == form_fields.end() ? "REQUEST" : std::string(known->second);
  Fields finding = row({{"WHAT", what}, {"HINT", hint}});
  if (blocks) finding.sections["BLOCKS"] = {Fields{}};
  fields.sections[section + "_FINDINGS"].push_back(std::move(finding));
}

void put_rejection(Fields& fields, const Rejected& rejected) {
  if (rejected.findings.empty()) put_finding(fields, "request", rejected.what, rejected.hint);
  for (const Finding& finding : rejected.findings)
    put_finding(fields, finding.field, say(finding.what), say(finding.hint),
                finding.severity == Severity::blocks);
  for (const Person& candidate : rejected.candidates)
    put_finding(fields, "target", "Did you mean " + person_label(candidate) + "?", "");
}

Result<tertius::Request> read_request(const Form& form) {
  auto requester = parse_address(field(form, "requester"));
  if (!requester) return Failure{"Your own address is missing or not an address.", requester.error().hint};
  tertius::Request out;
  out.requester = requester.value();
  if (const std::string wished = field(form, "connector"); !wished.empty()) {
    auto connector = parse_address(wished);
    if (!connector)
      return Failure{"The connector's address is not an address.",
                     "Leave it empty to be shown who can introduce you."};
    out.connectors = {connector.value()};
  }
  out.target = field(form, "target");
  out.subject = field(form, "subject");
  out.cover_note = field(form, "cover_note");
  out.pitch = field(form, "pitch");
  out.purpose = field(form, "purpose");
  out.send_anyway = form.contains("send_anyway");
  return out;
}

// The visitor's own words; how two people know each other, and whether they are known here, is not for
// anybody.
HttpResponse checked_words(const Call& call, const tertius::Request& request) {
  Fields fields = form_values(call);
  const auto findings = call.desk.coach(request);
  for (const Finding& finding : findings)
    put_finding(fields, finding.field, say(finding.what), say(finding.hint),
                finding.severity == Severity::blocks);
  if (blocks(findings)) return page(call, "ask", "Something has to be mended first", std::move(fields), 422);
  fields.sections["MAIL"] = {
      row({{"MAIL_TITLE", "Your words to the person who introduces you"},
           {"MAIL_TO", "whoever knows you both"},
           {"MAIL_SUBJECT", "made from the names"},
           {"MAIL_TEXT", request.cover_note}}),
      row({{"MAIL_TITLE", "What is forwarded if they agree"},
           {"MAIL_TO", request.target},
           {"MAIL_SUBJECT", request.subject.empty() ? "made from the names" : request.subject},
           {"MAIL_TEXT", request.pitch}})};
  fields.sections["SEND"] = {Fields{}};
  return page(call, "ask", "These are the words that go out", std::move(fields));
}

HttpResponse checked(const Call& call, const tertius::Request& request) {
  if (!call.desk.sandbox) return checked_words(call, request);
  Fields fields = form_values(call);
  const auto preview = call.desk.preview(request);
  if (const auto* rejected = std::get_if<Rejected>(&preview)) {
    put_rejection(fields, *rejected);
    return page(call, "ask", "Something has to be mended first", std::move(fields), 422);
  }
  for (const PreviewMail& mail : std::get<std::vector<PreviewMail>>(preview)) {
    fields.sections["MAIL"].push_back(row({{"MAIL_TITLE", mail.title},
                                           {"MAIL_TO", mail.to},
                                           {"MAIL_SUBJECT", mail.subject},
                                           {"MAIL_TEXT", mail.text}}));
  }
  fields.sections["SEND"] = {Fields{}};
  return page(call, "ask", "This is what they will read", std::move(fields));
}

HttpResponse sent(const Call& call, const tertius::Request& request) {
  if (const auto rejected = call.desk.submit(request)) {
    Fields fields = form_values(call);
    put_rejection(fields, *rejected);
    return page(call, "ask", "Something has to be mended first", std::move(fields), 422);
  }
  return message(
      call, 200, "One more step",
      "If " + text(request.requester) + " is a member's address, a mail from us is on its way to it.",
      "Press the link in it to say that it was you; then the request goes out.");
}

}  // namespace

HttpResponse show_ask(const Call& call) {
  return page(call, "ask", "Ask for an introduction", form_values(call));
}

HttpResponse post_ask(const Call& call) {
  const auto visit = take_visit(call, std::string(form_token));
  if (const auto* why = std::get_if<Unfit>(&visit)) return unfit(call, *why);
  const auto request = read_request(call.form);
  if (!request) {
    Fields fields = form_values(call);
    put_finding(fields, "request", request.error().what, request.error().hint);
    return page(call, "ask", "Something has to be mended first", std::move(fields), 422);
  }
  return field(call.form, "do") == "send" ? sent(call, request.value()) : checked(call, request.value());
}

}  // namespace tertius::web
