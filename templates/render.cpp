#include "templates/render.hpp"

#include <atomic>
#include <memory>
#include <utility>

#include "templates/catalogue.hpp"
#include "templates/clean.hpp"
#include "templates/paragraphs.hpp"
#include "templates/vocabulary.hpp"

namespace tertius::templates {

namespace {

// Longer ones are cut by every inbox list; a stranger's name may be of any length.
constexpr std::size_t max_subject_bytes = 250;

// Read by any thread.
std::atomic<const Catalogue*>& current() {
  static std::atomic<const Catalogue*> catalogue;
  return catalogue;
}
const Catalogue* loaded() { return current(); }

// Written by replace_catalogue alone.
std::shared_ptr<const Catalogue>& kept() {
  static std::shared_ptr<const Catalogue> catalogue;
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

Result<const NoticeTemplate*> find_fit_notice(NoticeKind kind, std::string_view language,
                                              const Fields& fields) {
  const Catalogue* catalogue = loaded();
  if (!catalogue) return not_loaded;
  const auto* notice = find_notice(*catalogue, kind, language);
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

Result<std::shared_ptr<const void>> replace_catalogue(const std::optional<std::filesystem::path>& overrides) {
  const auto sources = load_sources(overrides);
  if (!sources) return sources.error();
  auto catalogue = make_catalogue(sources.value());
  if (!catalogue) return catalogue.error();
  auto replaced = std::exchange(kept(), std::make_shared<const Catalogue>(std::move(catalogue).value()));
  current() = kept().get();
  return std::shared_ptr<const void>(std::move(replaced));
}

Done load_catalogue(const std::optional<std::filesystem::path>& overrides) {
  if (auto replaced = replace_catalogue(overrides); !replaced) return replaced.error();
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
  const Catalogue* catalogue = loaded();
  if (!catalogue) return out;
  for (const auto& [language, notices] : catalogue->notices) out.push_back(language);
  return out;
}

const Sentences& sentences(std::string_view language) {
  static const Sentences none;
  const Catalogue* catalogue = loaded();
  const Sentences* found = catalogue ? find_sentences(*catalogue, language) : nullptr;
  return found == nullptr ? none : *found;
}

Result<std::string> render_page(std::string_view name, const Fields& fields) {
  const Catalogue* catalogue = loaded();
  if (!catalogue) return not_loaded;
  const auto page = catalogue->pages.find(name);
  if (page == catalogue->pages.end()) return Failure{"there is no page " + std::string{name}, ""};
  return expand(page->second, fields);
}

std::string_view stylesheet() {
  const Catalogue* catalogue = loaded();
  return catalogue ? std::string_view{catalogue->stylesheet} : std::string_view{};
}

std::string_view decision_script() {
  const Catalogue* catalogue = loaded();
  return catalogue ? std::string_view{catalogue->decision_script} : std::string_view{};
}

}  // namespace tertius::templates
