// The way out: durable rows -> rendered -> composed -> accepted by a relay.
//   bench_outbound seed FILE COUNT            a community in which COUNT requests are due
//   bench_outbound sample FILE OUT            one of its mails, for the peers to send
//   bench_outbound send FILE COUNT PORT CONNECTIONS [web]
// `send` is the product's loop, sender and database thread, put together as daemon/service.cpp does. It ends
// when the relay on PORT has taken all, and prints one line of JSON. With `web` it serves the pages too, and
// says first, in one line, at which port and path.
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <stdexcept>

#include "daemon/desk.hpp"
#include "daemon/http_server.hpp"
#include "daemon/log.hpp"
#include "daemon/loops.hpp"
#include "daemon/notice_letter.hpp"
#include "daemon/smtp_sender.hpp"
#include "storage/outbox.hpp"
#include "tests/bench/community.hpp"
#include "tests/bench/process.hpp"
#include "web/router.hpp"

namespace tertius::bench {
namespace {

namespace asio = boost::asio;

daemon::SmtpSenderSettings relay_settings(const std::string& port, const std::string& connections) {
  daemon::SmtpSenderSettings out;
  out.relay.host = "127.0.0.1";
  out.relay.port = static_cast<std::uint16_t>(std::stoi(port));
  out.relay.hello = "intro.rowan.example";
  out.connections = std::stoul(connections);
  return out;
}

class Outbound {
 public:
  Outbound(const std::string& file, int count, const daemon::SmtpSenderSettings& relay)
      : db_(open_community(file)),
        settings_(community_settings()),
        count_(count),
        smtp_(io_, relay),
        database_(
            {db_, settings_}, [this](auto job) { asio::post(io_, std::move(job)); },
            [this] { asio::post(io_, [this] { outbox_.poke(); }); }),
        outbox_(io_, database_, settings_, counted(smtp_.sender()),
                daemon::claims_per_connection * static_cast<int>(relay.connections)) {
    outbox_.on_full = [this](bool full) { smtp_.hold(full); };  // as the daemon has it
  }

  void serve_pages() {
    daemon::Engine engine{db_, settings_};  // nothing is under way yet
    const std::string path = decision_path(engine);
    http_ = std::make_unique<daemon::HttpServer>(
        io_, daemon::ListenAddress{{}, "127.0.0.1", 0},
        [this](web::HttpRequest request, std::function<void(web::HttpResponse)> done) {
          answer(std::move(request), std::move(done));
        });
    std::cout << http_->port() << " " << path << std::endl;
  }

  void run() {
    outbox_.on_idle = [this] {
      if (taken_ == count_) io_.stop();
    };
    const Usage begin = usage();
    outbox_.poke();
    io_.run();
    const Usage used = usage() - begin;
    std::printf("{\"seconds\": %f, \"cpu\": %f, \"failed\": %d, \"rss\": [", used.seconds, used.cpu, failed_);
    for (std::size_t i = 0; i < rss_.size(); ++i) std::printf("%s%zu", i ? ", " : "", rss_[i]);
    std::printf("]}\n");
  }

 private:
  mail::Sender counted(mail::Sender sender) {
    return [this, sender = std::move(sender)](const mail::OutgoingMail& mail, auto done) {
      sender(mail, [this, done = std::move(done)](DeliveryResult result) {
        if (result.delivery != Delivery::sent) ++failed_;
        ++taken_;
        done(std::move(result));
        if (taken_ == 1'000 || taken_ == 10'000 || taken_ == count_) rss_.push_back(resident_bytes());
      });
    };
  }

  void answer(web::HttpRequest request, std::function<void(web::HttpResponse)> done) {
    auto shared = std::make_shared<web::HttpRequest>(std::move(request));
    database_.run<web::HttpResponse>(
        [shared](daemon::Engine& engine) {
          web::Desk desk = daemon::make_desk(engine);
          return web::respond(*shared, desk);
        },
        [done = std::move(done)](auto response) { done(std::move(std::get<web::HttpResponse>(response))); });
  }

  storage::Database db_;
  daemon::EngineSettings settings_;
  int count_, taken_ = 0, failed_ = 0;
  std::vector<std::size_t> rss_;
  asio::io_context io_{1};
  asio::executor_work_guard<asio::io_context::executor_type> always_{io_.get_executor()};
  daemon::SmtpSender smtp_;
  daemon::DatabaseThread database_;
  daemon::OutboxLoop outbox_;
  std::unique_ptr<daemon::HttpServer> http_;
};

void seed(const std::string& file, int count) {
  auto db = new_community(file);
  daemon::Engine engine{db, community_settings()};
  add_requests(engine, count);
}

// A mail as the relay gets it.
void write_sample(const std::string& file, const std::string& out) {
  auto db = open_community(file);
  daemon::Engine engine{db, community_settings()};
  const auto rows = storage::recent_notices(db, 2);  // the request, and the requester's receipt of it
  const auto& row = rows.at(rows.front().kind == NoticeKind::request ? 0 : 1);
  std::ofstream(out, std::ios::binary) << daemon::write_mail(row, engine.settings).value().bytes;
}

int run(const std::vector<std::string>& arguments) {
  const std::string job = arguments.empty() ? "" : arguments[0];
  if (job == "seed" && arguments.size() == 3) return seed(arguments[1], std::stoi(arguments[2])), 0;
  if (job == "sample" && arguments.size() == 3) return write_sample(arguments[1], arguments[2]), 0;
  if (job != "send" || arguments.size() < 5) return std::cerr << "usage: see outbound.cpp\n", 64;
  daemon::start_log("info");  // the daemon's standard
  Outbound outbound(arguments[1], std::stoi(arguments[2]), relay_settings(arguments[3], arguments[4]));
  if (arguments.size() > 5) outbound.serve_pages();
  outbound.run();
  return 0;
}

}  // namespace
}  // namespace tertius::bench

int main(int argc, char** argv) { return tertius::bench::run({argv + 1, argv + argc}); }
