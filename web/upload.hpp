#pragma once
// Files that members send. Their bodies are far longer than those of all other requests, so that whoever
// reads sockets asks first, by path and cookie, and only then reads on.

#include <cstdint>
#include <optional>
#include <string_view>

#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

// LinkedIn's whole archive of a busy member has some 10 MB, without its media.
inline constexpr std::uint64_t most_upload_bytes = 25'000'000;

inline constexpr std::string_view upload_too_long =
    "This is more than we read. Contact files may have 25 MB together: send them one by one, or of a large "
    "archive "
    "Connections.csv alone.\n";

// The one path that takes them.
bool is_upload(const HttpRequest& request);
// Empty for a member who is signed in. The body is not looked at.
std::optional<HttpResponse> refuse_upload(const HttpRequest& request, Desk& desk);

}  // namespace tertius::web
