#include "web/ask_form.hpp"

#include <algorithm>
#include <array>

namespace tertius::web {

namespace {

constexpr auto purposes =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"", "Not said"},
                                                                  {"advice", "Advice"},
                                                                  {"job", "A job"},
                                                                  {"hire", "Hiring"},
                                                                  {"customer", "A customer"},
                                                                  {"invest", "Investment"},
                                                                  {"partner", "A partner"},
                                                                  {"other", "Something else"}});

// The form's fields, and under which section the coach's findings on each are shown.
constexpr auto form_fields =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"requester", "REQUESTER"},
                                                                  {"target", "TARGET"},
                                                                  {"connector", "CONNECTOR"},
                                                                  {"subject", "SUBJECT"},
                                                                  {"cover_note", "COVER_NOTE"},
                                                                  {"pitch", "PITCH"}});

}  // namespace

void put_form(Fields& fields, const Form& form) {
  for (const auto& [name, section] : form_fields)
    fields.values[std::string(section)] = field(form, std::string(name));
  for (const auto& [value, label] : purposes) {
    Fields purpose = row({{"VALUE", std::string(value)}, {"LABEL", std::string(label)}});
    if (value == field(form, "purpose")) purpose.sections["SELECTED"] = {Fields{}};
    fields.sections["PURPOSES"].push_back(std::move(purpose));
  }
}

void put_finding(Fields& fields, const std::string& about, const std::string& what, const std::string& hint,
                 bool blocks) {
  const auto known =
      std::find_if(form_fields.begin(), form_fields.end(), [&](const auto& f) { return f.first == about; });
  const std::string section = known == form_fields.end() ? "REQUEST" : std::string(known->second);
  Fields finding = row({{"WHAT", what}, {"HINT", hint}});
  if (blocks) finding.sections["BLOCKS"] = {Fields{}};
  fields.sections[section + "_FINDINGS"].push_back(std::move(finding));
}

void put_findings(Fields& fields, const std::vector<Finding>& findings) {
  for (const Finding& finding : findings)
    put_finding(fields, finding.field, say(finding.what), say(finding.hint),
                finding.severity == Severity::blocks);
}

void put_rejection(Fields& fields, const Rejected& rejected) {
  if (rejected.findings.empty()) put_finding(fields, "request", rejected.what, rejected.hint);
  put_findings(fields, rejected.findings);
}

HttpResponse not_yet(const Call& call, std::string_view page_name, Fields fields) {
  return page(call, page_name, "Something has to be mended first", std::move(fields), 422);
}

}  // namespace tertius::web
