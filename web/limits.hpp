#pragma once
// What anybody could have the pages do without end, and how much of it they may: mails to addresses that they
// write, requests in others' names, searches, long bodies, guesses at links. Who has a limit waits and is
// told so (RFC 6585 4, Retry-After), and what they had typed is on that page.

#include "web/pages.hpp"

namespace tertius::web {

// Before the page's own function; empty where it may go on.
std::optional<HttpResponse> refuse_haste(const Call& call);
// Of a POST that has passed take_visit(): is the address it writes to, or in whose name it asks, due for
// more?
std::optional<HttpResponse> refuse_haste_for_named(const Call& call);
// After it: a POST to a link that is none of ours is a guess, and guesses are counted. One too many is not
// told even that it was none; a link that is one works, for behind one address there may be a whole office.
HttpResponse count_guess(const Call& call, HttpResponse answer);

}  // namespace tertius::web
