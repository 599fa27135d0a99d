#include "templates/catalogue.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "templates/embedded.hpp"
#include "templates/mail_style.hpp"
#include "templates/page_fields.hpp"
#include "templates/sentences.hpp"
#include "templates/vocabulary.hpp"

namespace tertius::templates {

namespace {

constexpr std::string_view fallback_language = "en";

const std::string* find_source(const Sources& sources, const std::string& name) {
  const auto file = sources.find(name);
  return file == sources.end() ? nullptr : &file->second;
}

Result<std::string> load_source(const Sources& sources, const std::string& name) {
  if (const auto* text = find_source(sources, name)) return *text;
  return Failure{name + " is missing", "A notice in a language wants both its .txt and its .html."};
}

// The part in the first of these folders that has it.
Result<std::string> load_part(const Sources& sources, const std::vector<std::string>& folders,
                              const std::string& name) {
  for (const auto& folder : folders) {
    const auto* text = find_source(sources, folder + "parts/" + name);
    if (!text) continue;
    return text->ends_with('\n') ? text->substr(0, text->size() - 1) : *text;
  }
  return Failure{folders.front() + "parts/" + name + " is missing", ""};
}

// The frame is one for all languages, and says which this is.
std::string with_language(std::string frame, const std::string& language) {
  constexpr std::string_view mark = "{{LANGUAGE}}";
  if (const auto at = frame.find(mark); at != frame.npos) frame.replace(at, mark.size(), language);
  return frame;
}

struct Including {
  const Sources& sources;
  std::vector<std::string> folders;

  // `body` stands where the text says {{>body}}; each other {{>name}} is a part.
  Result<std::string> include(std::string_view text, std::string_view body) const {
    std::string out;
    for (auto at = text.find("{{>"); at != std::string_view::npos; at = text.find("{{>")) {
      const auto end = text.find("}}", at);
      if (end == std::string_view::npos) return Failure{folders.front() + ": {{> without }}", ""};
      const std::string name{text.substr(at + 3, end - at - 3)};
      auto part = name == "body" ? include(body, "") : load_part(sources, folders, name);
      if (!part) return part;
      out += text.substr(0, at);
      out += part.value();
      text.remove_prefix(end + 2);
    }
    out += text;
    return out;
  }
};

Result<Template> make_checked(std::string file, std::string_view source, Markup markup,
                              std::span<const FieldRow> rows, std::string_view page) {
  auto made = make_template(std::move(file), source, markup);
  if (!made) return made;
  const auto unknown = find_unknown(made.value().outline, rows, page);
  if (!unknown) return made;
  return Failure{made.value().file + ": nothing ever fills " + *unknown, "Is the name misspelt?"};
}

class CatalogueMaker {
 public:
  explicit CatalogueMaker(const Sources& sources) : sources_(sources) {}

  Result<Catalogue> make() {
    if (auto done = read_style(); !done) return done.error();
    for (const auto& [language, kind] : notices()) {
      if (auto done = add_notice(language, kind); !done) return done.error();
    }
    if (auto done = add_sentences(); !done) return done.error();
    for (const auto& row : page_fields) {
      if (row.page == layout_page || made_.pages.contains(row.page)) continue;
      if (auto done = add_page(std::string{row.page}); !done) return done.error();
    }
    return std::move(made_);
  }

 private:
  // English has all; another language may have some.
  std::set<std::pair<std::string, NoticeKind>> notices() const {
    std::set<std::pair<std::string, NoticeKind>> found;
    for (const auto& traits : notice_table()) found.emplace(fallback_language, traits.kind);
    for (const auto& [name, text] : sources_) {
      const auto slash = name.find('/', 8);
      if (!name.starts_with("notices/") || slash == std::string::npos) continue;
      const auto kind = find_notice_kind(name.substr(slash + 1, name.rfind('.') - slash - 1));
      if (kind) found.emplace(name.substr(8, slash - 8), *kind);
    }
    return found;
  }

  Done add_sentences() {
    constexpr std::string_view folder = "notices/", file = "/sentences.txt";
    for (const auto& [name, text] : sources_) {
      if (!name.starts_with(folder) || !name.ends_with(file)) continue;
      auto made = make_sentences(text);
      if (!made) return Failure{name + ": " + made.error().what, made.error().hint};
      // An operator's file holds what they want said otherwise; the rest is said as we say it.
      for (const auto& file : embedded_files())
        if (file.name == name) made.value().merge(make_sentences(file.text).value());
      const auto language = name.substr(folder.size(), name.size() - folder.size() - file.size());
      made_.sentences.emplace(language, std::move(made).value());
    }
    return std::monostate{};
  }

  Done read_style() {
    auto css = load_source(sources_, "notices/mail.css");
    if (!css) return css.error();
    auto style = make_mail_style(css.value());
    if (!style) return Failure{"notices/mail.css: " + style.error().what, style.error().hint};
    mail_style_ = std::move(style).value();
    auto sheet = load_source(sources_, "style.css");
    if (!sheet) return sheet.error();
    made_.stylesheet = std::move(sheet).value();
    auto script = load_part(sources_, {"pages/"}, "decide.js");
    if (!script) return script.error();
    made_.decision_script = std::move(script).value();
    return std::monostate{};
  }

  Including in_language(const std::string& language) const {
    return {sources_, {"notices/" + language + "/", "notices/" + std::string{fallback_language} + "/"}};
  }

  Result<std::string> framed(const std::string& language, std::string_view body,
                             const std::string& frame) const {
    const auto including = in_language(language);
    auto around = load_part(sources_, including.folders, frame);
    if (!around) return around;
    return including.include(with_language(std::move(around).value(), language), body);
  }

  Done add_notice(const std::string& language, NoticeKind kind) {
    const auto file = "notices/" + language + "/" + std::string{notice_name(kind)};
    auto letter = load_source(sources_, file + ".txt");
    if (!letter) return letter.error();
    auto html = make_html(language, file + ".html");
    if (!html) return html.error();
    std::string_view text = letter.value();
    constexpr std::string_view subject = "Subject: ";
    const auto end = text.find("\n\n");
    if (!text.starts_with(subject) || end == text.npos || text.find('\n') != end) {
      return Failure{file + ".txt does not begin with one line \"Subject: ...\" and an empty line", ""};
    }
    return add_notice(language, kind, text.substr(subject.size(), end - subject.size()), text.substr(end + 2),
                      std::move(html).value());
  }

  Done add_notice(const std::string& language, NoticeKind kind, std::string_view subject,
                  std::string_view body, Template html) {
    const auto file = "notices/" + language + "/" + std::string{notice_name(kind)} + ".txt";
    auto subject_line = make_checked(file, subject, Markup::text, notice_vocabulary(), "notice");
    if (!subject_line) return subject_line.error();
    auto whole = framed(language, body, "frame.txt");
    if (!whole) return Failure{file + ": " + whole.error().what, whole.error().hint};
    auto text = make_checked(file, whole.value(), Markup::text, notice_vocabulary(), "notice");
    if (!text) return text.error();
    made_.notices[language].insert_or_assign(
        kind, NoticeTemplate{std::move(subject_line).value(), std::move(text).value(), std::move(html)});
    return std::monostate{};
  }

  Result<Template> make_html(const std::string& language, const std::string& file) const {
    auto body = load_source(sources_, file);
    if (!body) return body.error();
    auto whole = framed(language, body.value(), "frame.html");
    if (!whole) return Failure{file + ": " + whole.error().what, whole.error().hint};
    auto styled = with_inline_style(whole.value(), mail_style_);
    if (!styled) return Failure{file + ": " + styled.error().what, styled.error().hint};
    return make_checked(file, styled.value(), Markup::html, notice_vocabulary(), "notice");
  }

  Done add_page(const std::string& page) {
    const auto file = "pages/" + page + ".html";
    auto body = load_source(sources_, file);
    if (!body) return body.error();
    auto layout = load_source(sources_, "pages/layout.html");
    if (!layout) return layout.error();
    auto whole = Including{sources_, {"pages/"}}.include(layout.value(), body.value());
    if (!whole) return Failure{file + ": " + whole.error().what, whole.error().hint};
    const auto rows = page_rows(page);
    auto made = make_checked(file, whole.value(), Markup::html, rows, page);
    if (!made) return made.error();
    made_.pages.emplace(page, std::move(made).value());
    return std::monostate{};
  }

  // The page's rows and the layout's, as the page's own.
  static std::vector<FieldRow> page_rows(std::string_view page) {
    std::vector<FieldRow> rows;
    for (auto row : page_fields) {
      if (row.page != page && row.page != layout_page) continue;
      row.page = page;
      rows.push_back(row);
    }
    return rows;
  }

  const Sources& sources_;
  MailStyle mail_style_;
  Catalogue made_;
};

const NoticeTemplate* find_in(const Catalogue& catalogue, NoticeKind kind, std::string_view language) {
  const auto notices = catalogue.notices.find(language);
  if (notices == catalogue.notices.end()) return nullptr;
  const auto notice = notices->second.find(kind);
  return notice == notices->second.end() ? nullptr : &notice->second;
}

std::string lower(std::string_view language) {
  std::string out{language};
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

}  // namespace

Result<Catalogue> make_catalogue(const Sources& sources) { return CatalogueMaker{sources}.make(); }

const NoticeTemplate* find_notice(const Catalogue& catalogue, NoticeKind kind, std::string_view language) {
  const std::string asked = lower(language);
  if (const auto* exact = find_in(catalogue, kind, asked)) return exact;
  if (const auto* primary = find_in(catalogue, kind, asked.substr(0, asked.find('-')))) return primary;
  return find_in(catalogue, kind, fallback_language);
}

const Sentences* find_sentences(const Catalogue& catalogue, std::string_view language) {
  const std::string asked = lower(language);
  for (const auto& name : {asked, asked.substr(0, asked.find('-'))}) {
    const auto found = catalogue.sentences.find(name);
    if (found != catalogue.sentences.end()) return &found->second;
  }
  return nullptr;
}

}  // namespace tertius::templates
