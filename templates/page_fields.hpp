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
    {"decision", "SILENT_CHOSEN", ""},
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
    {"decision_result", "EDIT", "NOTE_NAME NOTE_LABEL NOTE_HINT NOTE_TEXT"},
    {"decision_result", "REQUIRED", ""},
    {"decision_result", "SILENT", "SILENT_LABEL"},
    {"decision_result", "SILENT_CHOSEN", ""},
    {"decision_result", "REMEMBER", ""},
    {"decision_result", "MAIL", "MAIL_TO MAIL_SUBJECT MAIL_TEXT"},
    {"decision_result", "OTHERS", "URL LABEL"},

    // Where answers are mailed; WORD is the answer's.
    {"decision_by_mail", "", "MESSAGE WORD REPLY_ADDRESS"},
    {"decision_by_mail", "MAIL", "MAIL_TO MAIL_SUBJECT MAIL_TEXT"},

    // The browsers that somebody is known in (actions `forget` with field `browser`, `forget_all` with
    // `keep_tokens` where there are PROGRAMS).
    {"browsers", "", "ACTION_URL NONCE"},
    {"browsers", "BROWSERS", "NAME STATE STATE_KIND SINCE SEEN VALUE"},
    {"browsers", "HERE", ""},
    {"browsers", "MORE", "SENTENCE"},
    {"browsers", "PROGRAMS", ""},

    // One sentence: link expired, already answered, mail stopped, not found. TYPED is what
    // was typed and could not be taken.
    {"message", "", "MESSAGE HINT"},
    {"message", "LINKS", "URL LABEL"},
    {"message", "TYPED", "TEXT"},

    // The request form of whoever is not signed in: fields requester, target, connector, subject, cover_note,
    // pitch, purpose; the buttons are `do`=check and, once there is a preview, `do`=send. Each ..._FINDINGS
    // is
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

    // One introduction as one of its people sees it: NEXT is what is awaited, UNTIL when time acts, LATER
    // what
    // can be done from when on. WAYS are links, ACTIONS forms (`action`: nudge, withdraw, spoke, not_yet).
    {"introduction", "", "STATE STATE_KIND NEXT UNTIL LATER ACTION_URL NONCE"},
    {"introduction", "HISTORY", "WHEN WHAT"},
    {"introduction", "WAYS", "URL LABEL"},
    {"introduction", "PRIMARY", ""},
    {"introduction", "DANGER", ""},
    {"introduction", "ACTIONS", "ACTION LABEL"},
    {"introduction", "WORDS", "LABEL TEXT"},

    // Signing in: the form for the address, the press behind a mailed link, signing out.
    {"sign_in", "", "MESSAGE ACTION_URL NONCE BUTTON"},
    {"sign_in", "ADDRESS", "WRITTEN"},

    // Tokens for programs (actions `add` with name, days and the scopes' own names; `revoke` with field
    // `token`).
    {"tokens", "", "ACTION_URL NONCE NEW_NAME"},
    {"tokens", "NEW", "SECRET"},
    {"tokens", "TOKENS", "NAME STATE STATE_KIND ALLOWS SINCE SEEN VALUE"},
    {"tokens", "REVOKE", ""},
    {"tokens", "SCOPES", "VALUE LABEL"},
    {"tokens", "CHECKED", ""},
    {"tokens", "LIVES", "VALUE LABEL"},
    {"tokens", "SELECTED", ""},

    // Whom changes are told to (actions `add` with url and, by the operator, everything; `remove` and, where
    // it is OFF, `enable` with field `webhook`); DELIVERIES are the newest of each.
    {"webhooks", "", "ACTION_URL NONCE URL"},
    {"webhooks", "NEW", "SECRET"},
    {"webhooks", "HOOKS", "URL STATE STATE_KIND SINCE WAITING VALUE"},
    {"webhooks", "EVERYBODYS", ""},
    {"webhooks", "WHY", "SENTENCE"},
    {"webhooks", "OFF", ""},
    {"webhooks", "DROPPED", "COUNT"},
    {"webhooks", "FAILING", "WHEN"},
    {"webhooks", "DELIVERIES", "STATE WHEN REPLY"},
    {"webhooks", "OPERATOR", ""},

    // No more mail, and mail again (actions `stop` and `start`).
    {"stop", "", "MESSAGE ACTION_URL NONCE ACTION BUTTON HINT"},

    // A member's contacts; FROM are their sources, IMPORTED where there is a list of imports.
    {"contacts", "", "NONCE SEARCH COUNT MOST BOOK_URL BOOK_USER"},
    {"contacts", "ALIKE", "NAME ORGANISATION ONE OTHER ONE_MARKS OTHER_MARKS"},
    {"contacts", "BOOKS", "BOOK USER STATE STATE_KIND VALUE"},
    {"contacts", "SYNCED", "CARDS WHEN"},
    {"contacts", "FAILED", "WHAT HINT NEXT"},
    {"contacts", "BAD_BOOK", "SENTENCE"},
    {"contacts", "LINKING", ""},
    {"contacts", "CONTACTS", "URL NAME ABOUT SINCE"},
    {"contacts", "KNOWN_BY", "LABEL"},
    {"contacts", "NOBODY", "SENTENCE"},
    {"contacts", "FROM", "LABEL COUNT URL"},
    {"contacts", "WHERE", "PAGE PAGES"},
    {"contacts", "PREVIOUS", "URL"},
    {"contacts", "NEXT", "URL"},
    {"contacts", "IMPORTED", ""},
    // One of them (actions `rate` with `rating`, `forget` with `source`).
    {"contact", "", "ABOUT ACTION_URL NONCE"},
    {"contact", "RATINGS", "VALUE LABEL"},
    {"contact", "MERGED", "NAME VALUE"},
    {"contact", "CHECKED", ""},
    {"contact", "TIES", "LABEL SOURCE EVIDENCE SINCE"},
    // The files that brought them, and the report of one.
    {"imports", "", ""},
    {"imports", "UNDER_WAY", ""},
    {"imports", "NONE", ""},
    {"imports", "IMPORTS", "FILE URL WHEN STATE STATE_KIND SUMMARY"},
    {"imports", "PROGRESS", "DONE TOTAL"},
    {"import", "", "FILE URL WHEN STATE STATE_KIND SUMMARY FORMAT HINT NONCE MISSING"},
    {"import", "UNDER_WAY", ""},
    {"import", "PROGRESS", "DONE TOTAL"},
    {"import", "FACTS", "LABEL COUNT"},
    {"import", "SKIPPED", "ROW WHY"},
    {"import", "MORE_SKIPPED", "COUNT"},
    {"import", "UNDO", ""},
    // What is known about whoever is signed in; WORD is to be typed before it is erased (field `word`).
    {"data", "", "NAME NONCE WORD"},
    // Before something is taken away.
    {"sure", "", "MESSAGE ACTION_URL NONCE BUTTON BACK_URL"},

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

    // The operator's dashboard. RANGES choose the time, TILES are single numbers (TILE_KIND colours as a
    // pill's
    // kind), PLOTS figures with their tables: web/figure.hpp puts the drawings into the empty <figure>s.
    {"dashboard", "", "SPAN"},
    {"dashboard", "RANGES", "URL LABEL"},
    {"dashboard", "CURRENT_RANGE", ""},
    {"dashboard", "TILES", "NAME VALUE TILE_KIND"},
    {"dashboard", "PLOTS", "ID HEADING CAPTION"},
    {"dashboard", "LEGEND", "COLOUR NAME"},
    {"dashboard", "HEADS", "HEAD"},
    {"dashboard", "ROWS", ""},
    {"dashboard", "CELLS", "CELL"},
    // Letters or notices that were found; the search form posts q and KIND_FIELD to itself by GET.
    {"dashboard_list", "", "ACTION_URL QUERY KIND_LABEL KIND_FIELD HINT"},
    {"dashboard_list", "KINDS", "VALUE LABEL"},
    {"dashboard_list", "SELECTED", ""},
    {"dashboard_list", "ROWS", "URL SUBJECT WHO WHEN KIND PILL_KIND OUTCOME"},
    {"dashboard_list", "NONE", "SENTENCE"},
    {"dashboard_list", "OLDER", "URL LABEL"},
    // One letter: what was done, why it was read so, its introduction, and its source with the secrets
    // hidden.
    {"dashboard_letter", "",
     "KIND PILL_KIND OUTCOME FROM TO WHEN ENVELOPE MESSAGE_ID READ_KIND MEANING UNTIL INSTEAD NEW_WORDS SIZE "
     "RAW_URL SOURCE"},
    {"dashboard_letter", "ATTACHMENTS", "ATTACHMENT"},
    {"dashboard_letter", "ABOUT", "URL LABEL"},
    {"dashboard_letter", "WHY", "REASON"},
    {"dashboard_letter", "HISTORY", "WHEN WHAT STATES REMARK"},
    {"dashboard_letter", "WHOLE", "URL"},
    // One notice. CHANGES are forms (actions `retry`, `cancel`); FRAME_URL is the mail's HTML on a page of
    // its own.
    {"dashboard_notice", "",
     "KIND PILL_KIND STATE TO ROLE WHEN NOT_BEFORE SENT TRIES LAST_REPLY MESSAGE_ID TEXT FRAME_URL"},
    {"dashboard_notice", "ABOUT", "URL LABEL"},
    {"dashboard_notice", "CHANGES", "ACTION_URL NONCE ACTION BUTTON BUTTON_KIND"},
    // One introduction, with what nobody but the operator may see.
    {"dashboard_introduction", "", "STATE STATE_KIND NUMBER REQUESTER TARGET WHEN SHOWN_STATE"},
    {"dashboard_introduction", "SILENT", ""},
    {"dashboard_introduction", "HELD", "HELD_TEXT"},
    {"dashboard_introduction", "CONNECTORS", "CONNECTOR"},
    {"dashboard_introduction", "FACTS", "NAME VALUE"},
    {"dashboard_introduction", "ASKS", "CONNECTOR WHEN UNTIL ANSWER"},
    {"dashboard_introduction", "HISTORY", "WHEN WHAT STATES REMARK"},
    {"dashboard_introduction", "LETTERS", "URL SUBJECT WHO WHEN KIND PILL_KIND OUTCOME"},
    {"dashboard_introduction", "NOTICES", "URL SUBJECT WHO WHEN KIND PILL_KIND OUTCOME"},
    {"dashboard_introduction", "WORDS", "LABEL TEXT"},
    // Everything somebody is in: waiting for them, open, ended. WAYS only where they are awaited.
    {"my_introductions", "", ""},
    {"my_introductions", "GROUPS", "HEADING"},
    {"my_introductions", "ROWS", "URL LABEL ROLE STATE STATE_KIND NEXT UNTIL"},
    {"my_introductions", "WAYS", "WAY_URL WAY_LABEL"},
    {"my_introductions", "NEWER", "URL"},
    {"my_introductions", "OLDER", "URL"},
    {"my_introductions", "NONE", ""},
    {"my_introductions", "ASK", "ASK_URL"},

    // R's new version (actions `check` and, once SEND is there, `send`). ..._DIFF are its pieces beside the
    // present one, each KEPT, REMOVED or ADDED; SAME where nothing differs.
    {"revise", "", "ACTION_URL NONCE CONNECTOR TARGET QUESTION COVER_NOTE PITCH"},
    {"revise", "REQUEST_FINDINGS", "WHAT HINT"},
    {"revise", "COVER_NOTE_FINDINGS", "WHAT HINT"},
    {"revise", "PITCH_FINDINGS", "WHAT HINT"},
    {"revise", "BLOCKS", ""},
    {"revise", "COVER_NOTE_DIFF", ""},
    {"revise", "PITCH_DIFF", ""},
    {"revise", "KEPT", "TEXT"},
    {"revise", "REMOVED", "TEXT"},
    {"revise", "ADDED", "TEXT"},
    {"revise", "SEND", ""},
    {"revise", "SAME", ""},
    // Searching for people (GET, field `q`), and one person with the ways to them. PICTURE_ and the two
    // sections below are those of web/path_picture.hpp.
    {"people", "", "QUERY SENTENCE"},
    {"people", "PERSONS", "URL NAME ABOUT"},
    {"person", "", "ABOUT ASK_URL PICTURE_TEXT PICTURE_HEIGHT"},
    {"person", "CLOSED", ""},
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

    // What somebody wants otherwise than the community has it (action `save`; each section is the choices of
    // its field), and whom they do not want to hear from (actions `add`, `remove`). ..._ERRORS stand beside
    // their fields.
    {"settings", "", "ACTION_URL NONCE MAX_OPEN_ASKS QUIET_HINT ADDRESS SIGN_OUT_URL BROWSERS_URL STOP_URL"},
    {"settings", "RUNNING", ""},
    {"settings", "STOPPED", ""},
    {"settings", "LANGUAGE", "VALUE LABEL CHOICE_HINT"},
    {"settings", "CONSENT", "VALUE LABEL CHOICE_HINT"},
    {"settings", "SHOWN", "VALUE LABEL CHOICE_HINT"},
    {"settings", "QUIET_FROM", "VALUE LABEL CHOICE_HINT"},
    {"settings", "QUIET_TO", "VALUE LABEL CHOICE_HINT"},
    {"settings", "CLICK", "VALUE LABEL CHOICE_HINT"},
    {"settings", "CHOSEN", ""},
    {"settings", "UNWANTED", "LABEL OTHER WRITTEN"},
    {"settings", "LANGUAGE_ERRORS", "WHAT"},
    {"settings", "CONSENT_ERRORS", "WHAT"},
    {"settings", "SHOWN_ERRORS", "WHAT"},
    {"settings", "MAX_OPEN_ASKS_ERRORS", "WHAT"},
    {"settings", "QUIET_FROM_ERRORS", "WHAT"},
    {"settings", "QUIET_TO_ERRORS", "WHAT"},
    {"settings", "CLICK_ERRORS", "WHAT"},
    {"settings", "ADDRESS_ERRORS", "WHAT"},
});

}  // namespace tertius::templates
