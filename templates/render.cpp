#include "templates/render.hpp"

#include <memory>

#include "templates/catalogue.hpp"
#include "templates/clean.hpp"
#include "templates/paragraphs.hpp"
#include "templates/vocabulary.hpp"

namespace tertius::templates {

namespace {

// Longer ones are cut by every inbox list; a stranger's name may be of any length.
constexpr std::size_t max_subject_bytes = 250;

// Written by load_catalogue alone, before the threads that read it are started.
std::unique_ptr<const Catalogue>& loaded() {
  static std::unique_ptr<const Catalogue> catalogue;
  return catalogue;
}

const Failure not_loaded{"the templates are not loaded", "load_catalogue comes first."};

std::string shortened(std::string subject) {
  if (subject.size() <= max_subject_bytes) return subject;
  auto end = max_subject_bytes;
  while (end > 0 && (static_cast<unsigned char>(subject[end]) & 0xC0) == 0x80) --end;
  subject.resize(end);
  return subject + "...";
}

Result<const NoticeTemplate*> find_fit_notice(NoticeKind kind, std::string_view language, const Fields& fields) {
  if (!loaded()) return not_loaded;
  const auto* notice = find_notice(*loaded(), kind, language);
  if (!notice) return Failure{"there is no notice " + std::string{notice_name(kind)}, ""};
  // Without it such a notice would lack its very buttons, and nobody would see that.
  const bool differs = shows_recipient(notice->subject.outline) || shows_recipient(notice->text.outline);
  if (differs && !says_recipient(fields)) {
    return Failure{notice->text.file + ": no TO_REQUESTER, TO_CONNECTOR or TO_TARGET says who gets it", ""};
  }
  return notice;
}

Result<RenderedNotice> expand_plain(const NoticeTemplate& notice, const Fields& fields) {
  const auto subject = expand(notice.subject, fields);
  if (!subject) return subject.error();
  const auto text = expand(notice.text, fields);
  if (!text) return text.error();
  return RenderedNotice{shortened(clean_line(subject.value())), set_paragraphs(text.value()), ""};
}

}  // namespace

Done load_catalogue(const std::optional<std::filesystem::path>& overrides) {
  const auto sources = load_sources(overrides);
  if (!sources) return sources.error();
  auto catalogue = make_catalogue(sources.value());
  if (!catalogue) return catalogue.error();
  loaded() = std::make_unique<const Catalogue>(std::move(catalogue).value());
  return std::monostate{};
}

Result<RenderedNotice> render_plain_notice(NoticeKind kind, std::string_view language, const Fields& fields) {
  const auto notice = find_fit_notice(kind, language, fields);
  if (!notice) return notice.error();
  return expand_plain(*notice.value(), fields);
}

Result<RenderedNotice> render_notice(NoticeKind kind, std::string_view language, const Fields& fields) {
  const auto notice = find_fit_notice(kind, language, fields);
  if (!notice) return notice.error();
  auto out = expand_plain(*notice.value(), fields);
  if (!out) return out;
  auto html = expand(notice.value()->html, fields);
  if (!html) return html.error();
  out.value().html = std::move(html).value();
  return out;
}

std::vector<std::string> languages() {
  std::vector<std::string> out;
  if (!loaded()) return out;
  for (const auto& [language, notices] : loaded()->notices) out.push_back(language);
  return out;
}

const Sentences& sentences(std::string_view language) {
  static const Sentences none;
  const Sentences* found = loaded() ? find_sentences(*loaded(), language) : nullptr;
  return found == nullptr ? none : *found;
}

Result<std::string> render_page(std::string_view name, const Fields& fields) {
  if (!loaded()) return not_loaded;
  const auto page = loaded()->pages.find(name);
  if (page == loaded()->pages.end()) return Failure{"there is no page " + std::string{name}, ""};
  return expand(page->second, fields);
}

std::string_view stylesheet() {
  return loaded() ? std::string_view{loaded()->stylesheet} : std::string_view{};
}

std::string_view decision_script() {
  return loaded() ? std::string_view{loaded()->decision_script} : std::string_view{};
}

}  // namespace tertius::templates
