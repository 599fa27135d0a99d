#pragma once
// One introduction as one of its people sees it, whichever way they came: by the link in R's mails (/show) or
// signed in (/me/<id>). What is not theirs does not exist.

#include "broker/standing.hpp"
#include "web/pages.hpp"

namespace tertius::web {

struct View {
  Introduction introduction;
  PersonId viewer{};
  Seat seat;
  std::string url;    // of this page; its forms post there
  std::string token;  // what its nonces are bound to
  std::string nonce;
};

// The people of the introduction, as this viewer may see them.
Cast cast_for(const Call& call, const View& view);

// A thing that can be done: a link to its page.
struct Way {
  std::string url, label;
  bool danger = false;
};
// The decision pages, and R's: confirm, choose, revise. Their tokens are the viewer's own.
std::vector<Way> ways_of(const Call& call, const View& view);

HttpResponse show_view(const Call& call, const View& view);
HttpResponse post_view(const Call& call, const View& view);

// <url>/revise: a new version, with what changed, before it is sent (revise_page.cpp).
HttpResponse show_revision(const Call& call, const View& view);
HttpResponse post_revision(const Call& call, const View& view, bool sends);

}  // namespace tertius::web
