#pragma once
// The engine as the pages see it.

#include "broker/request.hpp"
#include "daemon/engine.hpp"
#include "web/desk.hpp"

namespace tertius::daemon {

web::Desk make_desk(Engine& engine, bool sandbox = false);

// Both mails of a request as C and T would get them, or why it would be turned back. Nothing is kept.
std::variant<std::vector<web::PreviewMail>, web::Rejected> preview(Engine& engine, const Request& request);

}  // namespace tertius::daemon
