#pragma once
// How a click on a decision link counts: what the person's policy wants of it, and what is known of the
// browser it comes from. A browser becomes known for a person when an answer from it has outlived its hold
// (storage/click_trust.hpp), by signing in, or by a press of "Remember this browser". After a robot
// (web/robots.hpp) the link takes nothing from unknown browsers until an answer of that moment would have
// outlived its hold.

#include "web/parts.hpp"

namespace tertius::web {

struct Action;

// How the decision page is answered.
enum class Answering {
  by_mail,     // not here at all
  press,       // by its button
  first_sign,  // it posts itself at the first sign of a person, too
  at_once,     // it posts itself when it is seen
};

struct Clicker {
  PersonId person{};
  ClickPolicy policy{};
  bool known = false;  // the browser, as this person's
  bool robot = false;
};
// Whose link it is, in which browser. The link is one that refuse_decision_link lets through.
Clicker find_clicker(const Call& call, const Linked& linked);

Answering answering(const HttpRequest& request, const Clicker& clicker, const Action& action);

// The visit of a POST that may act, as take_visit has it; what to answer instead where it may not. `token` is
// what the nonce was made for.
std::variant<std::string, HttpResponse> take_click(const Call& call, const Linked& linked,
                                                   const std::string& token, const Clicker& clicker);
HttpResponse wants_mail(const Call& call);

// After the answer of `visit` is held: the browser will be known when it takes effect. Gives it its cookie.
void expect_browser(const Call& call, const Clicker& clicker, const std::string& visit, HttpResponse& out);
// "Remember this browser", pressed.
void remember_browser(const Call& call, const Clicker& clicker, HttpResponse& out);

}  // namespace tertius::web
