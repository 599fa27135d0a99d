// The pages' way through the daemon: a request on the I/O thread, its answer made on the database thread.
#include <boost/asio/post.hpp>
#include <thread>

#include "daemon/desk.hpp"
#include "daemon/log.hpp"
#include "daemon/plain_page.hpp"
#include "daemon/receiving.hpp"
#include "daemon/service_rooms.hpp"
#include "daemon/taking_letters.hpp"
#include "daemon/try_client.hpp"
#include "storage/paces.hpp"
#include "web/api_router.hpp"
#include "web/inbound.hpp"
#include "web/router.hpp"
#include "web/upload.hpp"

namespace tertius::daemon {

// Several daemons count together; one that is by itself needs no table for it.
web::TakePace Service::Rooms::pace_of(Engine& engine) {
  return [this, &engine](const std::string& who, const web::PaceRule& rule) {
    if (!engine.db.is_postgres()) return pace.take(who, rule, engine.now());
    const auto wait = storage::take_pace(engine.db, who, rule.burst, rule.each, engine.now());
    return wait ? std::optional(std::chrono::ceil<std::chrono::seconds>(*wait)) : std::nullopt;
  };
}

void Service::Rooms::answer(web::HttpRequest request, Done done) {
  if (request.path == "/healthz") return answer_health(std::move(done));
  if (settings.try_room && (request.path == "/try" || request.path.starts_with("/try/")))
    return answer_try_page(std::move(request), std::move(done));
  if (web::is_inbound_path(request.path)) return answer_inbound(std::move(request), std::move(done));
  const bool sandbox = settings.try_room != nullptr;
  auto shared = std::make_shared<web::HttpRequest>(std::move(request));
  database.run<web::HttpResponse>(
      [this, shared, sandbox](Engine& engine) {
        web::Desk desk = make_desk(engine, sandbox);
        desk.api_pace = pace_of(engine);
        if (!sandbox) desk.pace = desk.api_pace;  // everybody there is one person
        return web::respond(*shared, desk);
      },
      [this, shared, done = std::move(done)](auto response) {
        const bool failed = std::holds_alternative<std::exception_ptr>(response);
        auto page = page_or_sorry(std::move(response));
        const bool is_api = web::is_api_path(shared->path);
        done(failed && is_api ? web::api_sorry(settings.engine.links) : std::move(page));
      });
}

// Before a long body is read: is it a member's, or a provider's?
void Service::Rooms::admit_upload(web::HttpRequest request, Refuse refuse, Uploads::Admitted admitted) {
  auto shared = std::make_shared<web::HttpRequest>(std::move(request));
  database.run<std::optional<web::HttpResponse>>(
      [shared, refuse](Engine& engine) {
        web::Desk desk = make_desk(engine);
        return refuse(*shared, desk);
      },
      [admitted = std::move(admitted)](auto answer) {
        if (std::holds_alternative<std::exception_ptr>(answer))
          return admitted(page_or_sorry(std::get<std::exception_ptr>(answer)));
        admitted(std::get<0>(std::move(answer)));
      });
}

void Service::Rooms::take_uploads() {
  Uploads files{web::most_upload_bytes, web::is_upload, {}, std::string(web::upload_too_long)};
  files.admit = [this](auto request, auto admitted) {
    admit_upload(std::move(request), web::refuse_upload, std::move(admitted));
  };
  http->take_uploads(std::move(files));
  Uploads letters{web::most_inbound_bytes, web::is_inbound, {}, "A letter may have 25 MB.\n"};
  letters.admit = [this](auto request, auto admitted) {
    admit_upload(std::move(request), web::refuse_inbound, std::move(admitted));
  };
  http->take_uploads(std::move(letters));
}

// Asked before its body was read, where that is long; asked of each all the same.
void Service::Rooms::answer_inbound(web::HttpRequest request, Done done) {
  auto shared = std::make_shared<web::HttpRequest>(std::move(request));
  web::HttpRequest head{shared->method, shared->path, shared->query, shared->headers, {}, shared->network};
  admit_upload(std::move(head), web::refuse_inbound, [this, shared, done = std::move(done)](auto refusal) {
    if (refusal) return done(std::move(*refusal));
    take_inbound(std::move(*shared), done);
  });
}

void Service::Rooms::take_inbound(web::HttpRequest request, const Done& done) {
  const Links& links = settings.engine.links;
  auto read = web::read_inbound(std::move(request), links, [&](const std::string& recipient) {
    return knows_recipient(links, recipient);
  });
  if (auto* refusal = std::get_if<web::HttpResponse>(&read)) {
    log_warning("inbound",
                "status=" + std::to_string(refusal->status) + " answer=" + log_value(refusal->body));
    return done(std::move(*refusal));
  }
  take_letter(database, std::get<mail::ReceivedLetter>(std::move(read)),
              [this, done](const std::vector<mail::Verdict>& verdicts) {
                done(web::inbound_answer(settings.engine.links, verdicts));
              });
}

web::HttpResponse Service::Rooms::page_or_sorry(Answer_of<web::HttpResponse> answer) {
  if (auto* response = std::get_if<web::HttpResponse>(&answer)) return std::move(*response);
  log_failure("answering a page", std::get<std::exception_ptr>(answer));
  auto sorry = plain_page(
      503, "The database does not answer just now. Nothing was changed; please try again in a minute.\n");
  sorry.headers.emplace_back("Retry-After", "60");
  return sorry;
}

void Service::Rooms::answer_health(Done done) {
  database.run<bool>([](Engine& engine) { return engine.db.row("SELECT 1").has_value(); },
                     [done = std::move(done)](auto healthy) {
                       const bool good = std::holds_alternative<bool>(healthy);
                       done(plain_page(good ? 200 : 503, good ? "ok\n" : "the database does not answer\n"));
                     });
}

void Service::Rooms::answer_try_page(web::HttpRequest request, Done done) {
  auto shared = std::make_shared<web::HttpRequest>(std::move(request));
  database.run<TryAnswer>(
      [this, shared](Engine& engine) { return answer_try(engine, *settings.try_room, *shared); },
      [this, done = std::move(done)](auto answer) {
        poke();  // the clock may have moved
        if (std::holds_alternative<std::exception_ptr>(answer))
          return done(page_or_sorry(std::get<std::exception_ptr>(answer)));
        TryAnswer& given = std::get<TryAnswer>(answer);
        if (auto* response = std::get_if<web::HttpResponse>(&given)) return done(std::move(*response));
        deliver_from_page(std::move(std::get<TryLetter>(given)), done);
      });
}

// What somebody in the sandbox wrote goes through the LMTP server as all letters do, from a thread of its
// own: the client blocks, and the server it waits for is served by this one.
void Service::Rooms::deliver_from_page(TryLetter letter, Done done) {
  const ListenAddress server{settings.lmtp.path, settings.lmtp.host, lmtp->port()};
  std::thread([this, server, letter = std::move(letter), done = std::move(done)] {
    const std::string reply = send_lmtp(server, letter.sender, letter.recipient, letter.bytes);
    boost::asio::post(io, [reply, letter, done] {
      if (reply.starts_with("2")) return done(web::see_other(letter.then));
      done(plain_page(502, "The letter was not taken: " + reply + "\n"));
    });
  }).detach();
}

}  // namespace tertius::daemon
