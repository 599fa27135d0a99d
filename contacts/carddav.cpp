#include "contacts/carddav.hpp"

#include <optional>
#include <set>

#include "contacts/card_media.hpp"
#include "contacts/dav_talk.hpp"
#include "contacts/find_book.hpp"
#include "contacts/vcard.hpp"

namespace tertius::contacts {
namespace {

constexpr std::size_t cards_at_once = 50;
constexpr int most_rounds = 1000;  // of a server that says there is more

struct Changes {
  std::map<std::string, std::string> etags;  // by href, of what is there
  std::set<std::string> gone;
  std::string sync_token, ctag;
  bool is_whole = false;
};

Failure too_many() {
  return {"The address book has more than " + std::to_string(most_cards) + " cards.",
          "Link a smaller one, or import a file of it."};
}

// A collection lists itself, and some servers list what is no card.
bool is_card(const DavTalk& talk, const DavResource& resource) {
  return !resource.is_collection && !talk.is_same_place(resource.href, talk.collection);
}

bool note(const DavTalk& talk, const DavResource& resource, Changes& changes) {
  if (resource.status == 507) return true;
  if (!is_card(talk, resource)) return false;
  const std::string href = talk.href_of(resource.href);
  if (resource.status == 0) changes.etags[href] = resource.etag;
  if (resource.status == 0) changes.gone.erase(href);
  if (resource.status == 404 || resource.status == 410) {
    changes.etags.erase(href);
    changes.gone.insert(href);
  }
  return false;
}

std::string sync_body(const std::string& token) {
  return R"(<?xml version="1.0" encoding="utf-8"?><d:sync-collection xmlns:d="DAV:"><d:sync-token>)" +
         escaped_xml(token) +
         "</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/><d:resourcetype/></d:prop>"
         "</d:sync-collection>";
}

// RFC 6578. Empty where the server does not know the report; `is_token_good` is false where it takes a new
// beginning (RFC 6578, 3.8: the precondition DAV:valid-sync-token; servers say so with 403, 409, 410 or 412).
Result<std::optional<Changes>> ask_since(DavTalk& talk, std::string token, bool& is_token_good) {
  Changes changes;
  changes.is_whole = token.empty();
  for (int round = 0; round < most_rounds; ++round) {
    const DavReply reply = talk.send({"REPORT", talk.collection, 0, sync_body(token)});
    if (reply.status == 207) {
      auto read = read_multistatus(reply.body);
      if (!read) return read.error();
      bool has_more = false;
      for (const DavResource& one : read.value().resources) has_more = note(talk, one, changes) || has_more;
      if (changes.etags.size() > most_cards) return too_many();
      const bool is_stuck = read.value().sync_token == token;
      token = read.value().sync_token;
      changes.sync_token = token;
      if (token.empty()) return std::optional<Changes>();
      if (!has_more || is_stuck) return std::optional(std::move(changes));
      continue;
    }
    if (const auto failure = talk.login_or_network(reply)) return *failure;
    if (reply.status >= 500) return talk.failure(reply);
    is_token_good = token.empty();
    return std::optional<Changes>();
  }
  return Failure{"The server never comes to an end.", "Try again later."};
}

constexpr auto list_body =
    R"(<?xml version="1.0" encoding="utf-8"?><d:propfind xmlns:d="DAV:"><d:prop><d:getetag/><d:resourcetype/>)"
    "</d:prop></d:propfind>";

Result<Changes> list_all(DavTalk& talk) {
  auto listed = talk.ask({"PROPFIND", talk.collection, 1, list_body});
  if (!listed) return listed.error();
  Changes changes;
  changes.is_whole = true;
  for (const DavResource& one : listed.value().resources) note(talk, one, changes);
  if (changes.etags.size() > most_cards) return too_many();
  return changes;
}

// What the server has, with as little asking as it allows.
Result<Changes> find_changes(DavTalk& talk, const KnownBook& known, const FoundBook& found) {
  bool is_token_good = true;
  if (!found.sync_token.empty()) {
    const bool is_same_book = known.collection == talk.collection;
    auto since = ask_since(talk, is_same_book ? known.sync_token : "", is_token_good);
    if (since && !since.value() && !is_token_good) since = ask_since(talk, "", is_token_good);
    if (!since) return since.error();
    if (since.value()) return std::move(*since.value());
  }
  Changes changes;
  const bool is_as_it_was = !found.ctag.empty() && found.ctag == known.ctag;
  if (!is_as_it_was) {
    auto all = list_all(talk);
    if (!all) return all.error();
    changes = std::move(all.value());
  }
  changes.ctag = found.ctag;
  return changes;
}

std::string multiget_body(const std::vector<std::string>& hrefs) {
  std::string body =
      R"(<?xml version="1.0" encoding="utf-8"?><c:addressbook-multiget xmlns:d="DAV:" )"
      R"(xmlns:c="urn:ietf:params:xml:ns:carddav"><d:prop><d:getetag/><c:address-data/></d:prop>)";
  for (const std::string& href : hrefs) body += "<d:href>" + escaped_xml(href) + "</d:href>";
  return body + "</c:addressbook-multiget>";
}

Done fetch_cards(DavTalk& talk, const std::vector<std::string>& hrefs, BookNews& news) {
  auto got = talk.ask({"REPORT", talk.collection, 0, multiget_body(hrefs)});
  if (!got) return got.error();
  std::set<std::string> missing(hrefs.begin(), hrefs.end());
  for (DavResource& one : got.value().resources) {
    const std::string href = talk.href_of(one.href);
    const bool is_gone = one.status == 404 || one.status == 410;
    if (is_gone || missing.erase(href) == 0 || one.status != 0 || one.card.empty()) continue;
    // What is no card is remembered by its etag alone, so that it is not asked for again.
    news.changed.push_back({href, one.etag, is_vcard(one.card) ? without_media(one.card) : ""});
  }
  // Deleted since it was listed.
  news.gone.insert(news.gone.end(), missing.begin(), missing.end());
  return std::monostate{};
}

Done fetch_changed(DavTalk& talk, const std::map<std::string, std::string>& known, const Changes& changes,
                   BookNews& news) {
  std::vector<std::string> wanted;
  for (const auto& [href, etag] : changes.etags) {
    const auto had = known.find(href);
    if (had != known.end() && !etag.empty() && had->second == etag) continue;
    wanted.push_back(href);
    if (wanted.size() < cards_at_once) continue;
    if (auto done = fetch_cards(talk, wanted, news); !done) return done;
    wanted.clear();
  }
  return wanted.empty() ? Done(std::monostate{}) : fetch_cards(talk, wanted, news);
}

}  // namespace

Result<BookNews> sync_book(const KnownBook& known, const DavFetch& fetch) {
  DavTalk talk(known.url, fetch);
  auto found = find_book(talk, known.collection);
  if (!found) return found.error();
  talk.collection = found.value().collection;
  auto changes = find_changes(talk, known, found.value());
  if (!changes) return changes.error();
  BookNews news{.name = found.value().name,
                .collection = talk.collection,
                .sync_token = changes.value().sync_token,
                .ctag = changes.value().ctag,
                .changed = {},
                .gone = {}};
  // Of a whole list, what is not in it is gone; some servers name what went before, too.
  if (!changes.value().is_whole)
    news.gone.assign(changes.value().gone.begin(), changes.value().gone.end());
  else
    for (const auto& [href, etag] : known.etags)
      if (!changes.value().etags.contains(href)) news.gone.push_back(href);
  if (auto done = fetch_changed(talk, known.etags, changes.value(), news); !done) return done.error();
  return news;
}

}  // namespace tertius::contacts
