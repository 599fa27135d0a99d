// explain: how a letter would be read, and why.
#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <iostream>

#include "broker/explained.hpp"
#include "daemon/ids.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "mail/html_text.hpp"
#include "mail/read_letter.hpp"

namespace tertius::daemon {

namespace {

struct ExplainOptions {
  std::vector<std::string> files;
  std::string answering, role{"connector"};
  bool json = false, text_only = false, whole = false;
};

// A .txt file is a reply's text, an .html file its HTML part, anything else a whole letter.
Letter letter_of(const std::string& file) {
  const std::string bytes = read_file(file);
  const std::string kind = std::filesystem::path(file).extension();
  if (kind == ".txt")
    return mail::read_letter(
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + bytes);
  if (kind == ".html")
    return mail::read_letter(
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + bytes);
  return mail::read_letter(bytes);
}

// Both parts, as the daemon knows what it sent.
std::string notice_of(const std::string& bytes) {
  const Letter letter = mail::read_letter(bytes);
  return letter.text + "\n" + mail::html_text(letter.html);
}

boost::json::array addresses(const std::vector<Mailbox>& mailboxes) {
  boost::json::array out;
  for (const auto& mailbox : mailboxes) out.push_back(boost::json::value(mailbox.address));
  return out;
}

boost::json::value or_null(const std::string& text) {
  return text.empty() ? boost::json::value() : boost::json::value(text);
}

boost::json::object as_json(const Letter& letter, const Explained& e) {
  boost::json::array attachments, failed, why;
  for (const auto& a : letter.attachments)
    attachments.push_back(boost::json::object{{"name", a.name}, {"type", a.type}, {"size", a.size}});
  for (const auto& f : e.recognised.failed)
    if (!f.address.empty()) failed.push_back(boost::json::value(f.address));
  for (const auto& reason : e.why) why.push_back(boost::json::value(reason));
  const bool bounce = e.recognised.kind == LetterKind::bounce;
  const auto until = e.recognised.until ? e.recognised.until : e.meaning.until;
  return boost::json::object{
      {"kind", letter_kind_name(e.recognised.kind)},
      {"meaning", meaning_name(e.meaning.kind)},
      {"note", e.meaning.note},
      {"visible_text", e.reply.text},
      {"until", until ? boost::json::value(iso_time(*until)) : boost::json::value()},
      {"redirect_to", or_null(e.meaning.redirect_to)},
      {"failed_recipients", failed},
      {"permanence", bounce ? boost::json::value(e.recognised.permanent ? "permanent" : "temporary")
                            : boost::json::value()},
      {"status", or_null(e.recognised.failed.empty() ? "" : e.recognised.failed.front().status)},
      {"subject", letter.subject},
      {"from", addresses(letter.from)},
      {"to", addresses(letter.to)},
      {"attachments", attachments},
      {"parts", letter.parts},
      {"why", why}};
}

void print(const Explained& e) {
  std::cout << "kind: " << letter_kind_name(e.recognised.kind)
            << "\nmeaning: " << meaning_name(e.meaning.kind) << "\n";
  if (!e.meaning.note.empty()) std::cout << "note: " << e.meaning.note << "\n";
  if (e.meaning.until) std::cout << "until: " << time_text(*e.meaning.until) << "\n";
  if (!e.meaning.redirect_to.empty()) std::cout << "instead: " << e.meaning.redirect_to << "\n";
  for (const auto& reason : e.why) std::cout << "why: " << printable(reason) << "\n";
  std::cout << "---\n" << e.reply.text << "\n";
}

// A folder stands for all the files below it, in order.
std::vector<std::string> spread(const std::vector<std::string>& named) {
  std::vector<std::string> out;
  for (const auto& name : named) {
    if (!std::filesystem::is_directory(name)) {
      out.push_back(name);
      continue;
    }
    const auto first = out.size();
    for (const auto& entry : std::filesystem::recursive_directory_iterator(name)) {
      if (entry.is_regular_file()) out.push_back(entry.path().string());
    }
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(first), out.end());
  }
  return out;
}

int run(const ExplainOptions& options) {
  const auto role = find_role(options.role);
  if (!role)
    throw CommandFailure{exit_usage,
                         {"\"" + options.role + "\" is no role", "connector, target or requester"}};
  const std::string notice = options.answering.empty() ? "" : notice_of(read_file(options.answering));
  for (const auto& file : spread(options.files)) {
    const Letter letter = letter_of(file);
    const Explained explained = explain(letter, {notice, *role, "", system_clock()()});
    if (options.json) {
      auto line = as_json(letter, explained);
      if (options.whole) line["text"] = letter.text;
      print_json(line);
    } else if (options.text_only)
      std::cout << explained.reply.text << "\n";
    else
      print(explained);
  }
  return 0;
}

}  // namespace

void add_explain(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<ExplainOptions>();
  auto* explaining = app.add_subcommand("explain", "Say how a letter would be read and why");
  explaining
      ->add_option("files", options->files, "Letters (.eml), reply texts (.txt, .html), or folders of them")
      ->required();
  explaining->add_option("--answering", options->answering, "The mail of ours that it answers");
  explaining->add_option("--role", options->role, "Who answers: connector, target or requester")
      ->capture_default_str();
  explaining->add_flag("--text", options->text_only, "Only the words that are new");
  explaining->add_flag("--json", options->json, "One line of JSON for each file");
  explaining->add_flag("--whole", options->whole, "With --json: the letter's whole text too, as \"text\"");
  explaining->callback([&chosen, options] { chosen = [options] { return run(*options); }; });
}

}  // namespace tertius::daemon
