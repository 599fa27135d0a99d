#include "daemon/lmtp_session.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/write.hpp>
#include <utility>

namespace tertius::daemon {

namespace asio = boost::asio;

LmtpSession::LmtpSession(Socket socket, const LmtpServerSettings& settings, const LmtpHandlers& handlers,
                         Ended ended)
    : socket_(std::move(socket)),
      timer_(socket_.get_executor()),
      last_moment_(std::chrono::steady_clock::now() + settings.session),
      settings_(settings),
      handlers_(handlers),
      ended_(std::move(ended)),
      dialogue_({settings.host, handlers.knows, handlers.is_busy}, settings.limits) {}

void LmtpSession::start() { advance(); }

void LmtpSession::leave(std::string_view why) {
  leaving_ = why;
  advance();
}

void LmtpSession::cut() { end(); }

// The one place that decides what happens next. A client that does not read its replies is not read either.
void LmtpSession::advance() {
  if (gone_) return;
  auto letter = dialogue_.take_letter();
  if (letter) deciding_ = true;
  if (!leaving_.empty() && !deciding_) dialogue_.close(leaving_);
  if (!writing_ && !dialogue_.output().empty()) write();
  if (!writing_ && dialogue_.is_over()) return end();
  if (!writing_ && !deciding_) read();
  arm();
  if (letter) deliver(std::move(*letter));  // last: the verdict may come within it
}

void LmtpSession::read() {
  if (std::exchange(reading_, true)) return;
  socket_.async_read_some(
      asio::buffer(buffer_),
      [self = shared_from_this()](const boost::system::error_code& error, std::size_t size) {
        self->reading_ = false;
        if (error) return self->end();
        self->dialogue_.receive({self->buffer_.data(), size});
        self->advance();
      });
}

// From a copy: the dialogue may have more to say while the socket is busy.
void LmtpSession::write() {
  writing_ = true;
  outgoing_ = dialogue_.output();
  dialogue_.wrote(outgoing_.size());
  asio::async_write(socket_, asio::buffer(outgoing_),
                    [self = shared_from_this()](const boost::system::error_code& error, std::size_t) {
                      self->writing_ = false;
                      if (error) return self->end();
                      self->advance();
                    });
}

void LmtpSession::deliver(mail::ReceivedLetter letter) {
  const auto executor = socket_.get_executor();
  auto done = [weak = weak_from_this(), executor](std::vector<mail::Verdict> verdicts) {
    asio::dispatch(executor, [weak, verdicts = std::move(verdicts)] {
      if (const auto self = weak.lock()) self->take_verdicts(verdicts);
    });
  };
  handlers_.deliver(std::move(letter), std::move(done));
}

void LmtpSession::take_verdicts(const std::vector<mail::Verdict>& verdicts) {
  if (gone_ || !std::exchange(deciding_, false)) return;
  dialogue_.answer(verdicts);
  advance();
}

void LmtpSession::arm() {
  if (gone_) return;
  const auto now = std::chrono::steady_clock::now();
  // A letter under way is worth its verdict even at the end of the session.
  timer_.expires_at(deciding_ ? now + settings_.verdict : std::min(now + settings_.idle, last_moment_));
  timer_.async_wait([weak = weak_from_this()](const boost::system::error_code& error) {
    const auto self = weak.lock();
    if (!error && self) self->time_out();
  });
}

void LmtpSession::time_out() {
  // Writing means that the client does not read: it would not read a goodbye either. 421 while a letter waits
  // for its verdict tells the sender to try again.
  if (writing_ || dialogue_.is_over()) return end();
  const bool undecided = std::exchange(deciding_, false);
  dialogue_.close(undecided ? "no verdict in time" : "too slow");
  last_moment_ = std::chrono::steady_clock::time_point::max();
  advance();
}

void LmtpSession::end() {
  if (std::exchange(gone_, true)) return;
  const auto self = shared_from_this();
  timer_.cancel();
  boost::system::error_code ignored;
  socket_.close(ignored);
  ended_(*this);
}

}  // namespace tertius::daemon
