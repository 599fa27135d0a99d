#pragma once
// What the pages work with during one request: the database to read, and the few ways to change something,
// which all lead to the engine. One request is one job of the database thread, so that a page and what it
// shows agree.

#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "broker/coach.hpp"
#include "broker/explained.hpp"
#include "broker/link.hpp"
#include "broker/notice_fields.hpp"
#include "broker/ranking.hpp"
#include "broker/request.hpp"
#include "broker/step.hpp"
#include "storage/api_tokens.hpp"
#include "storage/db.hpp"
#include "storage/letters.hpp"
#include "storage/outbox_by_hand.hpp"
#include "web/pace.hpp"

namespace tertius::web {

// A mail as its recipient will read it; its links lead nowhere.
struct PreviewMail {
  std::string title;  // "What Christine gets"
  std::string to;
  std::string subject;
  std::string text;
  std::string html = {};
};

struct Rejected {
  std::string what;
  std::string hint;
  std::vector<Person> candidates;
  std::vector<Finding> findings;
};

// One who could be asked. Whoever does not want to be named is nobody here but a tier.
struct Choice {
  Person person;
  RankedConnector ranked;
  bool named = true;
  std::string handle = {};  // what the form calls them
  bool long_way = false;    // knows nobody but somebody who knows T: two have to agree
};

// Whom R has chosen to be asked, and on a long way whom they are to pass it on to.
struct Chosen {
  Person person;
  std::optional<PersonId> onward = std::nullopt;
};

struct Desk {
  storage::Database& db;
  const Links& links;
  const Policy& policy;
  std::string community;
  std::optional<Address> operator_address = std::nullopt;  // whoever signs in with it sees the dashboard
  Time now{};
  bool sandbox = false;                    // `tertius try`: a link back to the mailboxes
  std::function<std::string()> new_visit;  // random, for nonces

  std::function<std::variant<Introduction, Refusal>(IntroductionId, const Event&)> apply;
  // Whoever fills in the form for nobody in particular is not known to be the member it names: who is known
  // here, who knows whom and what is wrong with a request is theirs to read. So `submit` answers by mail to
  // the member's own address and gives a Rejected in the sandbox only. The next three are for a request in
  // the name of whoever is signed in (`preview` in the sandbox for anybody's).
  std::function<std::optional<Rejected>(const tertius::Request&)> submit;
  std::function<std::variant<Introduction, Rejected>(const tertius::Request&)> ask;
  std::function<std::variant<std::vector<PreviewMail>, Rejected>(const tertius::Request&)> preview;
  std::function<std::optional<Chosen>(PersonId requester, PersonId target, const std::string& handle)>
      find_connector;
  // Looks at the words, and at the people in `known` that the writer may see anyway.
  std::function<std::vector<Finding>(const tertius::Request&, CoachFacts known)> coach;
  std::function<std::vector<Choice>(PersonId requester, PersonId target)> connectors;
  std::function<void(PersonId)> stop;
  std::function<void(PersonId)> start_again;  // what had ended by the stop stays ended
  std::function<void(const Person&, const std::string& url, Time until)> mail_sign_in;
  std::function<void(const Person&, const storage::ApiToken&)> mail_token_made;
  std::function<Cast(const Introduction&)> cast;
  // For the operator: how a stored letter was read when it came, and the outbox by hand.
  std::function<Explained(const Letter&, const storage::LetterRow&)> explain;
  std::function<Done(NoticeId, storage::ByHand)> change_notice;
  std::function<std::int64_t()> new_id = {};
  std::function<std::string(PersonId)> export_person = {};  // JSON
  std::function<void(PersonId)> erase_person = {};
  std::function<void()> wake = [] {};  // something waits for the daemon: a file to import
  std::function<PersonId(const Address&)>
      person_of;  // whose it is; a new person without a name where nobody's

  // As by mail: whom these words name.
  std::function<std::variant<Person, Rejected>(const std::string& words, PersonId requester)> find_target =
      {};
  TakePace api_pace = {};              // of a token; empty: no limit
  TakePace pace = {};                  // of the pages; empty: no limit
  bool private_webhooks = false;       // to this machine and its own network too
  bool private_address_books = false;  // on them
  // storage/visible_people.hpp's, from the network in memory where there is one. Empty: storage's.
  std::function<bool(PersonId viewer, PersonId person)> may_see = {};
  std::function<std::string(PersonId)> export_mails = {};  // mbox
};

bool may_see(const Desk& desk, PersonId viewer, PersonId person);

}  // namespace tertius::web
