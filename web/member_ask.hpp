#pragma once
// The request form of whoever is signed in and a member.

#include "web/pages.hpp"

namespace tertius::web {

bool is_members_request(const Call& call);
HttpResponse show_member_ask(const Call& call);
HttpResponse post_member_ask(const Call& call);

}  // namespace tertius::web
