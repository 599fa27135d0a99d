#include "mail/read_letter.hpp"

#include <algorithm>

#include "broker/sha256.hpp"
#include "broker/utf8.hpp"
#include "mail/ascii.hpp"
#include "mail/body_parts.hpp"
#include "mail/bounce.hpp"
#include "mail/charset.hpp"
#include "mail/encoded_word.hpp"
#include "mail/flowed.hpp"
#include "mail/header_block.hpp"
#include "mail/html_text.hpp"
#include "mail/letter_guard.hpp"
#include "mail/mailbox_list.hpp"
#include "mail/mime_parts.hpp"
#include "mail/transfer_encoding.hpp"
#include "mail/uuencoded.hpp"

namespace tertius::mail {
namespace {

// More references than this are no thread; the last ones are the nearest.
constexpr std::size_t most_references = 200;

std::vector<std::string> message_ids(std::string_view field) {
  std::vector<std::string> ids;
  while (true) {
    const std::size_t open = field.find('<');
    if (open == field.npos) break;
    field.remove_prefix(open + 1);
    const std::size_t close = std::min(field.find('>'), field.size());
    std::string id = to_utf8(field.substr(0, close));
    std::erase_if(id, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7F; });
    if (!id.empty()) ids.push_back(std::move(id));
    field.remove_prefix(close);
  }
  if (ids.size() > most_references) ids.erase(ids.begin(), ids.end() - most_references);
  return ids;
}

// Some senders forget the angle brackets.
std::string message_id(std::string_view field) {
  const auto ids = message_ids(field);
  if (!ids.empty()) return ids.front();
  field = trim(field);
  return to_utf8(field.substr(0, field.find_first_of(" \t")));
}

// PostgreSQL's index takes 2,704 octets: a letter with an id longer than that could never be stored. One that
// no line may hold (RFC 5322 2.1.1) is kept by its hash, to know the letter again. The space makes it nobody
// else's id, and none that an answer of ours would name.
std::string bounded_id(const std::string& id) {
  constexpr std::size_t longest = 998;
  return id.size() <= longest ? id : "sha256 " + hex_sha256(id);
}

// Several To and Cc fields are one list (RFC 5322 4.5.3, the obsolete form).
std::vector<Mailbox> mailboxes(const Part& root, std::string_view name) {
  std::vector<Mailbox> all;
  for (const HeaderField& field : root.headers) {
    if (!equals_ignoring_case(field.name, name)) continue;
    auto some = read_mailboxes(field.value);
    std::move(some.begin(), some.end(), std::back_inserter(all));
  }
  return all;
}

// The first From is what readers show. A second one that names somebody else is how a forger passes a check
// made on the one and is read as the other.
void fill_from(const Part& root, Letter& letter) {
  letter.from = read_mailboxes(find_field(root.headers, "from"));
  for (const HeaderField& field : root.headers) {
    if (!equals_ignoring_case(field.name, "from") || read_mailboxes(field.value) == letter.from) continue;
    letter.unreadable = "two From fields that differ: who wrote it cannot be told";
  }
}

void fill_headers(const Part& root, Letter& letter) {
  for (const HeaderField& field : root.headers)
    letter.headers.push_back({to_utf8(field.name), to_utf8(field.value)});
  const auto value = [&](std::string_view name) { return find_field(root.headers, name); };
  letter.message_id = bounded_id(message_id(value("message-id")));
  letter.references = message_ids(value("references"));
  for (std::string& id : message_ids(value("in-reply-to"))) letter.references.push_back(std::move(id));
  letter.subject = trim(decode_words(value("subject")));
  fill_from(root, letter);
  letter.to = mailboxes(root, "to");
  letter.cc = mailboxes(root, "cc");
  letter.reply_to = mailboxes(root, "reply-to");
  const ParameterField type = read_parameters(value("content-type"));
  letter.content_type = type.value.find('/') == std::string::npos ? "text/plain" : to_utf8(type.value);
  letter.report_type = lower(decoded_parameter(type, "report-type"));
}

std::string_view transfer_encoding(const Part& part) {
  return find_field(part.headers, "content-transfer-encoding");
}

std::string with_lf(std::string text) {
  if (text.find('\r') == text.npos) return text;
  std::size_t to = 0;
  for (std::size_t from = 0; from < text.size(); ++from) {
    const bool crlf = text[from] == '\r' && from + 1 < text.size() && text[from + 1] == '\n';
    if (!crlf) text[to++] = text[from] == '\r' ? '\n' : text[from];
  }
  text.resize(to);
  return text;
}

// A part of text as UTF-8 with LF; never more than about `limit` octets are decoded.
std::string decoded_text(const Part& part, std::size_t limit) {
  const std::string_view body = part.body.substr(0, 3 * limit);  // quoted-printable triples
  const std::string charset = decoded_parameter(part.content_type, "charset");
  std::string text;
  if (is_encoded(transfer_encoding(part))) {
    text = to_utf8(decode_transfer(body, transfer_encoding(part)), charset);
  } else {
    text = to_utf8(utf8_prefix(body, 2 * limit), charset);  // CR LF doubles
  }
  text = with_lf(std::move(text));
  if (text.size() > limit) text.resize(utf8_prefix(text, limit).size());
  return text;
}

std::string plain_text(const Part& part, std::size_t limit, std::vector<Attachment>& attachments) {
  std::string text = decoded_text(part, limit);
  for (const UuencodedFile& file : take_uuencoded(text)) {
    attachments.push_back({to_utf8(file.name), "application/octet-stream", file.size});
  }
  const bool flowed = equals_ignoring_case(decoded_parameter(part.content_type, "format"), "flowed");
  if (!flowed) return text;
  return unflow(text, equals_ignoring_case(decoded_parameter(part.content_type, "delsp"), "yes"));
}

// Takes the text, so that of a large part no copy lives on.
void append_part(std::string& all, std::string text, std::size_t limit) {
  if (!all.empty() && !all.ends_with('\n')) all += '\n';
  if (all.empty())
    all = std::move(text);
  else
    all += text;
  if (all.size() > limit) all.resize(utf8_prefix(all, limit).size());
}

Attachment make_attachment(const Part& part) {
  const ParameterField disposition = read_parameters(find_field(part.headers, "content-disposition"));
  std::string name = decoded_parameter(disposition, "filename");
  if (name.empty()) name = decoded_parameter(part.content_type, "name");
  return {name, to_utf8(part.content_type.value), decoded_size(part.body, transfer_encoding(part))};
}

bool is_plain(const Part* part) { return part->content_type.value == "text/plain"; }

// `shown`: there is no plain text, and this is read in its place.
void fill_html(const Part& part, bool shown, std::size_t limit, Letter& letter) {
  std::string html = decoded_text(part, limit);
  HtmlTexts texts = shown ? html_texts(html) : HtmlTexts{{}, html_text(html, QuoteNodes::drop)};
  if (shown) append_part(letter.text, std::move(texts.whole), limit);
  append_part(letter.reply_html_text, std::move(texts.own), limit);
  append_part(letter.html, std::move(html), limit);
}

void fill_bodies(const Part& root, std::size_t limit, Letter& letter) {
  const BodyParts parts = sort_parts(root);
  const bool has_plain = std::any_of(parts.text.begin(), parts.text.end(), is_plain);
  for (const Part* part : parts.text) {
    if (is_plain(part) && letter.text.size() < limit)
      append_part(letter.text, plain_text(*part, limit, letter.attachments), limit);
  }
  for (const Part* part : parts.html) {
    if (part->content_type.value != "text/html" || letter.html.size() >= limit) continue;
    const bool among_texts = std::find(parts.text.begin(), parts.text.end(), part) != parts.text.end();
    fill_html(*part, among_texts && !has_plain, limit, letter);
  }
  // Mailing programs send an empty text part beside the HTML that they mean.
  if (trim(letter.text).empty()) {
    letter.text.clear();
    append_part(letter.text, html_text(letter.html), limit);
  }
  for (const Part* part : parts.attachments) letter.attachments.push_back(make_attachment(*part));
}

// The mail that a bounce returns: whole (message/rfc822), or its header alone (text/rfc822-headers).
std::string returned_message_id(const Part& part, std::size_t limit) {
  if (!part.parts.empty()) return message_id(find_field(part.parts.front().headers, "message-id"));
  const std::string returned = decode_transfer(part.body.substr(0, limit), transfer_encoding(part));
  return message_id(find_field(read_header_block(returned), "message-id"));
}

// Counts the parts and reads what a bounce says. What stands within a returned mail speaks for itself, not
// for us.
void read_reports(const Part& part, const ReadLimits& limits, Letter& letter) {
  const std::string_view type = part.content_type.value;
  if (!type.starts_with("multipart/")) ++letter.parts;
  if (type == "message/delivery-status" || type == "message/global-delivery-status") {
    auto failed = read_delivery_status(
        decode_transfer(part.body.substr(0, limits.text_bytes), transfer_encoding(part)));
    std::move(failed.begin(), failed.end(), std::back_inserter(letter.failed_recipients));
  }
  const bool returned = type == "message/rfc822" || type == "message/global" ||
                        type == "text/rfc822-headers" || type == "message/global-headers";
  if (returned && letter.returned_message_id.empty()) {
    letter.returned_message_id = returned_message_id(part, limits.header_bytes);
  }
  if (type.starts_with("multipart/")) {
    for (const Part& child : part.parts) read_reports(child, limits, letter);
  }
}

}  // namespace

Letter read_letter(std::string_view bytes, const ReadLimits& limits) {
  Letter letter;
  GuardedLetter guarded;
  guard(bytes, limits, guarded);
  const PartTree tree = read_parts(guarded.bytes, limits);
  fill_headers(tree.root, letter);
  if (!tree.unreadable.empty()) letter.unreadable = tree.unreadable;
  if (!guarded.refusal.empty()) letter.unreadable = guarded.refusal;
  if (!tree.unreadable.empty() || !guarded.refusal.empty()) return letter;
  const bool hopeless = tree.root.content_type.value.starts_with("multipart/") && tree.root.parts.empty();
  if (hopeless) {
    letter.unreadable = "a multipart letter without parts";
    append_part(letter.text, with_lf(to_utf8(utf8_prefix(tree.root.body, limits.text_bytes))),
                limits.text_bytes);
    letter.attachments.push_back(make_attachment(tree.root));
    return letter;
  }
  fill_bodies(tree.root, limits.text_bytes, letter);
  read_reports(tree.root, limits, letter);
  if (letter.failed_recipients.empty()) {
    letter.failed_recipients = read_failed_recipients(find_field(tree.root.headers, "x-failed-recipients"));
  }
  return letter;
}

}  // namespace tertius::mail
