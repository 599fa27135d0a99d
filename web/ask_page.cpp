// The request form of whoever is not signed in: check shows the coach's findings on the words (in the sandbox
// both mails as they would go); send submits. Whoever sends it is not known to be the member it names, so
// that the draft waits for the link in a mail to the member's own address, and what is wrong with the request
// is told there too.
#include "web/ask_form.hpp"
#include "web/limits.hpp"
#include "web/member_ask.hpp"

namespace tertius::web {

namespace {

constexpr std::string_view form_token = "ask";  // what the form's nonce is bound to

Fields form_values(const Call& call) {
  Fields fields = row({{"ACTION_URL", call.desk.links.public_url + "/ask"},
                       {"NONCE", new_nonce(call, std::string(form_token))}});
  put_form(fields, call.form);
  fields.sections["REQUESTER_OPEN"] = {Fields{}};
  return fields;
}

// The candidates' names come from the sandbox alone.
HttpResponse turned_back(const Call& call, const Rejected& rejected) {
  Fields fields = form_values(call);
  put_rejection(fields, rejected);
  for (const Person& candidate : rejected.candidates)
    put_finding(fields, "target", "Did you mean " + person_label(candidate) + "?", "");
  return not_yet(call, "ask", std::move(fields));
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
  const auto findings = call.desk.coach(request, {});
  put_findings(fields, findings);
  if (blocks(findings)) return not_yet(call, "ask", std::move(fields));
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
  const auto preview = call.desk.preview(request);
  if (const auto* rejected = std::get_if<Rejected>(&preview)) return turned_back(call, *rejected);
  Fields fields = form_values(call);
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
  if (const auto rejected = call.desk.submit(request)) return turned_back(call, *rejected);
  return message(
      call, 200, "One more step",
      "If " + text(request.requester) + " is a member's address, a mail from us is on its way to it.",
      "Press the link in it to say that it was you; then the request goes out.");
}

}  // namespace

HttpResponse show_ask(const Call& call) {
  if (is_members_request(call)) return show_member_ask(call);
  return page(call, "ask", "Ask for an introduction", form_values(call));
}

HttpResponse post_ask(const Call& call) {
  if (is_members_request(call)) return post_member_ask(call);
  const auto visit = take_visit(call, std::string(form_token));
  if (const auto* why = std::get_if<Unfit>(&visit)) return unfit(call, *why);
  if (auto refusal = refuse_haste_for_named(call)) return *std::move(refusal);
  const auto request = read_request(call.form);
  if (!request) {
    Fields fields = form_values(call);
    put_finding(fields, "request", request.error().what, request.error().hint);
    return not_yet(call, "ask", std::move(fields));
  }
  return field(call.form, "do") == "send" ? sent(call, request.value()) : checked(call, request.value());
}

}  // namespace tertius::web
