#pragma once
// A URL that a webhook may have, as libcurl reads it: the same eyes that will dial it. What a name resolves
// to is looked at again when it is dialled (mail/http_post.hpp).

#include <string>

#include "broker/result.hpp"

namespace tertius::mail {

inline constexpr std::size_t longest_hook_url = 2000;

// `allow_private`: of this machine and its own network too, http on loopback among them.
Done check_hook_url(const std::string& url, bool allow_private);
// The same of an address book's server.
Done check_book_url(const std::string& url, bool allow_private);

}  // namespace tertius::mail
