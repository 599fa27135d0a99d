#include "templates/sources.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "broker/notice.hpp"
#include "templates/embedded.hpp"
#include "templates/page_fields.hpp"

namespace tertius::templates {

namespace {

namespace fs = std::filesystem;

bool is_language(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

bool is_part(std::string_view name) { return name.starts_with("parts/") && name.find('/', 6) == name.npos; }

bool is_notice_file(std::string_view name) {
  const auto slash = name.find('/');
  if (slash == std::string_view::npos || !is_language(name.substr(0, slash))) return false;
  name.remove_prefix(slash + 1);
  if (is_part(name) || name == "sentences.txt") return true;
  const auto stem = name.substr(0, name.rfind('.'));
  return find_notice_kind(stem).has_value();
}

bool is_page_file(std::string_view name) {
  if (is_part(name)) return true;
  return std::any_of(page_fields.begin(), page_fields.end(),
                     [&](const FieldRow& row) { return name == std::string{row.page} + ".html"; });
}

// An editor's backups and a README may lie beside the templates.
bool is_template_like(const fs::path& path) {
  const auto extension = path.extension();
  return extension == ".txt" || extension == ".html" || extension == ".css" || extension == ".js";
}

Result<std::string> load_text(const fs::path& path) {
  std::ifstream file{path, std::ios::binary};
  std::ostringstream text;
  if (file.peek() != std::ifstream::traits_type::eof()) text << file.rdbuf();
  if (!file.is_open() || file.bad()) return Failure{path.string() + " cannot be read", ""};
  auto lines = std::move(text).str();
  std::erase(lines, '\r');
  return lines;
}

Done add_override(Sources& sources, const fs::path& folder, const fs::path& path) {
  const auto name = path.lexically_relative(folder).generic_string();
  if (!is_source_name(name)) {
    return Failure{path.string() + " is not the name of a template",
                   "Names are those of the files inside, such as notices/en/request.txt, "
                   "pages/decision.html, style.css."};
  }
  auto text = load_text(path);
  if (!text) return text.error();
  sources[name] = std::move(text).value();
  return std::monostate{};
}

Done add_overrides(Sources& sources, const fs::path& folder) {
  std::error_code error;
  fs::recursive_directory_iterator entry{folder, error};
  for (; !error && entry != fs::recursive_directory_iterator{}; entry.increment(error)) {
    if (!entry->is_regular_file(error) || !is_template_like(entry->path())) continue;
    auto added = add_override(sources, folder, entry->path());
    if (!added) return added;
  }
  if (error) return Failure{folder.string() + " cannot be read: " + error.message(), "Is it a folder?"};
  return std::monostate{};
}

}  // namespace

bool is_source_name(std::string_view name) {
  constexpr std::string_view notices = "notices/";
  constexpr std::string_view pages = "pages/";
  if (name == "style.css" || name == "notices/mail.css") return true;
  if (name.starts_with(notices)) return is_notice_file(name.substr(notices.size()));
  return name.starts_with(pages) && is_page_file(name.substr(pages.size()));
}

Result<Sources> load_sources(const std::optional<fs::path>& overrides) {
  Sources sources;
  for (const auto& file : embedded_files()) sources.emplace(file.name, file.text);
  if (!overrides) return sources;
  auto added = add_overrides(sources, *overrides);
  if (!added) return added.error();
  return sources;
}

}  // namespace tertius::templates
