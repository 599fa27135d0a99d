#include "web/robots.hpp"

#include "broker/sha256.hpp"
#include "storage/letters.hpp"

namespace tertius::web {

namespace {

constexpr days robot_life{1};
// Scanners with several profiles are done with a mail within minutes; a person waits no longer than this.
constexpr std::chrono::minutes wary_of_link{10};

// Kept among the spent nonces, whose visits are hexadecimal.
std::string robot_mark(const std::string& what) { return "robot-" + what; }

std::optional<Time> find_mark(const Call& call, const std::string& what) {
  return what.empty() ? std::nullopt : storage::find_spent(call.desk.db, robot_mark(what));
}

bool is_marked(const Call& call, const std::string& what, seconds life) {
  const auto since = find_mark(call, what);
  return since && call.desk.now < *since + life;
}

HttpResponse wait_a_little(const Call& call, const std::string& link) {
  const Time until = find_mark(call, link).value_or(call.desk.now) + wary_of_link;
  return message(call, 200, "Nothing was changed",
                 "Something that is no person has just pressed the buttons behind this link, as some mail "
                 "filters do.",
                 "Open the link again after " + when(until) + " and press the button then.");
}

}  // namespace

bool is_robot(const Call& call, const std::string& link, bool known, seconds wary) {
  return is_marked(call, browser_key(call.request, call.desk.links), robot_life) ||
         (!known && is_marked(call, link, wary));
}

HttpResponse answer_robot(const Call& call, const std::string& link) {
  HttpResponse out = unfit(call, Unfit::robot);
  const std::string key = keep_browser(call.request, call.desk, out);
  for (const std::string& what : {key, link})
    storage::spend_once_more(call.desk.db, robot_mark(what), call.desk.now);
  return out;
}

std::variant<std::string, HttpResponse> take_press(const Call& call, const std::string& token,
                                                   PersonId person) {
  const std::string link =
      hex_sha256(token);  // the token itself would open the page to whoever reads the table
  auto visit = take_visit(call, token);
  if (const auto* why = std::get_if<Unfit>(&visit))
    return *why == Unfit::robot ? answer_robot(call, link) : unfit(call, *why);
  const bool known = is_known_browser(call.request, call.desk, person);
  if (is_robot(call, "", known, wary_of_link)) return unfit(call, Unfit::robot);
  if (is_robot(call, link, known, wary_of_link)) return wait_a_little(call, link);
  return std::get<std::string>(visit);
}

}  // namespace tertius::web
