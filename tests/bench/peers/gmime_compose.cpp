#include "tests/bench/peers/gmime_compose.hpp"

#include <gmime/gmime.h>

namespace tertius::bench {
namespace {

void add_part(GMimeMultipart* into, const char* subtype, const std::string& text) {
  GMimeTextPart* part = g_mime_text_part_new_with_subtype(subtype);
  g_mime_text_part_set_charset(part, "utf-8");
  g_mime_text_part_set_text(part, text.c_str());
  g_mime_part_set_content_encoding(GMIME_PART(part), GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE);
  g_mime_multipart_add(into, GMIME_OBJECT(part));
  g_object_unref(part);
}

void add_mailbox(GMimeMessage* message, GMimeAddressType type, const Mailbox& mailbox) {
  g_mime_message_add_mailbox(message, type, mailbox.name.c_str(), mailbox.address.c_str());
}

std::string written(GMimeMessage* message) {
  GMimeFormatOptions* format = g_mime_format_options_new();
  g_mime_format_options_set_newline_format(format, GMIME_NEWLINE_FORMAT_DOS);
  GMimeStream* stream = g_mime_stream_mem_new();
  g_mime_object_write_to_stream(GMIME_OBJECT(message), format, stream);
  const GByteArray* bytes = g_mime_stream_mem_get_byte_array(GMIME_STREAM_MEM(stream));
  std::string out(reinterpret_cast<const char*>(bytes->data), bytes->len);
  g_object_unref(stream);
  g_mime_format_options_free(format);
  return out;
}

}  // namespace

std::string gmime_compose(const mail::Composition& mail) {
  static const bool started = (g_mime_init(), true);
  (void)started;
  GMimeMessage* message = g_mime_message_new(TRUE);
  add_mailbox(message, GMIME_ADDRESS_TYPE_FROM, mail.from);
  add_mailbox(message, GMIME_ADDRESS_TYPE_TO, mail.to.front());
  add_mailbox(message, GMIME_ADDRESS_TYPE_REPLY_TO, mail.reply_to.front());
  g_mime_message_set_subject(message, mail.subject.c_str(), "utf-8");
  g_mime_message_set_message_id(message, mail.message_id.c_str());
  GDateTime* date = g_date_time_new_from_unix_utc(mail.date.time_since_epoch().count());
  g_mime_message_set_date(message, date);
  g_date_time_unref(date);
  GMimeMultipart* both = g_mime_multipart_new_with_subtype("alternative");
  g_mime_multipart_set_boundary(both, "=_peer");
  add_part(both, "plain", mail.text);
  add_part(both, "html", mail.html);
  g_mime_message_set_mime_part(message, GMIME_OBJECT(both));
  std::string out = written(message);
  g_object_unref(both);
  g_object_unref(message);
  return out;
}

}  // namespace tertius::bench
