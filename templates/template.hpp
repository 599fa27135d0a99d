#pragma once
// One parsed template. HTML is escaped by its context (element, attribute, URL, style): the pragma that
// switches this on is put in front here, so that no file can forget it. In text, values are cleaned and, but
// for the few of several lines, put on one line. Expanding is safe from any thread. Fails with the file's
// name and the line or the name that is wrong.

#include <memory>
#include <string>
#include <string_view>

#include "broker/notice.hpp"
#include "broker/result.hpp"
#include "templates/outline.hpp"

namespace ctemplate {
class Template;
}

namespace tertius::templates {

enum class Markup { text, html };

struct Template {
  std::string file;
  Markup markup{};
  Outline outline;
  std::shared_ptr<const ctemplate::Template> compiled;
};

Result<Template> make_template(std::string file, std::string_view source, Markup markup);

// A value that neither the section's fields nor those around it have is a Failure; a section they lack is
// hidden.
Result<std::string> expand(const Template& source, const Fields& fields);

}  // namespace tertius::templates
