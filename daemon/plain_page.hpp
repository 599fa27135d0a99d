#pragma once
// An answer that is a sentence and no page: where there are no templates, or no database to ask.

#include <string>

#include "web/http.hpp"

namespace tertius::daemon {

inline web::HttpResponse plain_page(int status, std::string text) {
  web::HttpResponse out;
  out.status = status;
  out.content_type = "text/plain; charset=utf-8";
  out.body = std::move(text);
  return out;
}

}  // namespace tertius::daemon
