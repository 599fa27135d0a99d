#include "daemon/http_server.hpp"

#include <algorithm>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>
#include <list>
#include <set>

#include "daemon/client_network.hpp"
#include "daemon/plain_page.hpp"
#include "daemon/tcp_listener.hpp"

namespace tertius::daemon {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using boost::asio::ip::tcp;

constexpr std::size_t max_header_bytes = 16'384;
// A request, a note or an endorsement; each of its lines becomes a row of a page and of a mail.
constexpr std::uint64_t max_body_bytes = 131'072;

// For who has connected and not asked yet when we end.
constexpr std::chrono::seconds longest_grace{1};

using Message = http::request<http::string_body>;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// False where the target is no path: an absolute URL, an authority, a broken escape.
bool read_target(std::string_view target, web::HttpRequest& out) {
  const auto url = boost::urls::parse_origin_form(boost::urls::string_view(target.data(), target.size()));
  if (!url) return false;
  out.path = url->path();
  const auto query = url->encoded_query();
  out.query.assign(query.data(), query.size());
  return out.path.find('\0') == std::string::npos;
}

web::HttpRequest to_web(Message& message, bool& good) {
  web::HttpRequest out;
  out.method = std::string(view(message.method_string()));
  good = read_target(view(message.target()), out);
  for (const auto& header : message) {
    out.headers[lower(view(header.name_string()))] = std::string(view(header.value()));
  }
  out.body = std::move(message.body());
  return out;
}

http::response<http::string_body> from_web(web::HttpResponse response, const Message& request) {
  http::response<http::string_body> out;
  out.version(request.version());
  out.result(static_cast<unsigned>(response.status));
  out.keep_alive(request.keep_alive());
  out.set(http::field::content_type, response.content_type);
  for (const auto& [name, value] : response.headers) out.insert(name, value);
  out.body() = std::move(response.body);
  out.prepare_payload();
  if (request.method() == http::verb::head)
    out.body().clear();  // Content-Length stays what GET has (RFC 9110 9.3.2)
  return out;
}

}  // namespace

class HttpSession;

struct HttpRoom {
  HttpRoom(asio::io_context& io, HttpServer::Handler handler_, std::size_t max,
           std::chrono::milliseconds patience_)
      : acceptor(io),
        pause(io),
        grace(io),
        handler(std::move(handler_)),
        max_sessions(max),
        patience(patience_) {}
  tcp::acceptor acceptor;
  asio::steady_timer pause, grace;
  HttpServer::Handler handler;
  std::size_t max_sessions;
  std::chrono::milliseconds patience;
  struct Kind {
    Uploads uploads;
    std::size_t now = 0;
  };
  std::list<Kind> kinds;  // sessions point into it
  std::string proxy;
  std::set<HttpSession*> sessions;
  bool stopping = false;
  std::function<void()> drained;

  void end_if_drained() {
    if (sessions.empty() && drained) asio::post(acceptor.get_executor(), std::exchange(drained, nullptr));
  }
};

// One connection: read, answer, read again. It keeps itself alive through what it waits for.
class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(tcp::socket socket, std::shared_ptr<HttpRoom> room)
      : stream_(std::move(socket)), room_(std::move(room)) {
    room_->sessions.insert(this);
  }
  ~HttpSession() {
    end_upload();
    room_->sessions.erase(this);
    room_->end_if_drained();
  }
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  void read() {
    kind_ = nullptr;
    parser_.emplace();
    parser_->header_limit(max_header_bytes);
    // It would be held against Content-Length with the headers, before anybody knows which path they are for.
    parser_->body_limit(boost::none);
    stream_.expires_after(room_->patience);
    reading_ = true;
    http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_headers(error); });
  }

  void stop() {
    if (reading_) stream_.cancel();
  }

  // A connection that is kept open for another request may be closed at any time (RFC 9112 9.5), and a client
  // expects it. One that was made for this request may not.
  void leave() {
    beast::error_code error;
    const bool asks = buffer_.size() > 0 || parser_->got_some() || stream_.socket().available(error) > 0;
    if (reading_ && !is_first_ && !asks) stream_.cancel();
  }

 private:
  void on_headers(beast::error_code error) {
    if (error) return on_read(error);
    const std::uint64_t announced = parser_->content_length().value_or(0);
    if (announced <= max_body_bytes && !parser_->chunked()) return read_body(max_body_bytes);
    bool good = false;
    Message headers(parser_->get().base());
    web::HttpRequest request = to_web(headers, good);
    request.network = client(request);
    kind_ = good ? kind_of(request) : nullptr;
    const std::uint64_t most = kind_ ? kind_->uploads.most_bytes : max_body_bytes;
    if (announced > most) return on_read(http::error::body_limit);
    if (!kind_) return read_body(max_body_bytes);
    reading_ = false;
    if (kind_->now >= kind_->uploads.at_once) return answer_and_close(too_many());
    begin_upload();
    kind_->uploads.admit(std::move(request), [self = shared_from_this()](auto refusal) {
      self->on_admitted(std::move(refusal));
    });
  }

  HttpRoom::Kind* kind_of(const web::HttpRequest& request) const {
    const auto found = std::ranges::find_if(
        room_->kinds, [&](const HttpRoom::Kind& kind) { return kind.uploads.is_upload(request); });
    return found == room_->kinds.end() ? nullptr : &*found;
  }

  static web::HttpResponse too_many() {
    auto out = plain_page(503, "Others are sending files just now. Please try again in a minute.\n");
    out.headers.emplace_back("Retry-After", "60");
    return out;
  }

  void on_admitted(std::optional<web::HttpResponse> refusal) {
    if (refusal) return answer_and_close(std::move(*refusal));
    if (room_->stopping) return;
    reading_ = true;
    stream_.expires_after(kind_->uploads.patience);
    read_body(kind_->uploads.most_bytes);
  }

  void read_body(std::uint64_t most) {
    parser_->body_limit(most);
    http::async_read(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_read(error); });
  }

  // Empty where they have gone meanwhile.
  std::string client(const web::HttpRequest& request) {
    beast::error_code error;
    const auto peer = stream_.socket().remote_endpoint(error);
    if (error) return {};
    const auto forwarded = request.headers.find("x-forwarded-for");
    return client_network(peer.address(), forwarded == request.headers.end() ? "" : forwarded->second,
                          room_->proxy);
  }

  void begin_upload() {
    uploading_ = true;
    ++kind_->now;
  }

  void end_upload() {
    if (std::exchange(uploading_, false)) --kind_->now;
  }

  void on_read(beast::error_code error) {
    reading_ = is_first_ = false;
    if (error == http::error::body_limit) return answer_and_close(too_long());
    if (error == http::error::header_limit)
      return answer_and_close(plain_page(431, "These headers are more than we read.\n"));
    if (error && error.category() == http::make_error_code(http::error::bad_method).category() &&
        error != http::error::end_of_stream) {
      return answer_and_close(plain_page(400, "This is not HTTP as we know it.\n"));
    }
    if (error) return;  // gone, silent for too long, or stopped
    request_ = parser_->release();
    bool good = false;
    web::HttpRequest request = to_web(request_, good);
    request.network = client(request);
    if (!good) return write(plain_page(400, "This is not a path.\n"));
    room_->handler(std::move(request), [self = shared_from_this()](web::HttpResponse response) {
      self->write(std::move(response));
    });
  }

  web::HttpResponse too_long() const {
    return plain_page(413, kind_ ? kind_->uploads.too_long : "This is more than we read.\n");
  }

  void answer_and_close(web::HttpResponse response) {
    request_ = {};
    request_.keep_alive(false);
    write(std::move(response));
  }

  void write(web::HttpResponse response) {
    end_upload();
    response_ = from_web(std::move(response), request_);
    if (room_->stopping) response_.keep_alive(false);
    serializer_.emplace(response_);
    stream_.expires_after(room_->patience);
    http::async_write(
        stream_, *serializer_,
        [self = shared_from_this()](beast::error_code error, std::size_t) { self->on_written(error); });
  }

  void on_written(beast::error_code error) {
    if (!error && response_.keep_alive()) return read();
    beast::error_code ignored;
    stream_.socket().shutdown(tcp::socket::shutdown_send, ignored);
  }

  beast::tcp_stream stream_;
  std::shared_ptr<HttpRoom> room_;
  beast::flat_buffer buffer_{max_header_bytes + 2 * max_body_bytes};
  std::optional<http::request_parser<http::string_body>> parser_;
  Message request_;
  http::response<http::string_body> response_;
  std::optional<http::response_serializer<http::string_body>> serializer_;
  bool reading_ = false, is_first_ = true;  // request of this connection
  HttpRoom::Kind* kind_ = nullptr;          // of upload, where this request is one
  bool uploading_ = false;
};

namespace {

void accept(const std::shared_ptr<HttpRoom>& room);

// Out of descriptors, most likely: accept would fail again at once, for ever.
void accept_later(const std::shared_ptr<HttpRoom>& room) {
  room->pause.expires_after(std::chrono::seconds{1});
  room->pause.async_wait([room](beast::error_code error) {
    if (!error && !room->stopping) accept(room);
  });
}

void accept(const std::shared_ptr<HttpRoom>& room) {
  room->acceptor.async_accept([room](beast::error_code error, tcp::socket socket) {
    if (error == asio::error::operation_aborted || (error && room->stopping)) return;
    if (error) return accept_later(room);
    // Over the limit the newest is turned away at once; those already here keep their answers.
    if (room->sessions.size() < room->max_sessions) {
      std::make_shared<HttpSession>(std::move(socket), room)->read();
    }
    if (!room->stopping) accept(room);
  });
}

// Whoever is stopped leaves the room.
void stop_all(const HttpRoom& room) {
  for (HttpSession* session : std::set(room.sessions)) session->stop();
}

}  // namespace

HttpServer::HttpServer(asio::io_context& io, const ListenAddress& address, Handler handler,
                       std::size_t max_connections, std::chrono::milliseconds patience)
    : room_(std::make_shared<HttpRoom>(io, std::move(handler), max_connections, patience)) {
  listen(room_->acceptor, address);
  accept(room_);
}

HttpServer::~HttpServer() { stop(); }

void HttpServer::take_uploads(Uploads uploads) { room_->kinds.push_back({std::move(uploads)}); }
void HttpServer::trust_proxy(std::string address) { room_->proxy = std::move(address); }

void HttpServer::drain(std::function<void()> done) {
  room_->stopping = true;
  room_->drained = std::move(done);
  beast::error_code ignored;
  room_->acceptor.close(ignored);
  for (HttpSession* session : std::set(room_->sessions)) session->leave();
  room_->end_if_drained();
  room_->grace.expires_after(longest_grace);
  room_->grace.async_wait([room = room_](beast::error_code error) {
    if (!error) stop_all(*room);
  });
}

unsigned short HttpServer::port() const { return room_->acceptor.local_endpoint().port(); }

void HttpServer::stop() {
  if (room_->stopping) return;
  room_->stopping = true;
  beast::error_code ignored;
  room_->acceptor.close(ignored);
  stop_all(*room_);
}

}  // namespace tertius::daemon
