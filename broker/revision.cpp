#include "broker/revision.hpp"

namespace tertius {

Request request_of(const Introduction& introduction, const Cast& cast) {
  Request out;
  if (cast.requester.address) out.requester = *cast.requester.address;
  out.target = cast.target.name;
  out.subject = introduction.subject;
  out.cover_note = note_to_connector(introduction);
  out.pitch = introduction.pitch;
  out.purpose = introduction.purpose;
  return out;
}

std::vector<Finding> coach_revision(const Introduction& introduction, const Cast& cast,
                                    const std::string& cover_note, const std::string& pitch) {
  Request request = request_of(introduction, cast);
  request.pitch = pitch;
  if (!cover_note.empty()) request.cover_note = cover_note;
  CoachFacts facts;
  facts.requester = cast.requester;
  facts.target = cast.target;
  facts.connectors = {cast.connector};
  return coach(request, facts);
}

}  // namespace tertius
