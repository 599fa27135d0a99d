#pragma once
// A small world around a real engine on a real database: Alice (member), Christine (member, knows both), Bob
// (member, knows both a little) and Gail; a clock that is set, ids that count, a relay that keeps every mail,
// people who answer their mails with the original quoted below, and a browser that opens links and presses
// buttons.

#include <functional>
#include <string>
#include <vector>

#include "broker/letter.hpp"
#include "daemon/engine.hpp"
#include "daemon/sending.hpp"
#include "web/http.hpp"

namespace tertius::flow {

struct KeptMail {
  storage::OutboxRow row;
  Letter letter;  // as its recipient reads it
  std::string bytes;
};

struct World {
  explicit World(storage::Database& db);

  daemon::Engine engine;
  Time now;
  std::vector<KeptMail> mails;                           // all that left, in order
  std::function<DeliveryResult(const KeptMail&)> relay;  // what it answers; 250 where empty

  // ---- people write ----
  std::string write(const std::string& from, const std::string& recipient, const std::string& bytes);
  // A request of Alice's for Gail; her words stand below. Cc may be empty.
  std::string ask(const std::string& cc, const std::string& subject = "Gail Okafor, Steady Mail");
  std::string reply(const KeptMail& mail, const std::string& words, std::string from = {},
                    const std::string& headers = {});
  std::string reply_letter(const KeptMail& mail, const std::string& words, std::string from = {},
                           const std::string& headers = {}) const;  // not yet sent

  // ---- time and mail pass ----
  void send();                             // until the outbox has nothing due
  void pass(std::chrono::seconds length);  // deadlines are met and mails sent, minute by minute where needed

  // ---- people read and click ----
  const KeptMail& latest(const std::string& to,
                         const std::string& text_has = {}) const;  // fails where there is none
  bool has_mail(const std::string& to, const std::string& text_has = {}) const;
  std::string link(const KeptMail& mail, const std::string& page, const std::string& ends = {}) const;
  web::HttpResponse open(const std::string& url, const std::string& method = "GET");
  web::HttpResponse press(const std::string& url, const std::string& action, const std::string& more = {});

  Introduction only() const;  // the one introduction there is
  std::string dump() const;   // every row of every table, to see that nothing changed
};

inline const std::string alice_at = "alice@harbour.example", christine_at = "christine@rowan.example",
                         bob_at = "bob@harbour.example", gail_at = "gail@steady.example";
inline const std::string shorter_pitch =
    "Dear Gail, I am Alice Chen, founder of Harbour Ledger; we do the books for 400 small shops. You run "
    "partnerships at "
    "Steady Mail, and our customers send their offers with you. May I call you for 10 minutes next week "
    "about what makes a "
    "good partner?";
std::string request_letter(const std::string& cc, const std::string& subject, const std::string& body);
extern const std::string good_body;

}  // namespace tertius::flow
