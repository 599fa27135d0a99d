#include "tests/support/flow/markup.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

namespace tertius::flow {

namespace {

struct Tag {
  std::string name;  // "a", "/form"
  std::map<std::string, std::string> attributes;
  std::string text;  // up to the next tag
};

std::string read_entities(std::string_view text) {
  struct Entity {
    std::string_view written, meant;
  };
  constexpr auto entities = std::to_array<Entity>(
      {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&#x27;", "'"}});
  std::string out;
  while (!text.empty()) {
    const auto found =
        std::ranges::find_if(entities, [&](const Entity& e) { return text.starts_with(e.written); });
    out += found == entities.end() ? text.substr(0, 1) : found->meant;
    text.remove_prefix(found == entities.end() ? 1 : found->written.size());
  }
  return out;
}

std::string_view take_until(std::string_view& rest, std::string_view ends) {
  const auto end = std::min(rest.find_first_of(ends), rest.size());
  const auto out = rest.substr(0, end);
  rest.remove_prefix(end);
  return out;
}

void skip(std::string_view& rest, std::string_view what) {
  rest.remove_prefix(std::min(rest.find_first_not_of(what), rest.size()));
}

// Our templates quote every value; an attribute without one is there, and empty.
Tag read_tag(std::string_view& rest) {
  constexpr std::string_view space = " \n\t";
  Tag out;
  out.name = take_until(rest, " \n\t>");
  for (skip(rest, space); !rest.empty() && rest.front() != '>'; skip(rest, space)) {
    const std::string name(take_until(rest, "= \n\t>"));
    std::string& value = out.attributes[name];
    if (!rest.starts_with("=\"")) {
      if (name.empty()) rest.remove_prefix(1);
      continue;
    }
    rest.remove_prefix(2);
    value = read_entities(take_until(rest, "\""));
    rest.remove_prefix(std::min<std::size_t>(1, rest.size()));
  }
  skip(rest, ">");
  return out;
}

std::vector<Tag> tags_in(std::string_view html) {
  std::vector<Tag> out;
  take_until(html, "<");
  while (!html.empty()) {
    html.remove_prefix(1);
    Tag tag = read_tag(html);
    tag.text = read_entities(take_until(html, "<"));
    out.push_back(std::move(tag));
  }
  return out;
}

std::string attribute(const Tag& tag, const std::string& name) {
  const auto found = tag.attributes.find(name);
  return found == tag.attributes.end() ? std::string() : found->second;
}

struct OpenForm {
  PageForm form;
  std::vector<std::pair<std::string, std::string>> buttons;
  std::string select;
};

// What is chosen; where nothing is, the first that could be.
void take_input(OpenForm& open, const Tag& tag) {
  const std::string name = attribute(tag, "name"), type = attribute(tag, "type");
  if (name.empty() || type == "file") return;
  const bool is_choice = type == "radio" || type == "checkbox";
  if (is_choice && !tag.attributes.contains("checked") &&
      (type == "checkbox" || open.form.fields.contains(name)))
    return;
  open.form.fields[name] = attribute(tag, "value");
}

void take_tag(OpenForm& open, const Tag& tag) {
  if (tag.name == "input") take_input(open, tag);
  if (tag.name == "textarea") open.form.fields[attribute(tag, "name")] = tag.text;
  if (tag.name == "select") open.select = attribute(tag, "name");
  if (tag.name == "option" &&
      (tag.attributes.contains("selected") || !open.form.fields.contains(open.select)))
    open.form.fields[open.select] = attribute(tag, "value");
  if (tag.name == "button") open.buttons.emplace_back(attribute(tag, "name"), attribute(tag, "value"));
}

void close_form(const OpenForm& open, std::vector<PageForm>& out) {
  for (const auto& [name, value] : open.buttons) {
    out.push_back(open.form);
    if (!name.empty()) out.back().fields[name] = value;
  }
}

}  // namespace

std::vector<std::string> links_in(const std::string& html) {
  std::vector<std::string> out;
  for (const Tag& tag : tags_in(html)) {
    for (const char* name : {"href", "src", "data-url"})
      if (const std::string link = attribute(tag, name); !link.empty()) out.push_back(link);
  }
  return out;
}

std::vector<PageForm> forms_in(const std::string& html) {
  std::vector<PageForm> out;
  std::optional<OpenForm> open;
  for (const Tag& tag : tags_in(html)) {
    if (tag.name == "form") open = OpenForm{{attribute(tag, "method"), attribute(tag, "action"), {}}, {}, {}};
    if (open) take_tag(*open, tag);
    if (tag.name != "/form" || !open) continue;
    close_form(*open, out);
    open.reset();
  }
  return out;
}

}  // namespace tertius::flow
