#include "web/api_call.hpp"
#include "web/embedded.hpp"

namespace tertius::web {

HttpResponse api_document(const ApiCall&) {
  HttpResponse out;
  out.content_type = "application/json";
  out.headers = {{"Cache-Control", "max-age=3600"}, {"X-Content-Type-Options", "nosniff"}};
  out.body = std::string(embedded_files().front().text);
  return out;
}

}  // namespace tertius::web
