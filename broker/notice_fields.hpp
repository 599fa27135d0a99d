#pragma once
// Fills in a notice: the words of the introduction, the people and the links that its template shows, and
// what we say of them in the language of `sentences`. Pure.
//
// Values (always all present; empty where they do not apply):
//   COMMUNITY             the broker's name: "Rowan Alumni"
//   TO_NAME TO_FIRST      the recipient
//   REQUESTER TARGET CONNECTOR                    full names; for _FIRST the first name, for _LABEL "Name
//   (Organisation)",
//   ..._FIRST ..._LABEL ..._ABOUT ..._ADDRESS     for _ABOUT "title, organisation" (may be empty); _ADDRESS
//   is filled
//                                                 in the introduction only: nobody else learns an address
//                                                 before
//   NEXT BEFORE           with _FIRST _LABEL _ABOUT, on a long way and empty else: whom the connector passes
//   it on to (R reads "somebody Christine knows"), and who has passed it on to them; VOUCHING what the latter
//   wrote CONNECTOR_KNOWS_TARGET CONNECTOR_KNOWS_REQUESTER (and _NEXT _BEFORE)  evidence in words, may be
//   empty: "connected on LinkedIn since 2019" SUBJECT               of the pitch, as T sees it COVER_NOTE
//   PITCH ENDORSEMENT QUESTION text of several lines REMARK                what this one notice is about: a
//   problem and its hint, what was understood, a deadline DECISION              for receipts: "forward",
//   "decline", ... ; DECISION_TEXT in words EFFECTIVE_AT EXPIRES_AT  "9 March 2026, 14:05 UTC" FORWARD_URL
//   DECLINE_URL CHANGES_URL ACCEPT_URL UNDO_URL NOW_URL CONFIRM_URL SHOW_URL STOP_URL SPOKE_URL NOT_YET_URL
//   FORWARD_MAILTO DECLINE_MAILTO ACCEPT_MAILTO    mailto: links with the reply address and the word as
//   subject REPLY_ADDRESS intro+<token>@domain ASK_ADDRESS           intro@domain
// Sections (shown once for each element):
//   TO_REQUESTER, TO_CONNECTOR or TO_TARGET  one of them, by the recipient's role
//   CONNECTORS            NAME LABEL TIER REASON CHOOSE_URL FINDINGS              WHAT HINT
//   FIELD, and BLOCKS where it stops the request CANDIDATES            LABEL ADDRESS PITCH_LINES
//   COVER_NOTE_LINES ENDORSEMENT_LINES VOUCHING_LINES QUESTION_LINES REMARK_LINES   LINE (HTML parts keep
//   line breaks)
// HAS_<NAME>, shown once where that value or section is not empty, and WITHOUT_<NAME>, where it is, need
// nothing here: templates/ works them out.

#include <string>
#include <vector>

#include "broker/introduction.hpp"
#include "broker/link.hpp"
#include "broker/notice.hpp"
#include "broker/person.hpp"
#include "broker/policy.hpp"
#include "broker/wording.hpp"

namespace tertius {

// The people of one introduction, loaded by the engine.
struct Cast {
  Person requester;
  Person target;
  Person connector;  // the one being asked; empty where there is none
  std::string connector_knows_target;
  std::string connector_knows_requester;
  Person next = {};    // on a long way: whom the connector passes it on to; and who has passed it on to them.
  Person before = {};  // Empty where there is none.
  std::string connector_knows_next = {};
  std::string connector_knows_before = {};
};

// The same once the connector has passed it on, as they may see it: how the next knows anybody is not theirs.
Cast passed_on(Cast cast);
// Who reads it once the connector has forwarded it: the next on the way, or T.
const Person& receiver(const Cast& cast);

Fields notice_fields(const NoticeOrder& order, const Introduction& introduction, const Cast& cast,
                     const Links& links, const std::string& community, const Policy& policy,
                     const Sentences& sentences = {});

// Adds the _LINES sections to values that are already there. Sections that are lists of people or
// findings are put in by whoever has them.
void finish_fields(Fields& fields);

}  // namespace tertius
