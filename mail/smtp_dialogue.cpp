#include "mail/smtp_dialogue.hpp"

#include <utility>

namespace tertius::mail {
namespace {

constexpr int closing = 421;
constexpr int go_ahead = 354;

bool is_success(const SmtpReply& reply) { return reply.code / 100 == 2; }

}  // namespace

void SmtpDialogue::send(const OutgoingMail& mail) {
  auto made = make_wire_mail(mail, offer_);
  if (auto* refusal = std::get_if<DeliveryResult>(&made)) {
    result_ = std::move(*refusal);
    return;
  }
  wire_ = std::get<WireMail>(std::move(made));
  under_way_ = true;
  lost_early_ = false;
  state_ = State::mail;
  output_ += wire_.mail;
  if (offer_.pipelining) output_.append(wire_.recipient).append("DATA\r\n");
}

void SmtpDialogue::quit() {
  output_ += "QUIT\r\n";
  state_ = State::farewell;
}

void SmtpDialogue::wrote(std::size_t bytes) {
  written_ += bytes;
  if (written_ < output_.size()) return;
  output_.clear();
  written_ = 0;
}

void SmtpDialogue::receive(std::string_view bytes) {
  replies_.add(bytes);
  while (state_ != State::over) {
    const auto reply = replies_.take();
    if (!reply) break;
    take_reply(*reply);
  }
  if (replies_.is_broken()) lost("the relay's answer is no SMTP reply");
}

void SmtpDialogue::take_reply(const SmtpReply& reply) {
  if (reply.code == closing && under_way_)
    return finish(refusal_ ? *refusal_ : delivery_of(reply, SmtpStage::content), State::over);
  switch (state_) {
    case State::mail: return take_mail_reply(reply);
    case State::recipient: return take_recipient_reply(reply);
    case State::data: return take_data_reply(reply);
    case State::content: return take_content_reply(reply);
    case State::reset: state_ = is_success(reply) ? State::idle : State::over; return;
    // A word nobody asked for, mostly 421 after a long idle time; the mail before it keeps its 250.
    case State::idle:
    case State::farewell:
    case State::over: state_ = State::over; return;
  }
}

void SmtpDialogue::take_mail_reply(const SmtpReply& reply) {
  if (!is_success(reply)) note_refusal(reply, SmtpStage::mail);
  if (refusal_ && !offer_.pipelining) return reset_after_refusal();
  if (!offer_.pipelining) output_ += wire_.recipient;
  state_ = State::recipient;
}

void SmtpDialogue::take_recipient_reply(const SmtpReply& reply) {
  if (!is_success(reply)) note_refusal(reply, SmtpStage::recipient);
  if (refusal_ && !offer_.pipelining) return reset_after_refusal();
  if (!offer_.pipelining) output_ += "DATA\r\n";
  state_ = State::data;
}

void SmtpDialogue::take_data_reply(const SmtpReply& reply) {
  // Not SmtpStage::content: a 250 here is nonsense, not success.
  if (reply.code != go_ahead) note_refusal(reply, SmtpStage::recipient);
  if (reply.code != go_ahead) return reset_after_refusal();
  // RFC 2920 3.1: a server may say 354 though it refused the only recipient; it gets an empty mail.
  output_ += refusal_ ? std::string(".\r\n") : std::exchange(wire_.content, {});
  state_ = State::content;
}

void SmtpDialogue::take_content_reply(const SmtpReply& reply) {
  if (!is_content_gone()) {
    // Answered in the middle of the content: a refusal counts, a 250 cannot; either way we are out of step.
    if (reply.code < 400) return lost("the relay answered before the mail ended");
    note_refusal(reply, SmtpStage::content);
    return finish(*refusal_, State::over);
  }
  if (refusal_) return reset_after_refusal();
  // A second 354 in place of the answer: what the relay did with the mail is unknown.
  if (reply.code < 200 || reply.code / 100 == 3) return lost("the relay's answer to the mail makes no sense");
  if (is_success(reply)) return finish(delivery_of(reply, SmtpStage::content), State::idle);
  note_refusal(reply, SmtpStage::content);
  reset_after_refusal();
}

// The first refusal is the one that tells; those to the commands pipelined behind it only follow from it.
void SmtpDialogue::note_refusal(const SmtpReply& reply, SmtpStage stage) {
  if (!refusal_) refusal_ = delivery_of(reply, stage);
}

void SmtpDialogue::reset_after_refusal() {
  finish(*refusal_, State::reset);
  output_ += "RSET\r\n";
}

void SmtpDialogue::finish(DeliveryResult result, State next) {
  result_ = std::move(result);
  refusal_.reset();
  under_way_ = false;
  state_ = next;
}

void SmtpDialogue::lost(std::string_view why) {
  if (state_ == State::over) return;
  if (!under_way_) {
    state_ = State::over;
    return;
  }
  if (refusal_) return finish(*refusal_, State::over);
  lost_early_ = !is_content_gone();
  finish({lost_early_ ? Delivery::deferred : Delivery::ambiguous, 0, {}, std::string(why)}, State::over);
}

std::optional<DeliveryResult> SmtpDialogue::take_result() { return std::exchange(result_, std::nullopt); }

std::chrono::seconds SmtpDialogue::patience() const {
  using std::chrono::minutes;
  switch (state_) {
    case State::mail:
    case State::recipient: return minutes{5};
    case State::data: return minutes{2};
    case State::content: return is_content_gone() ? minutes{10} : minutes{3};
    case State::reset: return minutes{5};
    case State::farewell: return std::chrono::seconds{5};  // nothing hangs on the goodbye
    case State::idle:
    case State::over: return minutes{5};
  }
  return minutes{5};
}

}  // namespace tertius::mail
