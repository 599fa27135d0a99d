#pragma once
// The pages of `tertius try`: everybody's mailbox, where mails can be read, clicked and answered, and the
// clock.

#include <functional>
#include <optional>

#include "daemon/engine.hpp"
#include "daemon/listen_address.hpp"
#include "daemon/sandbox.hpp"
#include "daemon/try_letters.hpp"
#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::daemon {

struct TryRoom {
  Sandbox sandbox;
  SampleCommunity community;
  Person writer;  // the requester, with a request that passes the coach
  SampleRequest sample;
  ListenAddress lmtp;  // where what people write is delivered
};

// A letter that a page wants delivered before it answers; its page is shown when the LMTP server has replied.
struct TryLetter {
  std::string sender, recipient, bytes;
  std::string then;  // the path to go to
};

using TryAnswer = std::variant<web::HttpResponse, TryLetter>;

// Answers paths below /try; runs in the database thread as one job, like every page.
TryAnswer answer_try(Engine& engine, TryRoom& room, const web::HttpRequest& request);

}  // namespace tertius::daemon
