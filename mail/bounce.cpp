#include "mail/bounce.hpp"

#include <algorithm>

#include "mail/ascii.hpp"
#include "mail/charset.hpp"
#include "mail/header_block.hpp"

namespace tertius::mail {
namespace {

constexpr std::size_t most_recipients = 1000;

int upper_hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// Behind the first word. A control character ends it too: what a report says is logged and shown.
std::size_t end_of_word(std::string_view text, std::string_view ends = {}) {
  const auto ends_it = [&](char c) {
    return static_cast<unsigned char>(c) <= ' ' || c == 0x7F || ends.find(c) != ends.npos;
  };
  return static_cast<std::size_t>(std::find_if(text.begin(), text.end(), ends_it) - text.begin());
}

// "rfc822; <joe@example.org>" -> "joe@example.org"
std::string address_of(std::string_view value) {
  const std::size_t semicolon = value.find(';');
  if (semicolon != value.npos) value.remove_prefix(semicolon + 1);
  value = trim(value);
  if (const std::size_t angle = value.find('<'); angle != value.npos) value.remove_prefix(angle + 1);
  value = trim(value.substr(0, value.find('>')));
  return to_utf8(value.substr(0, end_of_word(value)));
}

// "failed (why)" -> "failed"
std::string first_word(std::string_view value) { return to_utf8(value.substr(0, end_of_word(value, "(;"))); }

// The blank line that ends the fields of one recipient, whatever its line end.
std::string_view take_block(std::string_view& report) {
  while (!report.empty() && (report.front() == '\n' || report.front() == '\r')) report.remove_prefix(1);
  const std::string_view block = report.substr(0, header_block_length(report));
  report.remove_prefix(block.size());
  return block;
}

void add(const FailedRecipient& recipient, std::vector<FailedRecipient>& out) {
  if (!recipient.address.empty() && out.size() < most_recipients) out.push_back(recipient);
}

// A second Final-Recipient without a blank line before it is the next recipient all the same.
void read_block(std::string_view block, std::vector<FailedRecipient>& out) {
  FailedRecipient recipient;
  bool final_seen = false;
  std::string original;
  const auto finish = [&] {
    // An alias bounces under an address we never wrote to; Original-Recipient is ours (RFC 3464 2.3.1).
    if (original.find('@') != std::string::npos) recipient.address = original;
    add(recipient, out);
    recipient = {};
    original.clear();
    final_seen = false;
  };
  for (const HeaderField& field : read_header_block(block)) {
    if (equals_ignoring_case(field.name, "final-recipient")) {
      if (final_seen) finish();
      recipient.address = address_of(field.value);
      final_seen = true;
    } else if (equals_ignoring_case(field.name, "original-recipient")) {
      original = decode_xtext(address_of(field.value));
    } else if (equals_ignoring_case(field.name, "action")) {
      recipient.action = lower(first_word(field.value));
    } else if (equals_ignoring_case(field.name, "status")) {
      recipient.status = first_word(field.value);
    } else if (equals_ignoring_case(field.name, "diagnostic-code")) {
      recipient.diagnostic = to_utf8(field.value);
    }
  }
  finish();
}

}  // namespace

std::string decode_xtext(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '+' && i + 2 < text.size() ? upper_hex(text[i + 1]) : -1;
    const int low = high >= 0 ? upper_hex(text[i + 2]) : -1;
    const int code = low >= 0 ? high * 16 + low : -1;
    // Nothing else needs a code in an address, and a reply token after a bare "+" may look like one.
    if (code == '+' || code == '=' || code == '@') {
      out += static_cast<char>(code);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

std::vector<FailedRecipient> read_failed_recipients(std::string_view field) {
  std::vector<FailedRecipient> out;
  while (!field.empty() && out.size() < most_recipients) {
    const std::size_t end = std::min(field.find(','), field.size());
    const std::string address = address_of(field.substr(0, end));
    if (address.find('@') != std::string::npos) out.push_back({address, "failed", {}, {}});
    field.remove_prefix(std::min(end + 1, field.size()));
  }
  return out;
}

std::vector<FailedRecipient> read_delivery_status(std::string_view report) {
  std::vector<FailedRecipient> out;
  while (!report.empty()) read_block(take_block(report), out);
  return out;
}

}  // namespace tertius::mail
