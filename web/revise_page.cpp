// R's new version of a request that the connector wants changed. It is sent from the page that shows, word by
// word, what differs from the present one.
#include "broker/revision.hpp"
#include "broker/word_diff.hpp"
#include "web/introduction_page.hpp"
#include "web/parts.hpp"
#include "web/standing_words.hpp"

namespace tertius::web {

namespace {

void put_diff(Fields& fields, const std::string& section, const std::string& before,
              const std::string& after) {
  for (const DiffPiece& piece : diff_words(before, after)) {
    Fields words = row({{"TEXT", piece.text}});
    Fields out;
    switch (piece.piece) {
      case Piece::kept: out.sections["KEPT"] = {std::move(words)}; break;
      case Piece::removed: out.sections["REMOVED"] = {std::move(words)}; break;
      case Piece::added: out.sections["ADDED"] = {std::move(words)}; break;
    }
    fields.sections[section].push_back(std::move(out));
  }
}

void put_findings(Fields& fields, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings) {
    const std::string section = finding.field == "cover_note" ? "COVER_NOTE_FINDINGS"
                                : finding.field == "pitch"    ? "PITCH_FINDINGS"
                                                              : "REQUEST_FINDINGS";
    Fields entry = row({{"WHAT", say(finding.what)}, {"HINT", say(finding.hint)}});
    if (finding.severity == Severity::blocks) entry.sections["BLOCKS"] = {Fields{}};
    fields.sections[section].push_back(std::move(entry));
  }
}

Fields form_fields(const View& view, const Names& names, const std::string& cover_note,
                   const std::string& pitch) {
  return row({{"ACTION_URL", view.url},
              {"NONCE", view.nonce},
              {"CONNECTOR", names.connector},
              {"TARGET", names.target},
              {"QUESTION", view.introduction.question},
              {"COVER_NOTE", cover_note},
              {"PITCH", pitch}});
}

bool is_awaited(const View& view) {
  return view.seat.role == Role::requester && view.seat.standing == Standing::to_revise;
}

constexpr auto title = "A new version";

}  // namespace

HttpResponse show_revision(const Call& call, const View& view) {
  if (view.seat.role != Role::requester) return no_such_page(call);
  if (!is_awaited(view)) return see_other(view.url);
  const Cast cast = cast_for(call, view);
  const Names names = names_for(cast);
  const auto words = [&](const char* name, const std::string& present) {
    return call.kept ? field(call.form, name) : present;
  };
  return page(call, "revise", title,
              form_fields(view, names, words("cover_note", note_to_connector(view.introduction)),
                          words("pitch", view.introduction.pitch)));
}

HttpResponse post_revision(const Call& call, const View& view, bool sends) {
  if (!is_awaited(view)) return refused(call, Refusal::not_now);
  const Introduction& before = view.introduction;
  const Cast cast = cast_for(call, view);
  const Names names = names_for(cast);
  const std::string pitch = field(call.form, "pitch");
  std::string cover_note = field(call.form, "cover_note");
  const std::string note_before = note_to_connector(before);
  if (cover_note.empty()) cover_note = note_before;
  const auto findings = coach_revision(before, cast, cover_note, pitch);
  if (sends && !blocks(findings) && !pitch.empty()) {
    const auto applied = call.desk.apply(before.id, Resubmitted{cover_note, pitch});
    if (const auto* refusal = std::get_if<Refusal>(&applied)) return refused(call, *refusal);
    return see_other(view.url);
  }
  Fields fields = form_fields(view, names, cover_note, pitch);
  put_findings(fields, findings);
  if (blocks(findings) || pitch.empty()) return page(call, "revise", title, std::move(fields), 422);
  if (cover_note != note_before) put_diff(fields, "COVER_NOTE_DIFF", note_before, cover_note);
  if (pitch != before.pitch) put_diff(fields, "PITCH_DIFF", before.pitch, pitch);
  const bool same = cover_note == note_before && pitch == before.pitch;
  fields.sections[same ? "SAME" : "SEND"] = {Fields{}};
  return page(call, "revise", title, std::move(fields));
}

}  // namespace tertius::web
