// The way in: a letter over LMTP -> a committed decision.
//   bench_inbound seed FILE COUNT LETTERS   COUNT connectors have been asked; LETTERS holds their answers
//   bench_inbound serve FILE                the daemon's service; says its LMTP port, and ends at SIGTERM
// Nothing leaves while it serves, so that what is measured is the way in alone.
#include <fstream>
#include <iostream>
#include <sstream>

#include "daemon/log.hpp"
#include "daemon/notice_letter.hpp"
#include "daemon/sending.hpp"
#include "daemon/service.hpp"
#include "mail/read_letter.hpp"
#include "tests/bench/community.hpp"

namespace tertius::bench {
namespace {

// As mail programs answer: the word, and the mail quoted below it.
std::string answer_to(const storage::OutboxRow& row, const Letter& mail) {
  std::ostringstream out;
  out << "From: Christine <" << row.recipient << ">\r\nTo: " << mail.reply_to.front().address
      << "\r\nSubject: Re: " << mail.subject << "\r\nIn-Reply-To: <" << mail.message_id
      << ">\r\nMessage-ID: <" << number(row.id)
      << "@rowan.example>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
      << "Date: Mon, 9 Mar 2026 12:00:00 +0000\r\n\r\nForward, gladly.\r\n\r\n"
      << "On Monday, 9 March 2026, Rowan Alumni <intro@intro.rowan.example> wrote:\r\n";
  std::istringstream lines(mail.text);
  for (std::string line; std::getline(lines, line);) out << "> " << line << "\r\n";
  return out.str();
}

void write_answer(std::ostream& out, const storage::OutboxRow& row, const std::string& bytes) {
  const Letter mail = mail::read_letter(bytes);
  const std::string letter = answer_to(row, mail);
  out << row.recipient << " " << mail.reply_to.front().address << " " << letter.size() << "\n" << letter;
}

void send_all(daemon::Engine& engine, std::ostream& answers) {
  while (true) {
    storage::Transaction transaction(engine.db);
    const auto rows = daemon::claim(engine, 100);
    std::vector<daemon::Attempt> attempts;
    for (const auto& row : rows) {
      if (row.kind == NoticeKind::request)
        write_answer(answers, row, daemon::write_mail(row, engine.settings).value().bytes);
      DeliveryResult sent;
      sent.delivery = Delivery::sent;
      attempts.push_back({row, sent});
    }
    daemon::settle(engine, attempts);
    transaction.commit();
    if (rows.empty()) return;
  }
}

void seed(const std::string& file, int count, const std::string& letters) {
  auto db = new_community(file);
  daemon::Engine engine{db, community_settings()};
  add_requests(engine, count);
  std::ofstream answers(letters, std::ios::binary);
  send_all(engine, answers);
}

void serve(const std::string& file) {
  daemon::start_log("info");  // the daemon's standard
  daemon::ServiceSettings settings;
  settings.engine = community_settings();
  settings.web.host = settings.lmtp.host = "127.0.0.1";
  settings.relay.connections = 0;
  settings.lmtp_connections = 1'000;  // more than the standard: what the server can hold is measured
  daemon::Service service(open_community(file), std::move(settings));
  std::cout << service.lmtp_port() << std::endl;
  service.run();
}

int run(const std::vector<std::string>& arguments) {
  const std::string job = arguments.empty() ? "" : arguments[0];
  if (job == "seed" && arguments.size() == 4)
    return seed(arguments[1], std::stoi(arguments[2]), arguments[3]), 0;
  if (job == "serve" && arguments.size() == 2) return serve(arguments[1]), 0;
  return std::cerr << "usage: see inbound.cpp\n", 64;
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) { return tertius::bench::run({argv + 1, argv + argc}); }
