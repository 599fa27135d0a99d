#pragma once
// The house of the pages, asked as programs ask: with a token in the header and JSON in the body.

#include <boost/json/value.hpp>
#include <map>
#include <string>

#include "broker/api_scope.hpp"
#include "storage/api_tokens.hpp"
#include "tests/support/web/house.hpp"
#include "web/pace.hpp"

namespace tertius::web {

inline constexpr IntroductionId second_request{78};  // what is asked for in the tests

class ApiHouse {
 public:
  // A token with these scopes ("find people:read"; "all" has every one); its secret.
  std::string token(PersonId person, const std::string& scopes = "all");
  HttpResponse send(const std::string& method, const std::string& path, const std::string& secret,
                    const std::string& body = {}, std::map<std::string, std::string> headers = {});
  HttpResponse get(const std::string& path, const std::string& secret) { return send("GET", path, secret); }
  HttpResponse post(const std::string& path, const std::string& secret, const std::string& body = {},
                    const std::map<std::string, std::string>& headers = {}) {
    return send("POST", path, secret, body, headers);
  }
  Desk desk();

  House house;
  Pace pace{"salt"};
  std::int64_t next_token = 1000;
  std::vector<tertius::Request> asked;
};

boost::json::value json_of(const HttpResponse& response);
std::string problem_of(const HttpResponse& response);  // the last part of its type; "" where it is none

}  // namespace tertius::web
