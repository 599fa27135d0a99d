#pragma once
// One function for each page. Safe methods change nothing; a POST needs the page's nonce and comes from our
// own origin.

#include <span>

#include "web/desk.hpp"
#include "web/http.hpp"
#include "web/session.hpp"

namespace tertius::web {

// What a handler is given: the request, its path's parts and its form (POST) or query (GET).
struct Call {
  const HttpRequest& request;
  std::vector<std::string> parts;
  Form form;
  Desk& desk;
  std::optional<Member> member = std::nullopt;  // who is signed in
  HttpResponse (*show)(const Call&) = nullptr;  // of a POST: the page that it was posted from
  bool kept = false;  // that page shown once more, with what was typed: a POST's form, which does nothing
};

using PageHandler = HttpResponse (*)(const Call&);

struct PageRoute {
  std::string_view first;  // the path's first part, or its first two
  PageHandler get;
  PageHandler post;  // null: 405
};
std::span<const PageRoute> page_routes();  // router.cpp

HttpResponse index_page(const Call& call);
HttpResponse style_sheet(const Call& call);
HttpResponse show_decision(const Call& call);
HttpResponse post_decision(const Call& call);
HttpResponse show_held(const Call& call);  // /undo/<token>, /now/<token>: what is held, with both buttons
HttpResponse post_held(const Call& call);
HttpResponse show_confirm(const Call& call);
HttpResponse post_confirm(const Call& call);
HttpResponse show_choose(const Call& call);
HttpResponse post_choose(const Call& call);
HttpResponse show_stop(const Call& call);
HttpResponse post_stop(const Call& call);
HttpResponse show_introduction(const Call& call);
HttpResponse post_introduction(const Call& call);
HttpResponse show_sign_in(const Call& call);
HttpResponse post_sign_in(const Call& call);
HttpResponse show_browsers(const Call& call);
HttpResponse post_browsers(const Call& call);
HttpResponse show_tokens(const Call& call);
HttpResponse post_tokens(const Call& call);
HttpResponse show_webhooks(const Call& call);
HttpResponse post_webhooks(const Call& call);
HttpResponse show_sign_out(const Call& call);
HttpResponse post_sign_out(const Call& call);
HttpResponse show_ask(const Call& call);
HttpResponse post_ask(const Call& call);
HttpResponse show_dashboard(const Call& call);  // and all below it, for the operator alone
HttpResponse post_dashboard(const Call& call);
HttpResponse show_mine(const Call& call);  // /me, /me/<introduction>, /me/<introduction>/revise
HttpResponse post_mine(const Call& call);
HttpResponse show_contacts(const Call& call);  // /contacts, /contacts/<person>, /contacts/from/<source>
HttpResponse post_contacts(const Call& call);
HttpResponse show_imports(const Call& call);  // /contacts/imports, /contacts/imports/<import>
HttpResponse post_imports(const Call& call);
HttpResponse show_people(const Call& call);  // /people?q=gail, /people/<id>
HttpResponse show_coach(const Call& call);
HttpResponse post_coach(const Call& call);  // the request form as JSON; findings as JSON
HttpResponse show_data(const Call& call);   // /settings/data, /settings/data/download
HttpResponse post_data(const Call& call);
HttpResponse script_file(const Call& call);  // /script/<name>
HttpResponse show_settings(const Call& call);
HttpResponse post_settings(const Call& call);

}  // namespace tertius::web
