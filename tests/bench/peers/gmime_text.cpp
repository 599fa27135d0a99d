#include "tests/bench/peers/gmime_text.hpp"

#include <gmime/gmime.h>

namespace tertius::bench {
namespace {

void add_text(GMimeObject*, GMimeObject* part, gpointer out) {
  if (!GMIME_IS_TEXT_PART(part)) return;
  char* text = g_mime_text_part_get_text(GMIME_TEXT_PART(part));
  if (text != nullptr) *static_cast<std::string*>(out) += text;
  g_free(text);
}

}  // namespace

std::string gmime_text(std::string_view bytes) {
  static const bool started = (g_mime_init(), true);
  (void)started;
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(bytes.data(), bytes.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  std::string text;
  g_mime_message_foreach(message, add_text, &text);
  text += g_mime_message_get_subject(message);
  g_object_unref(message);
  g_object_unref(parser);
  g_object_unref(stream);
  return text;
}

}  // namespace tertius::bench
