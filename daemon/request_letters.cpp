// New requests by mail.
#include "broker/sender_check.hpp"
#include "daemon/asking.hpp"
#include "daemon/replies.hpp"
#include "storage/people.hpp"

namespace tertius::daemon {

namespace {

// A request is new text throughout. Its own line of dashes is not to be taken for a signature's: only two
// dashes and a space (RFC 3676 4.3) begin one.
std::string without_signature(const std::string& text) {
  if (text.starts_with("-- \n")) return {};
  return text.substr(0, text.find("\n-- \n"));
}

std::string tell_why_not(Engine& engine, const Address& from, const std::optional<Person>& person,
                         const Turned& turned, const Request& request = {}) {
  Answer answer{.kind = NoticeKind::problem, .to = from, .person = person, .fields = {}};
  Person target;
  target.name = make_wanted_target(request.target).name;
  answer.fields.values["TARGET"] = answer.fields.values["TARGET_LABEL"] = request.target;
  answer.fields.values["TARGET_FIRST"] = target.name.empty() ? "" : first_name(target);
  answer.fields.values["COVER_NOTE"] = request.cover_note;
  answer.fields.values["PITCH"] = request.pitch;
  answer.fields.values["REMARK"] = turned.hint.empty() ? turned.what : turned.what + "\n" + turned.hint;
  for (const Person& candidate : turned.candidates) {
    answer.fields.sections["CANDIDATES"].push_back(
        {{{"LABEL", person_label(candidate)}, {"ADDRESS", {}}}, {}});
  }
  if (!turned.findings.empty()) answer.kind = NoticeKind::coach_findings;
  for (const Finding& finding : turned.findings) {
    Fields row{{{"WHAT", finding.what}, {"HINT", finding.hint}, {"FIELD", finding.field}}, {}};
    if (finding.severity == Severity::blocks) row.sections["BLOCKS"] = {Fields{}};
    answer.fields.sections["FINDINGS"].push_back(std::move(row));
  }
  post_answer(engine, answer);
  return "turned back: " + turned.what;
}

}  // namespace

std::string receive_request(Engine& engine, const Incoming& incoming) {
  const auto from = find_writer(incoming.letter);
  if (!from) return "no single sender; nothing done";
  const auto person = storage::find_person_by_address(engine.db, *from);
  const bool member = person && person->member;
  if (!member && storage::answered_since(engine.db, text(*from), NoticeKind::problem,
                                         engine.now() - one_answer_within)) {
    return "from a stranger who was answered today";
  }
  auto request =
      make_request(incoming.letter, without_signature(incoming.letter.text), engine.settings.links.domain);
  if (!request)
    return tell_why_not(engine, *from, person, {request.error().what, request.error().hint, {}, {}});
  const bool proven = is_authenticated(incoming.letter, *from, engine.settings.trusted_authserv_id);
  const SubmitResult result = submit(engine, request.value(), proven);
  if (const auto* turned = std::get_if<Turned>(&result))
    return tell_why_not(engine, *from, person, *turned, request.value());
  const auto& introduction = std::get<Introduction>(result);
  return "a request, now " + std::string(state_name(introduction.state));
}

}  // namespace tertius::daemon
