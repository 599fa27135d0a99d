#include "templates/template.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary.h>

#include <vector>

#include "templates/clean.hpp"
#include "templates/vocabulary.hpp"

namespace tertius::templates {

namespace {

constexpr std::string_view escape_by_context = "{{%AUTOESCAPE context=\"HTML\"}}";

using Scope = std::vector<const Fields*>;  // innermost last

const std::string* find_value(const Scope& scope, const std::string& name) {
  for (auto fields = scope.rbegin(); fields != scope.rend(); ++fields) {
    const auto value = (*fields)->values.find(name);
    if (value != (*fields)->values.end()) return &value->second;
  }
  return nullptr;
}

const std::vector<Fields>* find_section(const Scope& scope, const std::string& name) {
  for (auto fields = scope.rbegin(); fields != scope.rend(); ++fields) {
    const auto elements = (*fields)->sections.find(name);
    if (elements != (*fields)->sections.end()) return &elements->second;
  }
  return nullptr;
}

// HAS_X needs no section of its own: it shows once where the value or the section X is not empty.
const std::vector<Fields>* find_elements(const Scope& scope, const std::string& name) {
  static const std::vector<Fields> once(1);
  const auto* elements = find_section(scope, name);
  if (elements || !name.starts_with("HAS_")) return elements;
  const auto rest = name.substr(4);
  const auto* value = find_value(scope, rest);
  const auto* section = find_section(scope, rest);
  return (value && !value->empty()) || (section && !section->empty()) ? &once : nullptr;
}

// Copies what the outline shows from the fields into ctemplate's dictionary; the answer is the first name
// missing.
class Filling {
 public:
  explicit Filling(Markup markup) : markup_(markup) {}

  const std::string* fill(ctemplate::TemplateDictionary& dictionary, const Outline& outline,
                          const Fields& fields) {
    scope_.push_back(&fields);
    const auto* missing = fill_here(dictionary, outline);
    scope_.pop_back();
    return missing;
  }

 private:
  const std::string* fill_here(ctemplate::TemplateDictionary& dictionary, const Outline& outline) {
    for (const auto& name : outline.values) {
      const auto* value = find_value(scope_, name);
      if (!value) return &name;
      dictionary.SetValue(name, cleaned(name, *value));
    }
    for (const auto& section : outline.sections) {
      const auto* elements = find_elements(scope_, section.section);
      if (!elements) continue;
      for (const auto& element : *elements) {
        const auto* missing = fill(*dictionary.AddSectionDictionary(section.section), section, element);
        if (missing) return missing;
      }
    }
    return nullptr;
  }

  std::string cleaned(const std::string& name, const std::string& value) const {
    return markup_ == Markup::html || has_many_lines(name) ? clean_lines(value) : clean_line(value);
  }

  Markup markup_;
  Scope scope_;
};

}  // namespace

Result<Template> make_template(std::string file, std::string_view source, Markup markup) {
  auto outline = make_outline(source);
  if (!outline) return Failure{file + ": " + outline.error().what, outline.error().hint};
  auto marked = markup == Markup::html ? std::string{escape_by_context} : std::string{};
  marked += markup == Markup::text ? without_marker_lines(source) : std::string{source};
  std::shared_ptr<const ctemplate::Template> compiled{
      ctemplate::Template::StringToTemplate(marked, ctemplate::DO_NOT_STRIP)};
  if (!compiled)
    return Failure{file + ": not a template that can be escaped by context", "See stderr for the place."};
  return Template{std::move(file), markup, std::move(outline).value(), std::move(compiled)};
}

Result<std::string> expand(const Template& source, const Fields& fields) {
  ctemplate::TemplateDictionary dictionary{source.file};
  if (const auto* missing = Filling{source.markup}.fill(dictionary, source.outline, fields)) {
    return Failure{source.file + " shows {{" + *missing + "}}, and nothing fills it", ""};
  }
  std::string out;
  source.compiled->Expand(&out, &dictionary);
  return out;
}

}  // namespace tertius::templates
