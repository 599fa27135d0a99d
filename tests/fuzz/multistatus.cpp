// What a CardDAV server says of its resources, and its cards without their pictures.
#include "contacts/multistatus.hpp"

#include "contacts/card_media.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

void multistatus(std::string_view bytes) {
  const auto read = contacts::read_multistatus(bytes);
  require(contacts::without_media(bytes).size() <= bytes.size(), "a card without pictures is no longer");
  if (!read) return;
  require(read.value().resources.size() <= contacts::most_resources, "resources are bounded");
  std::size_t octets = read.value().sync_token.size();
  for (const auto& one : read.value().resources) {
    for (const auto* text :
         {&one.href, &one.etag, &one.card, &one.name, &one.sync_token, &one.ctag, &one.principal}) {
      require_text(*text);
      octets += text->size();
    }
    for (const auto& home : one.homes) octets += home.size();
    require(!one.href.empty(), "a resource has an address");
  }
  // An octet of a foreign encoding may become three of UTF-8.
  require(octets <= 3 * bytes.size(), "no entity has grown");
}

}  // namespace tertius::fuzz
