#include "templates/mail_style.hpp"

#include <algorithm>
#include <optional>

namespace tertius::templates {

namespace {

std::string without_comments(std::string_view css) {
  std::string kept;
  while (!css.empty()) {
    const auto begin = std::min(css.find("/*"), css.size());
    kept += css.substr(0, begin);
    const auto end = css.find("*/", begin);
    css.remove_prefix(end == std::string_view::npos ? css.size() : end + 2);
  }
  return kept;
}

std::string single_spaced(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space) {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

// The declarations of all the classes in `names`; none where one has no rule.
std::optional<std::string> find_declarations(std::string_view names, const MailStyle& style) {
  std::string declarations;
  while (!names.empty()) {
    const auto end = std::min(names.find(' '), names.size());
    const auto rule = style.find(names.substr(0, end));
    if (rule == style.end()) return std::nullopt;
    if (!declarations.empty()) declarations += ' ';
    declarations += rule->second;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return declarations;
}

}  // namespace

Result<MailStyle> make_mail_style(std::string_view css) {
  const auto text = single_spaced(without_comments(css));
  std::string_view rest = text;
  MailStyle style;
  while (!rest.empty()) {
    const auto open = rest.find('{');
    const auto close = rest.find('}');
    if (!rest.starts_with('.') || open > close || close == std::string_view::npos) {
      return Failure{"not a rule \".name { ... }\": " + std::string{rest.substr(0, 40)}, ""};
    }
    const auto name = single_spaced(rest.substr(1, open - 1));
    const auto declarations = single_spaced(rest.substr(open + 1, close - open - 1));
    if (declarations.find_first_of("\"<>&{") != std::string::npos) {
      return Failure{"." + name + " would not stand in an attribute", "Use single quotes."};
    }
    style[name] = declarations;
    rest.remove_prefix(std::min(close + 2, rest.size()));
  }
  return style;
}

Result<std::string> with_inline_style(std::string_view html, const MailStyle& style) {
  constexpr std::string_view attribute = " class=\"";
  std::string out;
  for (auto at = html.find(attribute); at != std::string_view::npos; at = html.find(attribute)) {
    const auto begin = at + attribute.size();
    const auto end = std::min(html.find('"', begin), html.size());
    const auto names = html.substr(begin, end - begin);
    const auto declarations = find_declarations(names, style);
    if (!declarations) {
      return Failure{"class \"" + std::string{names} + "\" has no rule in notices/mail.css", ""};
    }
    out += html.substr(0, std::min(end + 1, html.size()));
    out += " style=\"" + *declarations + "\"";
    html.remove_prefix(std::min(end + 1, html.size()));
  }
  out += html;
  return out;
}

}  // namespace tertius::templates
