#pragma once
// Who asks: tokens in the Authorization header, and the refusals of those that are none or may too little.
// They are hashes in the database, so that nothing is to be learnt from how long a wrong one takes.

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "storage/api_tokens.hpp"
#include "web/desk.hpp"
#include "web/http.hpp"

namespace tertius::web {

std::string header_of(const HttpRequest& request, const std::string& name);  // "" where absent

std::string bearer_secret(const HttpRequest& request);    // RFC 6750 2.1; "" where there is none
std::string password_secret(const HttpRequest& request);  // the password of RFC 7617; "" where there is none

std::variant<storage::ApiToken, HttpResponse> authenticate(const std::string& secret, const Desk& desk);
std::optional<HttpResponse> refuse_scope(const Desk& desk, ApiScope scope, const storage::ApiToken& token);

}  // namespace tertius::web
