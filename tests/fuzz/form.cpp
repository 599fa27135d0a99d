// A web form's body and a path, as a browser or a stranger's program sends them.
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"
#include "web/http.hpp"

namespace tertius::fuzz {

void form(std::string_view bytes) {
  std::size_t octets = 0;
  for (const auto& [name, value] : web::read_form(bytes)) {
    require_text(name), require_text(value);
    for (const char c : value) require(!is_control(c) || c == '\n' || c == '\t', "a form's values are text");
    octets += name.size() + value.size();
  }
  require(octets <= 3 * bytes.size(), "values are bounded by their form");
  for (const auto& part : web::path_parts(bytes)) require(part.find('/') == part.npos, "a part is one part");
}

}  // namespace tertius::fuzz
