#pragma once
// A community of four in a real SQLite database in memory, the pages' desk over it, and a browser without
// sockets. What the desk changes goes through step() as in the daemon.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "broker/link.hpp"
#include "storage/api_tokens.hpp"
#include "storage/db.hpp"
#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

inline constexpr PersonId alice{1}, christine{2}, gail{3}, bob{4};
inline constexpr IntroductionId first_request{77};

class House {
 public:
  House();

  Desk desk();
  HttpResponse exchange(HttpRequest request);
  HttpResponse open(const std::string& path, const std::string& method = "GET");  // "/path?query"
  // As a browser posts a form of our own page.
  HttpResponse post(const std::string& path, const Form& form);
  HttpResponse post_from(const std::string& path, const Form& form,
                         const std::map<std::string, std::string>& headers);
  // Asks for a link, presses it, and is signed in from then on.
  void sign_in(PersonId person);
  void forget_cookies() { cookie.clear(); }
  // Opens the page and presses its button.
  HttpResponse press(const std::string& path, Form form);
  std::string nonce_of(const std::string& path);

  void ask();      // Alice's request is with Christine
  void forward();  // ... and with Gail
  std::variant<Introduction, Refusal> apply(const Event& event);
  Introduction introduction();
  void let_hold_pass();

  Token token(Role role, TokenUse use = TokenUse::decision, std::uint8_t round = 1) const;
  std::string path(std::string_view page, const Token& token, std::string_view word = {}) const;

  // Every row of every table as text, and how often a row was written.
  std::string dump();
  std::int64_t writes();
  std::vector<std::string> notices();  // "request to christine@example.org", in order

  storage::Database db;
  Links links;
  Policy policy;
  Time now = from_unix_seconds(1'773'057'600);  // 2026-03-09 12:00 UTC
  std::set<PersonId> stopped, erased;
  int visits = 0;
  std::string cookie;                          // the browser's; from the last Set-Cookie
  std::vector<std::string> sign_in_links;      // as mailed, the last one last
  Pace* pace = nullptr;                        // none: no limits
  std::string network = "203.0.113.7";         // whence the browser comes
  std::vector<storage::ApiToken> tokens_told;  // that their members were mailed of
  int notice_count = 0;
  std::int64_t last_id = 1000;

  // Who can introduce anybody to anybody, and what the form calls them.
  // Their handles: "unnamed-..." for whoever is not named, "long-..." for the first on a long way.
  std::vector<std::pair<PersonId, std::string>> ways = {{bob, "4"}};
  std::vector<tertius::Request> asked, previewed;  // of members
  std::vector<PreviewMail> mails;                  // what a preview shows
  std::optional<Rejected> rejection;               // of the next request of a member's

 private:
  void keep_stopped(PersonId id, bool stopped);
  std::variant<Introduction, Rejected> ask_as_member(const tertius::Request& request);
  std::variant<std::vector<PreviewMail>, Rejected> preview(const tertius::Request& request);
  std::vector<Choice> choices();
  int next_person = 100;
};

std::string header(const HttpResponse& response, const std::string& name);
bool has(const HttpResponse& response, std::string_view words);
// The tokens in a text that `keys` verify, wherever they stand.
std::vector<Token> tokens_in(std::string_view text, const LinkKeys& keys);

}  // namespace tertius::web
