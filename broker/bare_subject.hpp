#pragma once
// Subjects of request mails: what is left when reply marks, list tags and courtesies are taken off. Pure.

#include <string>
#include <string_view>

namespace tertius {

// "Re: [EXTERNAL] Please introduce me to Gail Goodman?" -> "Gail Goodman".
std::string bare_subject(std::string_view subject);

// "Re:", "AW:", "Fwd:" and kin at the front.
bool has_reply_mark(std::string_view subject);

// Whether a subject says nothing: "Introduction request", "quick question", "hello", or nothing at all.
bool is_vague(std::string_view subject);

}  // namespace tertius
