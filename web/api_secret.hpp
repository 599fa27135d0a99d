#pragma once
// What a token's owner holds: "tertius_" and 192 random bits in hex. The prefix lets secret scanners know it
// in a repository.

#include <string>

namespace tertius::web {

std::string new_api_secret();
std::string new_webhook_secret();  // broker/webhook_signature.hpp

}  // namespace tertius::web
