// What a server says to us: it means the same however the network cuts it.
#include <algorithm>

#include "mail/reply_reader.hpp"
#include "tests/fuzz/require.hpp"
#include "tests/fuzz/targets.hpp"

namespace tertius::fuzz {

namespace {

std::string read(std::string_view bytes, std::size_t piece) {
  mail::ReplyReader reader;
  std::string replies;
  const auto take = [&] {
    while (const auto reply = reader.take()) {
      require(reply->code >= 100 && reply->code <= 599, "a code is one of RFC 5321 4.2");
      for (const char c : reply->text) require(!is_control(c), "a reply's text is one line");
      replies += std::to_string(reply->code) + " " + reply->enhanced + " " + reply->text + "\n";
    }
  };
  for (; !bytes.empty(); bytes.remove_prefix(std::min(piece, bytes.size()))) {
    reader.add(bytes.substr(0, piece));
    take();
  }
  return replies + (reader.is_broken() ? "broken" : "");
}

}  // namespace

void smtp_reply(std::string_view bytes) {
  const std::string whole = read(bytes, std::max<std::size_t>(bytes.size(), 1));
  for (const std::size_t piece : {1u, 7u})
    require(read(bytes, piece) == whole, "the network's cuts change nothing");
}

}  // namespace tertius::fuzz
