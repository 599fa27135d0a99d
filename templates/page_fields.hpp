#pragma once
// What each page shows: one row for the values it always wants, one for each section. A value that is missing
// is an error when the page is rendered, a section that is missing is hidden, HAS_<NAME> follows value or
// section by itself. The rows of "layout" hold for every page. Forms post `nonce` and `action` as hidden
// fields beside those named here. Values called ..._KIND colour a pill: "good", "wait", "bad" or "plain".

#include <array>
#include <string_view>

#include "templates/vocabulary.hpp"

namespace tertius::templates {

inline constexpr std::string_view layout_page = "layout";

inline constexpr auto page_fields = std::to_array<FieldRow>({
    // TITLE also heads the browser's tab; NAV are the links at the top, GOOD and BAD what just happened.
    {"layout", "", "TITLE COMMUNITY"},
    {"layout", "NAV", "URL LABEL"},
    {"layout", "CURRENT", ""},
    {"layout", "GOOD", "SENTENCE"},
    {"layout", "BAD", "SENTENCE"},

    // The front page. SIGN_IN and ASK are its two buttons, TRY the hint in the sandbox.
    {"index", "", "ASK_ADDRESS"},
    {"index", "ASK", "ASK_URL"},
    {"index", "SIGN_IN", "SIGN_IN_URL"},
    {"index", "TRY", "TRY_URL"},

    // C's or T's decision. TITLE asks ("Forward Alice's note to Gail?"), EFFECT says what follows and when,
    // ACTION is
    // the preselected one and BUTTON its word. NOTE is the textarea called NOTE_NAME ("endorsement"),
    // REQUIRED where
    // it may not stay empty; SILENT the box `silent`; UNTIL the choices of `until`; MAIL what goes out, word
    // for word;
    // OTHERS the other decisions. The decoy form posts `decoy`: robots alone press it. AT_ONCE (bound
    // browser) or ONE_CLICK
    // (first sign of a person) has the page post itself; neither where a press is wanted.
    {"decision", "", "EFFECT ACTION_URL NONCE ACTION BUTTON"},
    {"decision", "NOTE", "NOTE_NAME NOTE_LABEL NOTE_HINT NOTE_TEXT"},
    {"decision", "REQUIRED", ""},
    {"decision", "SILENT", "SILENT_LABEL"},
    {"decision", "UNTIL", "VALUE LABEL"},
    {"decision", "CHECKED", ""},
    {"decision", "MAIL", "MAIL_TO MAIL_SUBJECT MAIL_TEXT"},
    {"decision", "OTHERS", "URL LABEL"},
    {"decision", "DANGER", ""},
    {"decision", "AT_ONCE", ""},
    {"decision", "ONE_CLICK", ""},

    // After a decision. TITLE says what is recorded, EFFECT when it takes effect or that it has. UNDO and NOW
    // are
    // forms (actions `undo`, `now`), EDIT lets the note be changed during the hold (action `edit`), REMEMBER
    // asks to
    // remember this browser (action `remember`), OTHERS are the decisions to choose from after an undo or a
    // conflict.
    {"decision_result", "", "EFFECT STATE STATE_KIND ACTION_URL NONCE"},
    {"decision_result", "UNDO", ""},
    {"decision_result", "NOW", ""},
    {"decision_result", "EDIT", "NOTE_NAME NOTE_LABEL NOTE_TEXT"},
    {"decision_result", "REMEMBER", ""},
    {"decision_result", "MAIL", "MAIL_TO MAIL_SUBJECT MAIL_TEXT"},
    {"decision_result", "OTHERS", "URL LABEL"},

    // One sentence: link expired, already answered, mail stopped, not found.
    {"message", "", "MESSAGE HINT"},
    {"message", "LINKS", "URL LABEL"},

    // The request form of whoever is not signed in: fields requester, target, connector, subject, cover_note,
    // pitch, purpose; the buttons are `do`=check and, once there is a preview, `do`=send. Each ..._FINDINGS is
    // what the coach found in that field.
    {"ask", "", "ACTION_URL NONCE REQUESTER TARGET CONNECTOR SUBJECT COVER_NOTE PITCH"},
    {"ask", "REQUESTER_OPEN", ""},
    {"ask", "PURPOSES", "VALUE LABEL"},
    {"ask", "SELECTED", ""},
    {"ask", "REQUEST_FINDINGS", "WHAT HINT"},
    {"ask", "REQUESTER_FINDINGS", "WHAT HINT"},
    {"ask", "TARGET_FINDINGS", "WHAT HINT"},
    {"ask", "CONNECTOR_FINDINGS", "WHAT HINT"},
    {"ask", "SUBJECT_FINDINGS", "WHAT HINT"},
    {"ask", "COVER_NOTE_FINDINGS", "WHAT HINT"},
    {"ask", "PITCH_FINDINGS", "WHAT HINT"},
    {"ask", "BLOCKS", ""},
    {"ask", "MAIL", "MAIL_TITLE MAIL_TO MAIL_SUBJECT MAIL_TEXT"},
    {"ask", "SEND", ""},

    // "Was it you?" (action `confirm`; NOT_ME: `not_me`).
    {"confirm", "", "MESSAGE ACTION_URL NONCE"},
    {"confirm", "MAIL", "MAIL_TITLE MAIL_TO MAIL_SUBJECT MAIL_TEXT"},
    {"confirm", "NOT_ME", ""},

    // Who shall be asked (action `choose`, field `connector`).
    {"choose", "", "MESSAGE ACTION_URL NONCE"},
    {"choose", "CONNECTORS", "VALUE LABEL TIER TIER_KIND REASON"},
    {"choose", "CHECKED", ""},
    {"choose", "NONE", "SENTENCE"},

    // One introduction as its requester or the operator sees it. WITHDRAW is a form (action `withdraw`).
    {"introduction", "", "STATE STATE_KIND NEXT TARGET CONNECTOR SUBJECT COVER_NOTE PITCH ENDORSEMENT"},
    {"introduction", "HISTORY", "WHEN WHAT"},
    {"introduction", "WITHDRAW", "ACTION_URL NONCE"},
    {"introduction", "LINKS", "URL LABEL"},

    // Signing in: the form for the address, the press behind a mailed link, signing out.
    {"sign_in", "", "MESSAGE ACTION_URL NONCE BUTTON"},
    {"sign_in", "ADDRESS", ""},

    // No more mail (action `stop`).
    {"stop", "", "MESSAGE ACTION_URL NONCE BUTTON"},

    // The sandbox: everybody's mailbox, the clock (field `advance`: hour, day, week).
    {"try_home", "",
     "ASK_URL REQUESTER REQUESTER_URL CONNECTOR CONNECTOR_URL TARGET TARGET_URL NOW CLOCK_URL"},
    {"try_home", "PERSONS", "NAME LABEL URL UNREAD"},
    {"try_home", "INTRODUCTIONS", "LABEL STATE STATE_KIND URL"},
    {"try_mailbox", "", "NAME ADDRESS HOME_URL"},
    {"try_mailbox", "MAILS", "FROM SUBJECT WHEN SNIPPET URL"},
    {"try_mailbox", "UNREAD", ""},
    {"try_mailbox", "WRITE", "ACTION_URL MAIL_TO MAIL_CC MAIL_SUBJECT MAIL_TEXT"},
    // The HTML stands in a sandboxed frame whose links open in the whole window; its inline styles need
    // style-src 'unsafe-inline' here. REPLY posts `text`.
    {"try_mail", "", "NAME MAILBOX_URL FROM TO CC SUBJECT WHEN TEXT HTML SOURCE"},
    {"try_mail", "REPLY", "ACTION_URL REPLY_TO"},

    // Searching for people (GET, field `q`), and one person with the ways to them. PICTURE_ and the two sections
    // below are those of web/path_picture.hpp.
    {"people", "", "QUERY SENTENCE"},
    {"people", "PERSONS", "URL NAME ABOUT"},
    {"person", "", "ABOUT ASK_URL PICTURE_TEXT PICTURE_HEIGHT"},
    {"person", "NODES", "X Y INITIALS_Y FIRST_Y SECOND_Y INITIALS FIRST SECOND"},
    {"person", "EDGES", "X1 Y1 X2 Y2 STRENGTH"},
    {"person", "KNOWN", ""},
    {"person", "NO_WAY", ""},
    {"person", "CONNECTORS", "LABEL TIER TIER_KIND"},
    {"person", "REASONS", "REASON"},
    {"person", "UNNAMED", ""},

    // The request form of a member: fields to (TARGET_FIXED) or target (TARGET_OPEN), first, second, third
    // (TURNS) or connector, purpose, deadline, deadline_reason, cover_note, pitch, subject; the buttons are
    // `do`=check, send, other (another target). Each ..._FINDINGS is what the coach found in that field.
    {"ask_member", "",
     "ACTION_URL NONCE REQUESTER TARGET CONNECTOR SUBJECT COVER_NOTE PITCH DEADLINE DEADLINE_REASON"},
    {"ask_member", "TARGET_FIXED", "TARGET_ID TARGET_NAME TARGET_ABOUT TARGET_URL"},
    {"ask_member", "TARGET_OPEN", ""},
    {"ask_member", "CANDIDATES", "VALUE LABEL ABOUT"},
    {"ask_member", "TURNS", "TURN TURN_LABEL NONE_LABEL"},
    {"ask_member", "CHOICES", "VALUE LABEL"},
    {"ask_member", "PURPOSES", "VALUE LABEL"},
    {"ask_member", "SELECTED", ""},
    {"ask_member", "REQUEST_FINDINGS", "WHAT HINT"},
    {"ask_member", "TARGET_FINDINGS", "WHAT HINT"},
    {"ask_member", "CONNECTOR_FINDINGS", "WHAT HINT"},
    {"ask_member", "DEADLINE_FINDINGS", "WHAT HINT"},
    {"ask_member", "SUBJECT_FINDINGS", "WHAT HINT"},
    {"ask_member", "COVER_NOTE_FINDINGS", "WHAT HINT"},
    {"ask_member", "PITCH_FINDINGS", "WHAT HINT"},
    {"ask_member", "BLOCKS", ""},
    {"ask_member", "MAIL", "MAIL_NUMBER MAIL_TITLE MAIL_TO MAIL_SUBJECT MAIL_TEXT MAIL_LIGHT MAIL_DARK"},
    {"ask_member", "SEND", ""},
});

}  // namespace tertius::templates
