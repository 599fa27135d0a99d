#include "tests/support/flow/canaries.hpp"

#include <algorithm>
#include <array>

#include "storage/people.hpp"

namespace tertius::flow {

namespace {

using enum Who;
using S = Stage;

struct Row {
  std::string_view word, what;
  std::vector<Reading> readers;
  std::vector<Who> unasked = {};
  std::vector<std::string> but_in = {};
};

// What the operator has of everything: letters, mails and introductions, but nobody's own settings and files.
const std::vector<Row>& table() {
  static const std::vector<Row> rows{
      {"qxcovernote",
       "R's private note to C",
       {{requester}, {overseer}, {earlier, S::asked}, {connector, S::asked_next}}},
      {"qxnewcover",
       "R's private note to C with the new version",
       {{requester, S::asked_again}, {overseer, S::asked_again}, {connector, S::asked_again}}},
      {"qxoldpitch",
       "what R wrote for T before C wanted it changed",
       {{requester}, {overseer}, {earlier, S::asked}, {connector, S::asked_next}}},
      {"qxnewpitch",
       "what T reads",
       {{requester, S::asked_again},
        {overseer, S::asked_again},
        {connector, S::asked_again},
        {target, S::forwarded}}},
      {"qxprivateno",
       "why an earlier connector declined silently",
       {{earlier, S::refusal_held, S::refusal_held}, {overseer, S::refusal_held, S::refusal_held}}},
      {"qxquestion",
       "what C wants changed",
       {{requester, S::changes_wanted}, {overseer, S::changes_wanted}},
       {connector}},
      {"qxendorsement",
       "what C adds for T",
       {{connector, S::forward_held},
        {overseer, S::forward_held},
        {requester, S::forwarded},
        {target, S::forwarded}}},
      {"gail@steady.example",
       "T's address",
       {{target}, {overseer}, {requester, S::introduced}},
       {connector, earlier}},
      {"alice@harbour.example",
       "R's address",
       {{requester}, {overseer}, {target, S::introduced}},
       {connector, earlier}},
      {"qxmallorycover", "the private note of another introduction", {{other}, {connector}, {overseer}}},
      {"qxmallorypitch", "the pitch of another introduction", {{other}, {connector}, {overseer}}},
      {"lindqvist",
       "the connector who would rather not be named",
       {{unnamed}, {overseer}},
       {},
       {"GET /people", "GET /contacts", "GET /api/v1/people", "GET /api/v1/ties", "GET /settings/data",
        "GET /ask", "GET /api/v1/find"}},
      {"qxdoraname", "the name on a member's card", {{earlier}}},
      {"qxdorahouse", "the organisation on a member's card", {{earlier}}},
      {"qxdoratitle", "the title on a member's card", {{earlier}}},
      {"qxdoranote", "how a member knows somebody", {{earlier}}},
      {"qxdoraat", "the address on a member's card", {}, {earlier}},
      {"qxmalloryname", "the name on another member's card", {{other}}},
      {"qxmallorynote", "how another member knows somebody", {{other}}},
      {"qxgailname", "what a member calls T", {{other}, {target}}},
      {"qxgailhouse", "where a member says T is", {{other}, {target}}},
      {"qxgailtitle", "what a member says T does", {{other}, {target}}},
      {"qxdoraevidence", "how an earlier connector knows T", {{earlier}, {overseer, S::asked}}, {requester}},
      {"qxunwanted", "whom a member does not want to hear of", {{earlier}}},
      {"qxgailsunwanted", "whom T does not want to hear of", {{target}}},
      {"qxhookpath", "where a member's webhook is", {{earlier}}},
      {"qxhooksecret", "what a member's webhook signs with", {}},
      {"qxeveryhookpath", "where the operator's webhook is", {{overseer}}},
      {"qxeveryhooksecret", "what the operator's webhook signs with", {}},
      {"qximportfile", "the name of a member's file", {{earlier}}},
      {"qximportcontent", "what is in a member's file", {}},
  };
  return rows;
}

std::string hexadecimal(std::string_view text) {
  constexpr auto digits = "0123456789abcdef";
  std::string out;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    out += {digits[octet >> 4], digits[octet & 15]};
  }
  return out;
}

}  // namespace

std::vector<Canary> canaries(CanaryWorld& house) {
  std::vector<Canary> out;
  for (const Row& row : table())
    out.push_back({std::string(row.word), row.what, row.readers, row.unasked, row.but_in});
  for (std::size_t i = 1; i < house.guests.size(); ++i) {
    const Guest& guest = house.guests[i];
    out.push_back({guest.secret, "a token", {}});
    out.push_back({guest.secret_hash, "a token's hash", {}});
    out.push_back({guest.cookie, "a browser's secret", {}});
    // One's own browsers are listed and forgotten by it.
    out.push_back({guest.key_hash, "a browser's hash", {{static_cast<Who>(i)}}});
    out.push_back({"script of " + guest.name, "what a token is for", {{static_cast<Who>(i)}}});
  }
  return out;
}

bool holds(const std::string& text, const std::string& word) {
  if (text.find(word) != text.npos || text.find(hexadecimal(word)) != text.npos) return true;
  const auto at = word.find('@');
  return at != word.npos && text.find(word.substr(0, at) + "%40" + word.substr(at + 1)) != text.npos;
}

}  // namespace tertius::flow
