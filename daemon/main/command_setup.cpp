// setup
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <fstream>
#include <iostream>

#include "daemon/first_config.hpp"
#include "daemon/ids.hpp"
#include "daemon/main/commands.hpp"
#include "daemon/main/output.hpp"
#include "daemon/main/workplace.hpp"
#include "storage/owner.hpp"

namespace tertius::daemon {

namespace {

namespace fs = std::filesystem;

struct SetupOptions {
  std::string config{usual_config}, relay, mail_server;
  FirstAnswers answers;
  bool replace = false, json = false;
};

struct Question {
  std::string_view text;
  std::string_view flag;
  std::string FirstAnswers::*answer;
};
constexpr auto questions = std::to_array<Question>({
    {"What is your community called", "--community", &FirstAnswers::community},
    {"Which mail domain is it to have (requests come to intro@it)", "--domain", &FirstAnswers::domain},
    {"What do the links in its mails begin with", "--public-url", &FirstAnswers::public_url},
    {"Whose address gets the alerts and sees the dashboard", "--operator", &FirstAnswers::operator_address},
});

std::string suggestion(const Question& question, const FirstAnswers& answers) {
  if (question.answer == &FirstAnswers::public_url) return "https://" + answers.domain;
  return {};
}

std::string ask(const std::string& text, const std::string& suggested, std::string_view flag) {
  std::cerr << text << (suggested.empty() ? "? " : " [" + suggested + "]? ") << std::flush;
  std::string line;
  if (!std::getline(std::cin, line))
    throw CommandFailure{exit_usage, {"nobody answers: " + text + "?", std::string(flag) + " says it"}};
  return line.empty() ? suggested : line;
}

// "smtp.example.org:587", "127.0.0.1"
void take_relay(const std::string& text, FirstAnswers& answers) {
  const auto colon = text.rfind(':');
  answers.relay_host = text.substr(0, colon);
  if (colon != std::string::npos) answers.relay_port = std::atoi(text.c_str() + colon + 1);
  // 465 is TLS from the first byte (RFC 8314 3.3); on another machine nothing goes in the clear.
  const bool is_here = answers.relay_host == "127.0.0.1" || answers.relay_host == "localhost";
  answers.relay_security = answers.relay_port == 465 ? "tls" : is_here ? "none" : "starttls";
}

FirstAnswers ask_all(const SetupOptions& options) {
  FirstAnswers out = options.answers;
  for (const Question& question : questions)
    if ((out.*question.answer).empty())
      out.*question.answer = ask(std::string(question.text), suggestion(question, out), question.flag);
  take_relay(
      options.relay.empty() ? ask("Which relay takes its mail", "127.0.0.1:25", "--relay") : options.relay,
      out);
  return out;
}

void refuse_bad(const std::string& toml) {
  const ConfigReading reading = read_config(toml);
  if (reading.problems.empty()) return;
  std::string all;
  for (const auto& problem : reading.problems)
    all += (all.empty() ? "" : "\n") + problem.key + " " + problem.what + " (" + problem.hint + ")";
  throw CommandFailure{exit_data, {all, "nothing was written: answer that anew"}};
}

// Nobody's work is lost with it.
bool is_sample(const std::string& file) {
  std::ifstream in(file);
  std::string line;
  return std::getline(in, line) && line.starts_with("# The sample that came with Tertius");
}

std::string move_aside(const SetupOptions& options) {
  if (!fs::exists(options.config)) return {};
  if (!options.replace && !is_sample(options.config))
    throw CommandFailure{
        exit_data,
        {options.config + " is there already", "--replace writes it anew, and keeps the old one beside it"}};
  std::string aside =
      options.config + ".before-" + std::to_string(system_clock()().time_since_epoch().count());
  fs::rename(options.config, aside);
  return aside;
}

void write(const std::string& file, const std::string& toml) {
  const fs::path folder = fs::path(file).parent_path();
  std::error_code ignored;
  if (!folder.empty()) fs::create_directories(folder, ignored);
  std::ofstream out(file);
  out << toml << std::flush;
  if (!out)
    throw CommandFailure{exit_no_input,
                         {file + " cannot be written", "may you write there? --config elsewhere"}};
}

// Where its folder is; otherwise the daemon makes it at its first start.
bool make_key(const std::string& file) {
  std::error_code ignored;
  return fs::exists(storage::folder_of(file), ignored) && load_link_keys(file);
}

void print_servers(const SetupOptions& options, const FirstAnswers& answers) {
  for (const MailServer& server : mail_servers()) {
    if (!options.mail_server.empty() && options.mail_server != server.name) continue;
    std::cout << "\nFor " << server.name << ":\n\n" << mail_server_lines(server, answers);
  }
}

void print_all(const SetupOptions& options, const FirstAnswers& answers, const std::string& aside,
               bool has_key) {
  std::cout << options.config << " is written" << (aside.empty() ? "" : "; the old one is " + aside) << ".\n"
            << (has_key ? "The link key is made.\n" : "The daemon makes its link key when it starts.\n")
            << "\nThe DNS zone needs:\n\n";
  for (const std::string& line : dns_lines(answers)) std::cout << line << "\n";
  std::cout << "\nThe mail server of " << answers.domain
            << " hands its letters in, or they are collected from a mailbox:\n";
  print_servers(options, answers);
  std::cout << "\nPut a TLS proxy before 127.0.0.1:8025 for " << answers.public_url
            << ", then:\n\nsystemctl enable --now tertius\ntertius doctor\n";
}

int set_up(const SetupOptions& options) {
  const FirstAnswers answers = ask_all(options);
  const std::string toml = first_config(answers);
  refuse_bad(toml);
  const std::string aside = move_aside(options);
  write(options.config, toml);
  const bool has_key = make_key(read_config(toml).config.link_key_file);
  if (!options.json) return print_all(options, answers, aside, has_key), 0;
  boost::json::array dns;
  for (const std::string& line : dns_lines(answers)) dns.emplace_back(line);
  boost::json::object servers;
  for (const MailServer& server : mail_servers()) servers[server.name] = mail_server_lines(server, answers);
  print_json(boost::json::object{{"config", options.config},
                                 {"aside", aside},
                                 {"key", has_key},
                                 {"dns", dns},
                                 {"mail_servers", servers}});
  return 0;
}

}  // namespace

void add_setup(CLI::App& app, Chosen& chosen) {
  auto options = std::make_shared<SetupOptions>();
  auto* setup = app.add_subcommand(
      "setup",
      "Write the first configuration from five answers, and print what DNS and the mail server need");
  setup->add_option("-c,--config", options->config, "The file to write")->envname("TERTIUS_CONFIG");
  for (const Question& question : questions)
    setup->add_option(std::string(question.flag), options->answers.*question.answer,
                      std::string(question.text));
  setup->add_option("--relay", options->relay, "Which relay takes its mail: host:port");
  setup->add_option("--relay-user", options->answers.relay_user,
                    "Its login; none: it takes our mail without");
  setup->add_option("--relay-password-file", options->answers.relay_password_file,
                    "A file that holds the password alone");
  setup->add_option("--database", options->answers.storage_url, "sqlite:FILE or postgresql://...");
  setup->add_option("--link-key-file", options->answers.link_key_file,
                    "Where the key that signs links is to be");
  setup->add_option("--mail-server", options->mail_server, "Print the lines of this one alone")
      ->check(CLI::IsMember({"postfix", "exim", "opensmtpd", "gmail", "microsoft365"}));
  setup->add_flag("--replace", options->replace,
                  "Where there is a configuration, keep it beside the new one");
  setup->add_flag("--json", options->json);
  setup->callback([&chosen, options] { chosen = [options] { return set_up(*options); }; });
}

}  // namespace tertius::daemon
