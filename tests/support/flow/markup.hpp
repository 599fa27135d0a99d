#pragma once
// What a browser makes of our pages: where their links lead, and what their forms would send.

#include <string>
#include <vector>

#include "web/http.hpp"

namespace tertius::flow {

struct PageForm {
  std::string method;  // "get" or "post"
  std::string action;
  web::Form fields;  // as it stands, one of its buttons pressed
};

// As written in href, src and data-... of a page, entities read; not those of forms.
std::vector<std::string> links_in(const std::string& html);
// One for each button of each form.
std::vector<PageForm> forms_in(const std::string& html);

}  // namespace tertius::flow
