#include "daemon/revising.hpp"

#include "broker/reply_text.hpp"
#include "broker/revision.hpp"
#include "daemon/engine.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

Answer turned_answer(const Address& to, const std::optional<Person>& person, const Turned& turned,
                     const Request& request) {
  Answer answer{.kind = NoticeKind::problem, .to = to, .person = person, .fields = {}};
  Person target;
  target.name = make_wanted_target(request.target).name;
  answer.fields.values["TARGET"] = answer.fields.values["TARGET_LABEL"] = request.target;
  answer.fields.values["TARGET_FIRST"] = target.name.empty() ? "" : first_name(target);
  answer.fields.values["COVER_NOTE"] = request.cover_note;
  answer.fields.values["PITCH"] = request.pitch;
  // The mail with the coach's findings begins with that by itself.
  if (turned.findings.empty()) answer.remark = {turned.what};
  if (!turned.hint.english.empty()) answer.remark.push_back(turned.hint);
  for (const Person& candidate : turned.candidates) {
    answer.fields.sections["CANDIDATES"].push_back(
        {{{"LABEL", person_label(candidate)}, {"ADDRESS", {}}}, {}});
  }
  const Sentences& sentences = templates::sentences(person ? person->language : answer.language);
  if (!turned.findings.empty()) answer.kind = NoticeKind::coach_findings;
  for (const Finding& finding : turned.findings) {
    Fields row{{{"WHAT", say(finding.what, sentences)},
                {"HINT", say(finding.hint, sentences)},
                {"FIELD", finding.field}},
               {}};
    if (finding.severity == Severity::blocks) row.sections["BLOCKS"] = {Fields{}};
    answer.fields.sections["FINDINGS"].push_back(std::move(row));
  }
  return answer;
}

std::string answer_turned(Engine& engine, const Address& to, const std::optional<Person>& person,
                          const Turned& turned, const Request& request) {
  post_answer(engine, turned_answer(to, person, turned, request));
  return "turned back: " + say(turned.what);
}

std::variant<Resubmitted, std::string> revise(Engine& engine, const Introduction& introduction,
                                              const Letter& letter, const Address& from) {
  const Cast cast = load_cast(engine.db, introduction);
  Request request = request_of(introduction, cast);
  auto halves = split_at_dashes(text_outside_quote(letter));
  if (!halves || halves->pitch.empty()) {
    const Turned turned{
        wording("We could not find your new pitch."),
        wording("Answer with your note, a line of three dashes, and below it the words that go on."),
        {},
        {}};
    return answer_turned(engine, from, cast.requester, turned, request);
  }
  request.pitch = halves->pitch;
  if (!halves->cover_note.empty()) request.cover_note = halves->cover_note;
  auto findings = coach_revision(introduction, cast, halves->cover_note, halves->pitch);
  if (!blocks(findings)) return Resubmitted{std::move(halves->cover_note), std::move(halves->pitch)};
  const Turned turned{wording("Your new version was not sent on yet: something has to be mended first."),
                      {},
                      {},
                      std::move(findings)};
  return answer_turned(engine, from, cast.requester, turned, request);
}

}  // namespace tertius::daemon
