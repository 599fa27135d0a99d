// preview: what each mail looks like, with sample words.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

#include "daemon/main/commands.hpp"
#include "daemon/main/workplace.hpp"
#include "daemon/notice_letter.hpp"
#include "daemon/notice_samples.hpp"
#include "templates/render.hpp"

namespace tertius::daemon {

namespace {

const std::map<std::string, SampleWay> ways{
    {"direct", SampleWay::direct}, {"first", SampleWay::first_of_two}, {"second", SampleWay::second_of_two}};

struct PreviewOptions {
  std::string config, kind, to, language{"en"};
  SampleWay way = SampleWay::direct;
  bool list = false, text = false, html = false, raw = false;
};

template <class Names>
std::string joined(const Names& names) {
  std::string out;
  for (const auto& name : names) out += (out.empty() ? "" : ", ") + std::string(name);
  return out;
}

std::vector<std::string_view> kinds() {
  std::vector<std::string_view> out;
  for (const auto& traits : notice_table()) out.push_back(traits.name);
  return out;
}

NoticeKind must_find_kind(const std::string& name) {
  if (const auto kind = find_notice_kind(name)) return *kind;
  throw CommandFailure{
      exit_usage,
      {name.empty() ? "which mail?" : "there is no mail called " + name, "the kinds are " + joined(kinds())}};
}

// Whether a person with this language would get the mail in it, and not in English instead.
bool is_written(const std::string& language) {
  const auto languages = templates::languages();
  const auto has = [&](const std::string& name) {
    return std::ranges::find(languages, name) != languages.end();
  };
  return has(language) || has(language.substr(0, language.find('-')));
}

Role must_find_recipient(NoticeKind kind, const std::string& name) {
  const auto possible = notice_recipients(kind);
  if (name.empty()) return possible.front();
  const auto role = find_role(name);
  if (role && std::ranges::find(possible, *role) != possible.end()) return *role;
  std::vector<std::string_view> names;
  for (const Role one : possible) names.push_back(role_name(one));
  throw CommandFailure{
      exit_usage,
      {"no " + std::string(notice_name(kind)) + " goes to a " + name, "it goes to " + joined(names)}};
}

// The community of the configuration, where there is one. Not its keys: the links of a preview open nothing.
EngineSettings preview_settings(const std::string& path) {
  EngineSettings out = sample_settings();
  Config config;
  if (path != usual_config || std::filesystem::exists(path)) {
    config = must_read_config(path);
    out.policy = config.policy;
    out.community = config.community;
    if (!config.operator_address.empty())
      out.operator_address = parse_address(config.operator_address).value();
    out.links.public_url = config.public_url;
    out.links.domain = config.domain;
    out.links.mailbox = config.mailbox;
  }
  load_templates(config);
  return out;
}

int print_raw(const storage::OutboxRow& row, const EngineSettings& settings) {
  const auto mail = write_mail(row, settings);
  if (!mail) throw CommandFailure{exit_config, mail.error()};
  std::cout << mail.value().bytes;
  return 0;
}

int preview(const PreviewOptions& options) {
  if (options.list) {
    for (const auto kind : kinds()) std::cout << kind << "\n";
    return 0;
  }
  const NoticeKind kind = must_find_kind(options.kind);
  const Role to = must_find_recipient(kind, options.to);
  const EngineSettings settings = preview_settings(options.config);
  if (!is_written(options.language))
    throw CommandFailure{
        exit_usage,
        {"no mail is written in " + options.language, "the languages are " + joined(templates::languages())}};
  const auto row = sample_notice(settings, kind, to, options.language, options.way);
  if (options.raw) return print_raw(row, settings);
  const auto rendered = templates::render_notice(kind, row.language, row.fields);
  if (!rendered) throw CommandFailure{exit_config, rendered.error()};
  const auto& mail = rendered.value();
  options.html ? std::cout << mail.html : std::cout << "Subject: " << mail.subject << "\n\n" << mail.text;
  return 0;
}

}  // namespace

void add_preview(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<PreviewOptions>();
  auto* showing = app.add_subcommand(
      "preview",
      "Show a mail as people get it, with sample words. The community's name, domain and own templates are "
      "taken "
      "from the configuration, where there is one; nothing is sent, and the links open nothing.");
  add_config_option(*showing, options->config);
  showing->add_option("kind", options->kind, "Which mail: a name that --list prints");
  showing->add_flag("--list", options->list, "Print the kinds, one a line");
  showing->add_option("--to", options->to,
                      "Who gets it, where a mail differs by that: connector, target or requester");
  showing->add_option("--to-language", options->language, "The language of whoever gets it")
      ->capture_default_str();
  showing
      ->add_option(
          "--way", options->way,
          "direct: whoever is asked knows both. Where two people have to pass it on: first or second, "
          "whom the mail is about")
      ->transform(CLI::CheckedTransformer(ways));
  auto* form = showing->add_option_group("form", "At most one of:");
  form->add_flag("--text", options->text, "The subject and the text part; the standard");
  form->add_flag("--html", options->html, "The HTML part, to be opened in a browser");
  form->add_flag("--raw", options->raw, "The whole message as it is sent, byte for byte, line ends CRLF");
  form->require_option(0, 1);
  showing->callback([&chosen, options] { chosen = [options] { return preview(*options); }; });
}

}  // namespace tertius::daemon
