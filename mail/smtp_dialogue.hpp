#pragma once
// The client's side of SMTP after the door is open (RFC 5321): MAIL RCPT DATA RSET QUIT, pipelined where
// offered (RFC 2920), one recipient per mail. A pure machine: bytes in, bytes out, no clock and no socket. It
// promises one DeliveryResult for each mail it is given, also when the connection dies, and never calls a
// mail sent, bounced or harmless that may be otherwise. Where the content's last dot may have left, a loss is
// `ambiguous`.
//
//   dialogue.send(mail);
//   loop: write dialogue.output(), call wrote(n); feed receive(bytes) or lost(why);
//   until dialogue.take_result(); is_idle(): send the next; is_over(): close the connection.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "broker/delivery.hpp"
#include "mail/ports.hpp"
#include "mail/reply_reader.hpp"
#include "mail/smtp_reply.hpp"
#include "mail/smtp_wire.hpp"

namespace tertius::mail {

class SmtpDialogue {
 public:
  explicit SmtpDialogue(RelayOffer offer) : offer_(offer) {}

  // Precondition: is_idle() and no result waits. A mail this relay can never take gets its result at once.
  void send(const OutgoingMail& mail);
  // Says goodbye; is_over() follows when the relay answers. Precondition: is_idle().
  void quit();

  void receive(std::string_view bytes);
  // The connection is gone, or silent for longer than patience().
  void lost(std::string_view why);

  std::string_view output() const { return std::string_view(output_).substr(written_); }
  void wrote(std::size_t bytes);

  std::optional<DeliveryResult> take_result();
  bool is_idle() const { return state_ == State::idle; }
  bool is_over() const { return state_ == State::over; }
  // The last mail was lost before its dot left: nobody has it, a fresh connection may try at once.
  bool was_lost_early() const { return lost_early_; }
  // How long the relay may be silent now (RFC 5321 4.5.3.2).
  std::chrono::seconds patience() const;

 private:
  enum class State { idle, mail, recipient, data, content, reset, farewell, over };

  void take_reply(const SmtpReply& reply);
  void take_mail_reply(const SmtpReply& reply);
  void take_recipient_reply(const SmtpReply& reply);
  void take_data_reply(const SmtpReply& reply);
  void take_content_reply(const SmtpReply& reply);
  void note_refusal(const SmtpReply& reply, SmtpStage stage);
  void finish(DeliveryResult result, State next);
  void reset_after_refusal();
  bool is_content_gone() const { return state_ == State::content && output().empty(); }

  RelayOffer offer_;
  State state_ = State::idle;
  ReplyReader replies_;
  std::string output_;
  std::size_t written_ = 0;
  WireMail wire_;                          // of the mail under way; the content until its DATA is accepted
  std::optional<DeliveryResult> refusal_;  // known, but replies to what was pipelined are still due
  std::optional<DeliveryResult> result_;
  bool under_way_ = false;  // a mail that has no result yet
  bool lost_early_ = false;
};

}  // namespace tertius::mail
