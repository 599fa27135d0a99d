#pragma once
// What the pages share: the frame, the token of a link with its introduction, nonces, and pages of one
// sentence.

#include <optional>
#include <string>
#include <variant>

#include "web/pages.hpp"

namespace tertius::web {

inline constexpr std::chrono::minutes nonce_life{30};

HttpResponse page(const Call& call, std::string_view name, const std::string& title, Fields fields,
                  int status = 200);
// The page may run the files of /script, and they may ask us.
HttpResponse with_own_scripts(HttpResponse response);
HttpResponse message(const Call& call, int status, const std::string& title, const std::string& sentence,
                     const std::string& hint);
HttpResponse refused(const Call& call, Refusal refusal);
// The link is forged, cut or of another kind; a scanner that guesses learns nothing more.
HttpResponse bad_link(const Call& call);
// Also what is not for whoever asks: it looks as if it were not there.
HttpResponse no_such_page(const Call& call);

// The link's token and the introduction behind it.
struct Linked {
  std::string text;  // the token in one spelling, whatever the path's case and key
  Token token;
  Introduction introduction;
};
// Empty where the token is not one of ours for this use, or its introduction is gone.
std::optional<Linked> find_linked(const Call& call, TokenUse use);
// A decision link of an earlier round, or of a connector who is not asked any more.
bool is_outdated(const Linked& linked);
// Of an earlier round, and the same connector is asked about a newer version.
bool is_still_asked(const Linked& linked);
// Of a connector who has passed it on: their answer to that; else none.
const Ask* find_passed_on(const Linked& linked);
// 60 days after the end the link is only a memory.
bool is_expired(const Linked& linked, Time now);

std::string new_nonce(const Call& call, const std::string& token);

// The visit of a POST that may act: same origin, nonce of this token and time, not a robot's decoy, not yet
// spent. Spends it. `again` is a page already posted once (double click, reload): show how things stand.
enum class Unfit { foreign, stale, robot, again };
std::variant<std::string, Unfit> take_visit(const Call& call, const std::string& token);
// A page that came too late is shown once more, with what was typed.
HttpResponse unfit(const Call& call, Unfit why);
// What was typed into a form that is not taken: nobody has to write it again.
void put_typed(Fields& fields, const Call& call);

// Refuses links that are bad, expired or of a connector who is not asked any more (decision_page.cpp).
std::optional<HttpResponse> refuse_decision_link(const Call& call, const std::optional<Linked>& linked);
// How this person's answer stands now (held_page.cpp).
HttpResponse show_standing(const Call& call, const Linked& linked);

// The pages of whoever is signed in. A POST of theirs comes from our own origin with a nonce of this browser
// and person (12 hours, used once); the refusal otherwise.
std::string member_nonce(const Call& call);
std::optional<HttpResponse> refuse_member_post(const Call& call);
// Of whoever is signed in: known in no browser any more, and no program acts in their name, unless the form
// has `keep_tokens` (browsers_page.cpp).
void sign_out_everywhere(const Call& call);
// What is shown instead of a member's page to whoever is not signed in.
HttpResponse wants_sign_in(const Call& call);

Fields row(std::map<std::string, std::string> values);
Fields mail_fields(const PreviewMail& mail);
std::string when(Time time);

// The colour and the words of a state's pill.
struct StateWords {
  std::string text;
  std::string kind;
};
StateWords state_words(State state);

}  // namespace tertius::web
