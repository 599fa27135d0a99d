#include "templates/template.hpp"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary_interface.h>

#include <deque>
#include <optional>
#include <vector>

#include "templates/clean.hpp"
#include "templates/vocabulary.hpp"

namespace tertius::templates {

namespace {

constexpr std::string_view escape_by_context = "{{%AUTOESCAPE context=\"HTML\"}}";

// What one expansion shares: how values are cleaned, and the first name that was missing.
struct Expansion {
  Markup markup{};
  std::string missing;
  std::deque<std::string> cleaned;  // whose text ctemplate still refers to
};

// ctemplate asks for each name as it comes to it. Its own dictionary, filled beforehand, more than doubled
// the time of a notice (75 us against 36): it hashes every name, under a lock.
class FieldsDictionary final : public ctemplate::TemplateDictionaryInterface {
 public:
  FieldsDictionary(Expansion& expansion, const Fields& fields, const FieldsDictionary* around)
      : expansion_(expansion), fields_(fields), around_(around) {}

  ctemplate::TemplateString GetValue(const ctemplate::TemplateString& variable) const override {
    const std::string name = text_of(variable);
    const auto* value = find_value(name);
    if (!value) {
      if (expansion_.missing.empty()) expansion_.missing = name;
      return "";
    }
    const bool lines = expansion_.markup == Markup::html || has_many_lines(name);
    if (lines ? is_plain_lines(*value) : is_plain_line(*value)) return *value;
    return expansion_.cleaned.emplace_back(lines ? clean_lines(*value) : clean_line(*value));
  }

  bool IsHiddenSection(const ctemplate::TemplateString& name) const override {
    const auto* elements = find_elements(text_of(name));
    return !elements || elements->empty();
  }
  bool IsUnhiddenSection(const ctemplate::TemplateString& name) const override {
    return !IsHiddenSection(name);
  }
  Iterator* CreateSectionIterator(const ctemplate::TemplateString& section) const override;

  // make_outline refuses includes.
  bool IsHiddenTemplate(const ctemplate::TemplateString&) const override { return true; }
  const char* GetIncludeTemplateName(const ctemplate::TemplateString&, int) const override { return ""; }
  Iterator* CreateTemplateIterator(const ctemplate::TemplateString&) const override;
  void DumpToString(std::string*, int) const override {}

 private:
  class Elements;

  static std::string text_of(const ctemplate::TemplateString& name) { return {name.data(), name.size()}; }

  const std::string* find_value(const std::string& name) const {
    for (const auto* here = this; here; here = here->around_) {
      const auto value = here->fields_.values.find(name);
      if (value != here->fields_.values.end()) return &value->second;
    }
    return nullptr;
  }

  const std::vector<Fields>* find_section(const std::string& name) const {
    for (const auto* here = this; here; here = here->around_) {
      const auto elements = here->fields_.sections.find(name);
      if (elements != here->fields_.sections.end()) return &elements->second;
    }
    return nullptr;
  }

  bool has(const std::string& name) const {
    const auto* value = find_value(name);
    const auto* section = find_section(name);
    return (value && !value->empty()) || (section && !section->empty());
  }

  // HAS_X needs no section of its own: it shows once where the value or the section X is not empty, and
  // WITHOUT_X where it is or is not there at all: a notice may have been stored before there was an X.
  const std::vector<Fields>* find_elements(const std::string& name) const {
    static const std::vector<Fields> once(1);
    const auto* elements = find_section(name);
    if (elements) return elements;
    if (name.starts_with("HAS_")) return has(name.substr(4)) ? &once : nullptr;
    if (name.starts_with("WITHOUT_")) return has(name.substr(8)) ? nullptr : &once;
    return nullptr;
  }

  Expansion& expansion_;
  const Fields& fields_;
  const FieldsDictionary* around_;
};

class FieldsDictionary::Elements final : public Iterator {
 public:
  Elements(const FieldsDictionary& around, const std::vector<Fields>* elements)
      : around_(around), elements_(elements) {}

  bool HasNext() const override { return elements_ && at_ < elements_->size(); }
  const TemplateDictionaryInterface& Next() override {
    return here_.emplace(around_.expansion_, (*elements_)[at_++], &around_);
  }

 private:
  const FieldsDictionary& around_;
  const std::vector<Fields>* elements_;
  std::size_t at_ = 0;
  std::optional<FieldsDictionary> here_;
};

// ctemplate deletes them.
FieldsDictionary::Iterator* FieldsDictionary::CreateSectionIterator(
    const ctemplate::TemplateString& section) const {
  return new Elements(*this, find_elements(text_of(section)));
}

FieldsDictionary::Iterator* FieldsDictionary::CreateTemplateIterator(const ctemplate::TemplateString&) const {
  return new Elements(*this, nullptr);
}

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
  Expansion expansion{source.markup, {}, {}};
  const FieldsDictionary dictionary{expansion, fields, nullptr};
  std::string out;
  source.compiled->Expand(&out, &dictionary);
  if (!expansion.missing.empty()) {
    return Failure{source.file + " shows {{" + expansion.missing + "}}, and nothing fills it", ""};
  }
  return out;
}

}  // namespace tertius::templates
