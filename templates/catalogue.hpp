#pragma once
// All templates, parsed and checked. A notice is its words inside a frame (notices/<language>/parts/frame.*),
// a page stands in pages/layout.html; {{>name}} puts in parts/name, which holds no parts of its own. What
// fails to parse, or shows a name that nobody fills, fails here with the file's name. Reading is safe from
// any thread.

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "broker/notice.hpp"
#include "broker/result.hpp"
#include "broker/wording.hpp"
#include "templates/sources.hpp"
#include "templates/template.hpp"

namespace tertius::templates {

struct NoticeTemplate {
  Template subject;  // the .txt file's first line, behind "Subject: "
  Template text;
  Template html;
};

struct Catalogue {
  std::map<std::string, std::map<NoticeKind, NoticeTemplate>, std::less<>> notices;  // by language
  std::map<std::string, Sentences, std::less<>> sentences;  // by language; none for English
  std::map<std::string, Template, std::less<>> pages;
  std::string stylesheet;
  std::string decision_script;
};

Result<Catalogue> make_catalogue(const Sources& sources);

// In this language, else in what stands before its first "-" ("de" for "de-at"), else in English. Nothing
// only where English lacks it.
const NoticeTemplate* find_notice(const Catalogue& catalogue, NoticeKind kind, std::string_view language);

const Sentences* find_sentences(const Catalogue& catalogue, std::string_view language);

}  // namespace tertius::templates
