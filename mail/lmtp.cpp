#include "mail/lmtp.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace tertius::mail {
namespace {

constexpr std::size_t longest_command = 4096;  // RFC 5321 4.5.3.1.4: 512 and what the extensions add
// Reading on beyond the limit lets the client hear its 552; a client that never stops is cut off.
constexpr std::size_t most_skipped = 4;  // times the letter limit

std::string_view verdict_text(Verdict verdict) {
  switch (verdict) {
    case Verdict::taken: return "250 2.1.5 taken";
    case Verdict::busy: return "451 4.3.2 busy, try again later";
    case Verdict::failed: return "451 4.3.0 local error, try again later";
    case Verdict::unknown: return "550 5.1.1 no such recipient here";
    case Verdict::refused: return "554 5.6.0 not taken";
  }
  return "451 4.3.0 local error, try again later";
}

bool is_larger(std::string_view text, std::size_t limit) {
  std::size_t size = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  return error == std::errc::result_out_of_range || size > limit;
}

// The refusal of a MAIL parameter, if any.
std::string_view find_parameter_fault(const std::vector<Parameter>& parameters, std::size_t letter_limit) {
  for (const auto& [keyword, value] : parameters) {
    if (keyword == "SIZE") {
      if (is_larger(value, letter_limit)) return "552 5.3.4 letter too large";
    } else if (keyword == "BODY") {
      if (value.empty()) return "501 5.5.4 BODY wants a value";
    } else if (keyword != "SMTPUTF8") {
      return "555 5.5.4 parameter not offered";
    }
  }
  return {};
}

}  // namespace

LmtpDialogue::LmtpDialogue(LmtpHost host, const LmtpLimits& limits)
    : host_(std::move(host)), limits_(limits) {
  reply("220 " + host_.name + " LMTP Tertius");
}

void LmtpDialogue::wrote(std::size_t bytes) {
  written_ += bytes;
  if (written_ < output_.size()) return;
  output_.clear();
  written_ = 0;
}

void LmtpDialogue::receive(std::string_view bytes) {
  input_ += bytes;
  advance();
}

void LmtpDialogue::advance() {
  while (wants_input() && !input_.empty()) {
    if (state_ != State::content) {
      if (!take_line()) return;
      continue;
    }
    input_.erase(0, content_.add(input_));
    // First, or it would hang on the network's cuts whether the end is still seen.
    if (content_.size() / most_skipped > limits_.letter_bytes)
      close("letter without end");
    else if (content_.is_complete())
      end_content();
  }
}

// False: no whole line yet. Only CRLF ends one: a lone LF in a command is a mistake of its own (RFC
// 5321 2.3.8).
bool LmtpDialogue::take_line() {
  const auto end = input_.find("\r\n");
  if (end == std::string::npos) {
    if (input_.size() <= longest_command + 1) return false;  // the longest, and its CR
    skipping_line_ = true;
    input_.erase(0, input_.size() - 1);  // the last byte may be the CR
    return false;
  }
  const auto line = input_.substr(0, end);
  input_.erase(0, end + 2);
  if (std::exchange(skipping_line_, false) || line.size() > longest_command)
    mistake("500 5.5.2 line too long");
  else if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }))
    mistake("500 5.5.2 control character in a command");
  else
    obey(line);
  return true;
}

void LmtpDialogue::obey(std::string_view line) {
  using Handler = void (LmtpDialogue::*)(std::string_view);
  struct Verb {
    std::string_view name;
    Handler handler;
  };
  static constexpr auto verbs = std::to_array<Verb>({{"LHLO", &LmtpDialogue::take_lhlo},
                                                     {"MAIL", &LmtpDialogue::take_mail},
                                                     {"RCPT", &LmtpDialogue::take_recipient},
                                                     {"DATA", &LmtpDialogue::take_data}});
  const auto command = split_command(line);
  for (const auto& verb : verbs)
    if (verb.name == command.verb) return (this->*verb.handler)(command.argument);
  if (command.verb == "NOOP") return reply("250 2.0.0 ok");
  if (command.verb == "VRFY") return reply("252 2.5.0 send some mail, then we shall see");
  if (command.verb == "RSET") {
    reset();
    return reply("250 2.0.0 ok");
  }
  if (command.verb == "QUIT") {
    reply("221 2.0.0 bye");
    state_ = State::over;
    return;
  }
  // RFC 2033 4.1: HELO and EHLO must not be taken, so that no mail exchanger ends up here.
  if (command.verb == "HELO" || command.verb == "EHLO") return mistake("500 5.5.1 this is LMTP");
  mistake("500 5.5.1 unknown command");
}

void LmtpDialogue::take_lhlo(std::string_view argument) {
  if (argument.empty()) return mistake("501 5.5.4 LHLO wants a name");
  reset();
  state_ = State::ready;
  reply("250-" + host_.name);
  for (const auto* offer : {"PIPELINING", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"})
    reply(std::string("250-") + offer);
  reply("250 SIZE " + std::to_string(limits_.letter_bytes));
}

void LmtpDialogue::take_mail(std::string_view argument) {
  if (state_ == State::greeted) return mistake("503 5.5.1 LHLO first");
  if (state_ != State::ready) return mistake("503 5.5.1 one letter at a time");
  const auto path = find_path(argument, "FROM:");
  if (!path) return mistake("501 5.1.7 MAIL FROM:<address>");
  const auto fault = find_parameter_fault(path->parameters, limits_.letter_bytes);
  if (!fault.empty()) return mistake(fault);
  if (host_.is_busy && host_.is_busy()) return reply("451 4.3.2 busy, try again later");
  draft_.sender = path->address;
  state_ = State::mail;
  reply("250 2.1.0 ok");
}

void LmtpDialogue::take_recipient(std::string_view argument) {
  if (state_ != State::mail && state_ != State::recipients) return mistake("503 5.5.1 MAIL first");
  const auto path = find_path(argument, "TO:");
  if (!path || path->address.empty()) return mistake("501 5.1.3 RCPT TO:<address>");
  if (!path->parameters.empty()) return mistake("555 5.5.4 parameter not offered");
  if (draft_.recipients.size() >= limits_.recipients) return reply("452 4.5.3 too many recipients");
  // An honest relay asks for people who have gone: no mistake, but guessing addresses must not be free.
  if (!host_.knows(path->address)) return mistake(verdict_text(Verdict::unknown));
  draft_.recipients.push_back(path->address);
  state_ = State::recipients;
  reply("250 2.1.5 ok");
}

void LmtpDialogue::take_data(std::string_view argument) {
  if (!argument.empty()) return mistake("501 5.5.4 DATA takes nothing");
  if (state_ == State::mail) return reply("503 5.5.1 no valid recipients");  // RFC 2033 4.2
  if (state_ != State::recipients) return mistake("503 5.5.1 RCPT first");
  content_.start(limits_.letter_bytes);
  state_ = State::content;
  reply("354 end with a dot on a line of its own");
}

void LmtpDialogue::end_content() {
  state_ = State::ready;
  auto letter = std::exchange(draft_, {});
  if (content_.is_too_large()) {
    for (std::size_t i = 0; i < letter.recipients.size(); ++i) reply("552 5.3.4 letter too large");
    return;
  }
  letter.bytes = content_.take();
  letter_ = std::move(letter);
}

std::optional<ReceivedLetter> LmtpDialogue::take_letter() {
  if (letter_) deciding_ = letter_->recipients.size();
  return std::exchange(letter_, std::nullopt);
}

// A verdict that is missing is a failure of ours: the sender tries again.
void LmtpDialogue::answer(std::span<const Verdict> verdicts) {
  // After 421 nothing may follow; the sender sees a loss, sends again, and the second copy is known by its
  // hash.
  if (is_over()) return;
  for (std::size_t i = 0; i < deciding_; ++i)
    reply(verdict_text(i < verdicts.size() ? verdicts[i] : Verdict::failed));
  deciding_ = 0;
  advance();
}

void LmtpDialogue::mistake(std::string_view text) {
  reply(text);
  if (++mistakes_ > limits_.mistakes) close("too many mistakes");
}

void LmtpDialogue::close(std::string_view why) {
  if (is_over()) return;
  reply(std::string("421 4.7.0 ").append(host_.name).append(" ").append(why));
  state_ = State::over;
}

void LmtpDialogue::reset() {
  draft_ = {};
  if (state_ != State::greeted) state_ = State::ready;
}

}  // namespace tertius::mail
