#pragma once
// Templates -> text. ctemplate does the work with context-aware escaping in HTML; the text parts and header
// values are escaped by us (control characters away, line ends LF). Names the template shows and the fields
// lack are an error, never an empty place in somebody's mail. Threads: reading the catalogue is safe from any
// thread after load.

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "broker/notice.hpp"
#include "broker/result.hpp"
#include "broker/wording.hpp"

namespace tertius::templates {

struct RenderedNotice {
  std::string subject;  // one line
  std::string text;
  std::string html;
};

// Parses every embedded template, and the operator's files of the same names over them, and fails with the
// file's name where one does not parse. Called before anything is rendered.
Done load_catalogue(const std::optional<std::filesystem::path>& overrides = std::nullopt);

// The same while others render, who may be in the midst of the one before: what comes back keeps it, until
// they have begun anew. Only one thread replaces.
Result<std::shared_ptr<const void>> replace_catalogue(const std::optional<std::filesystem::path>& overrides);

// The notice in this language, or in English where there is no such template.
Result<RenderedNotice> render_notice(NoticeKind kind, std::string_view language, const Fields& fields);

// The same without its HTML part, which is left empty: half the work.
Result<RenderedNotice> render_plain_notice(NoticeKind kind, std::string_view language, const Fields& fields);

// Those that have a notice of their own, in alphabetical order: "de", "en".
std::vector<std::string> languages();

// What broker and daemon say inside a notice, in that language; empty where there is none, and for English.
const Sentences& sentences(std::string_view language);

// A missing value of `fields` is a Failure that names the file and the value. Names and values:
// page_fields.hpp. pages/<name>.html inside pages/layout.html; TITLE is taken from the fields.
Result<std::string> render_page(std::string_view name, const Fields& fields);

// To be served as /style.css, which the layout links.
std::string_view stylesheet();

// What stands between <script> and </script> on the decision page, for the hash in its
// Content-Security-Policy.
std::string_view decision_script();

}  // namespace tertius::templates
