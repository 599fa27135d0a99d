#pragma once
// What people in the sandbox write: a new request, and an answer with the mail it answers quoted below, as
// mail programs do.

#include "daemon/sandbox.hpp"
#include "web/http.hpp"

namespace tertius::daemon {

struct SampleRequest {
  std::string cc, subject, text;
};
// A request that passes the coach, for the member to change as they like.
SampleRequest sample_request(storage::Database& db, const SampleCommunity& community, const Person& writer);

// From the form's fields cc, subject and text.
std::string new_letter(const web::Form& form, const Person& writer, const Links& links, Time now);
std::string reply_letter(const SandboxMail& mail, const std::string& words, Time now);

}  // namespace tertius::daemon
